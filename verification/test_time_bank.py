"""The shipped time bank against the theory of scrip systems (Kash, Friedman and Halpern 2012), in the compiled engine.

The theory lets one member ask at a time. In months, a member asks at most once in each: who asks has not asked yet this month,
but may have earned, so that of askers only P(0) * (1 - favour_chance / 2) have nothing (derived). What months do is taken out of
the share served; it is 0.004 at most at the chances used here.
"""

from functools import cache

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.processes.tally import Tally
from verdicts import exact, misfit, within

CHANCE = 0.05
COUNCILS = [
    "Cardiff", "Swansea", "Newport", "Wrexham", "Powys", "Gwynedd", "Flintshire", "Bridgend", "Caerphilly", "Carmarthenshire",
]  # fmt: skip
"""Councils whose communities have nothing to do with one another: as many runs at once."""
MANY = {"population.citizens": 100_000, "population.community_size": 1_250, "population.councils": COUNCILS}
FEWER = {**MANY, "population.citizens": 12_500}
SEEDS = (1, 2)
LAST = slice(-120, None)
"""The last ten years: before them balances spread out from what everybody was given."""
MOST_SQUARED = 60
SCRIP = "scrip systems: balances of maximum entropy, P(i) proportional to lambda^i, i = 0..k, with the mean m that was issued; "


def lived(target, opening, chance, size=FEWER, seed=1, **changes):
    """Return a run and the share of requests served in each month, [months, councils]."""
    settings = {
        "time_credits.target_hours": target, "joining.opening_hours": opening, "time_credits.favour_chance": chance,
    }  # fmt: skip
    result = cs.run(cs.load_scenario("time-bank").replace(size | settings | changes), seed=seed, workers=2)
    counted = result.tallies.month
    return result, counted[..., Tally.EXCHANGES] / counted[..., Tally.CREDIT_REQUESTS]


@cache
def settled(k, m, seed=1):
    """Return such a run of many communities with targets of k favours and m hours each."""
    return lived(k, m, CHANCE, MANY, seed)


def one_at_a_time(efficiency, chance):
    """Return the share of requests that would be served if one member asked at a time, [councils]."""
    return 1 - (1 - efficiency[LAST].mean(axis=0)) / (1 - chance / 2)


def held(result):
    """Return members by hours of credit held, [communities, hours], and credit by member."""
    c = result.state.content()
    one = (c["member"] == 1) & (c["life"] == 1)
    hours, communities = c["balance"][one] // 60, np.unique(c["community"][one], return_inverse=True)[1]
    counts = np.zeros((communities.max() + 1, hours.max() + 1), int)
    np.add.at(counts, (communities, hours), 1)
    return counts, hours.mean()


def theory(k, m):
    """Return lambda and P(0..k) of the maximum-entropy distribution with mean m."""
    i, low, high = np.arange(k + 1), -50.0, 50.0
    for _ in range(200):
        middle = (low + high) / 2
        weight = np.exp(i * middle - max(0.0, k * middle))
        low, high = (middle, high) if weight @ i < m * weight.sum() else (low, middle)
    return np.exp(middle), weight / weight.sum()


def none_served(k, m):
    """Return the theory's share of requests that find nobody who can pay."""
    return theory(k, m)[1][0]


@pytest.mark.parametrize("k", [5, 10])
def test_the_theory_itself(k, check):
    def alike(found, what):
        return exact(found == pytest.approx(k / (k + 1)), f"{found:.4f} are served {what}", f"another than {k / (k + 1):.4f}")

    check(
        f"Requests served by theory where members hold half their target, k = {k}",
        SCRIP + "at m = k/2 all are as likely, lambda = 1, and k of k + 1 requests are served",
        alike(1 - none_served(k, k / 2), "at m = k/2"),
        {"a tenth more credit": alike(1 - none_served(k, 1.1 * k / 2), "at m = 1.1 k/2")},
    )


@pytest.mark.parametrize("k", [5, 10])
def test_the_share_of_requests_served(k, check):
    served = np.concatenate([one_at_a_time(settled(k, k / 2, seed)[1], CHANCE) for seed in SEEDS])

    def near(share):
        return within(served, share - 0.005, share + 0.005)

    check(
        f"Share of requests served, k = {k}",
        SCRIP + "1 - P(0) = k / (k + 1) are served at m = k/2, within .005",
        near(1 - none_served(k, k / 2)),
        {"a target of one favour more": near(1 - none_served(k + 1, k / 2))},
    )


@pytest.mark.parametrize("k", [5, 10])
def test_balances_are_of_maximum_entropy(k, check):
    people, m = zip(*(held(settled(k, k / 2, seed)[0]) for seed in SEEDS), strict=True)
    assert all(one.shape[1] == k + 1 for one in people)
    _, chances = theory(k, np.mean(m))
    wrong = chances * 1.05 ** np.arange(k + 1)
    check(
        f"Members by balance, k = {k}",
        SCRIP + "lambda = 1 at m = k/2",
        misfit(people, chances, MOST_SQUARED),
        {"lambda a twentieth larger": misfit(people, wrong / wrong.sum(), MOST_SQUARED)},
    )


def test_with_less_credit_the_balances_lean_towards_zero(check):
    k, opening = 5, 1.5
    result, efficiency = settled(k, opening)
    people, m = held(result)
    ratio, chances = theory(k, m)
    assert ratio < 0.75
    check(
        "Members by balance, with less credit",
        SCRIP + f"lambda = {ratio:.2f} at m = {opening}, k = {k}",
        misfit([people], chances, MOST_SQUARED),
        {"a fifth more credit": misfit([people], theory(k, 1.2 * m)[1], MOST_SQUARED)},
    )
    served = one_at_a_time(efficiency, CHANCE)

    def near(share):
        return within(served, share - 0.015, share + 0.015)

    check(
        "Share of requests served, with less credit",
        SCRIP + "1 - P(0) are served, within .015",
        near(1 - chances[0]),
        {"a fifth more credit": near(1 - none_served(k, 1.2 * m))},
    )


@pytest.mark.parametrize("opening", [5, 7])
def test_once_everybody_holds_enough_nothing_is_served(opening, check):
    def crashed(opening):
        served = lived(5, opening, 0.1, **{"run.years": 2})[1]
        return exact(served.max() == 0.0, f"{served.min():.3f} to {served.max():.3f} served in a month", "any at all")

    assert lived(5, 4, 0.1, **{"run.years": 2})[1].mean(axis=1).min() > 0.5
    check(
        f"Share of requests served where everybody holds {opening} hours, k = 5",
        "scrip systems: nobody volunteers once m >= k",
        crashed(opening),
        {"an hour less than enough": crashed(4)},
    )


def test_more_is_served_where_the_lowest_balance_serves_first(check):
    first, any_ = (
        lived(5, 2.5, CHANCE, **{"time_credits.lowest_balance_first": lowest})[1][LAST].mean(axis=0) for lowest in (1, 0)
    )
    theory = "Johnson, Simchi-Levi and Sun 2014: nobody is without credit for long"
    check(
        "Share of requests served where the lowest balance serves first",
        theory,
        within(first, low=0.99),
        {"anybody serves": within(any_, low=0.99)},
    )
    check(
        "Share of requests served where anybody serves is lower",
        theory,
        within(any_, high=0.89),
        {"the lowest balance serves": within(first, high=0.89)},
    )


def settles(cover, m):
    """Return whether exchange can settle with targets that adapt, covering `cover` favours where earning is as spending.

    Volunteers over requests that can be paid are (1 - P(k)) / (1 - P(0)) = 1 / lambda of what they are at lambda = 1, so
    that members wish for cover / lambda favours in hand; a target of k favours lasts if that is more than k - 1.
    """
    return any(cover / theory(k, m)[0] > k - 1 for k in range(int(m) + 1, 3 * cover))


AMOUNTS = (2, 4, 5.5, 7, 9)
"""Hours of credit a member; exchange can settle at the first three."""


@pytest.fixture(scope="module")
def served_where_targets_adapt():
    """Share of requests served in the last ten years at each amount of credit, [amounts, councils]."""
    adapting = {"time_credits.target_adapts": 1.0, "time_credits.caution": 10 * 0.1}
    return np.array([lived(10, m, 0.1, **adapting)[1][LAST].mean(axis=0) for m in AMOUNTS])


def test_with_targets_that_adapt_more_credit_serves_more_while_exchange_can_settle(served_where_targets_adapt, check):
    served = served_where_targets_adapt
    theory = "scrip systems: more credit, fewer who cannot pay, up to the last amount at which targets can settle"
    check(f"More than half are served at {AMOUNTS[0]} hours", theory, within(served[0], low=0.5), {
        "no credit left to settle with": within(served[3], low=0.5)
    })  # fmt: skip
    for fewer, more in ((0, 1), (1, 2)):
        check(
            f"More are served at {AMOUNTS[more]} hours than at {AMOUNTS[fewer]}, by council",
            theory,
            within(served[more] - served[fewer], low=0.0),
            {"the amounts exchanged": within(served[fewer] - served[more], low=0.0)},
        )


def test_with_targets_that_adapt_exchange_crashes_beyond_some_amount_of_credit(served_where_targets_adapt, check):
    fixed = lived(10, 7, 0.1)[1][LAST].mean(axis=0)

    def as_theory_says(served, cover=10):
        lasts = [settles(cover, m) for m in AMOUNTS]
        shown = ", ".join(f"{share:.3f} at {m}" for share, m in zip(served.mean(axis=1), AMOUNTS, strict=True))
        return exact(((served > 0).all(axis=1) == lasts).all() and ((served == 0).all(axis=1) != lasts).all(), shown,
                     f"any that lasts beyond {AMOUNTS[2]} hours or crashes by then")  # fmt: skip

    check(
        "Amounts of credit at which exchange lasts where targets adapt",
        "scrip systems: it can settle if cover / lambda > k - 1 for some target k beyond m",
        as_theory_says(served_where_targets_adapt),
        {"members who wish for half as much in hand": as_theory_says(served_where_targets_adapt, cover=5)},
    )
    check(
        "With targets as they were, as much credit does no harm",
        "scrip systems: fewer cannot pay the more credit there is below k",
        within(fixed - served_where_targets_adapt[2], low=0.0),
        {"targets that adapt": within(served_where_targets_adapt[3] - served_where_targets_adapt[2], low=0.0)},
    )
