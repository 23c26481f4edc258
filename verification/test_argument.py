"""What the library exists to test: paired runs, same citizens and same luck, in which one thing differs."""

from collections.abc import Callable

import numpy as np
import pytest

import copro_sim as cs
from verdicts import above_zero, below_zero, each_within, exact, within

SEEDS = range(1, 17)
YEARS, CITIZENS = 12, 24_000
FEWER = {"population.citizens": 12_000}
"""Enough where institutions differ, whose numbers are real in any sample, or where differences are plain."""
MANY = {"population.citizens": 60_000}
"""As many as it takes to see what is rare."""
MORE_SEEDS = range(1, 26)
"""Where a difference of differences is asked for."""
WITH_AN_ERROR = range(1, 7)
"""Seeds of runs with an error planted, of which fewer tell."""
PAIRED = "paired runs: "
INFORMAL = ("household_hours", "kin_hours", "friend_hours", "neighbour_hours")


def lived(name, measure: Callable[[cs.Results], np.ndarray], seeds=SEEDS, **changes):
    """Return what `measure` finds in a run of each seed, [seeds, ...]."""
    scenario = cs.load_scenario(name).replace({"population.citizens": CITIZENS, "run.years": YEARS} | changes)
    return np.array([measure(cs.run(scenario, seed=seed, workers=2)) for seed in seeds])


def late(*names, months=60):
    """Return what measures the means of indicators over the last months, [indicators]."""
    return lambda results: [float(results.national()[name].values[-months:].mean()) for name in names]


def practice(results):
    series = results.national()
    return float(series["adopters"].values[-1] / series["practitioners"].values[-1])


def test_a_law_without_leadership_leaves_practice_where_no_law_leaves_it(check):
    """The same practitioners with and without the Act: nobody leads, so duties move nobody. Led, the same Act moves them."""
    name = "law-without-leadership"

    def duty_and_practice(results):
        return results.members()["duty"].iloc[-1], practice(results)

    (duty, unled), (no_duty, no_act), (_, led) = (
        lived(name, duty_and_practice, **FEWER, **changes).T
        for changes in (
            {}, {"senedd.act_from_year": 2100}, {"senedd.commitment_imposed": 1.0, "leadership.basis": "emerges"},
        )
    )  # fmt: skip

    def in_force(duties):
        return exact((duties == 1).all(), f"duties of {duties.min():g} to {duties.max():g}", "any but 1")

    check("The Act is in force", "as the scenario says", in_force(duty), {"an Act that never comes": in_force(no_duty)})
    check(
        "Share who practise with the Act, unled, less without it",
        PAIRED + "as much, within .02",
        within(unled - no_act, -0.02, 0.02),
        {"the Act led": within(led - no_act, -0.02, 0.02)},
    )
    check(
        "Share who practise with the Act, led, less unled",
        PAIRED + "more by .05 in each",
        each_within(led - unled, low=0.05),
        {"nobody leads": each_within(unled - no_act, low=0.05)},
    )


FLOWS = ("by_duty", "by_training", "adopters", "leadership", "champion", "panel", "broken")
"""What roads are compared by; `broken` counts months in which flows do not add up to the change of the stock."""


def flows(results, without=None):
    """Return FLOWS of a run; with a flow left out, the stock no longer adds up."""
    table = results.practitioners().groupby("month").sum(numeric_only=True)
    gained = table[["by_training", "by_peers", "by_leadership", "by_duty"]].sum(axis=1)
    lost = table[[c for c in table if c.startswith("gave_up")]].sum(axis=1) + table["left"]
    change = gained - lost + (table[without] if without else 0)
    members = results.members()
    return [
        *(table[name].sum() for name in FLOWS[:3]), *late("leadership")(results),
        members["attention_by_champion"].sum(), members["attention_by_panel"].sum(),
        (table["adopters"].diff().iloc[1:] != change.iloc[1:]).sum(),
    ]  # fmt: skip


def test_top_down_and_bottom_up_differ_for_reasons_that_the_run_displays(check):
    top, bottom, both = (
        dict(zip(FLOWS, lived(name, flows, **FEWER).T, strict=True))
        for name in ("top-down", "bottom-up", "top-down-and-bottom-up")
    )
    unbalanced = lived("top-down", lambda results: flows(results, "left"), WITH_AN_ERROR, **FEWER)[:, -1]

    def adds_up(broken):
        return exact((broken == 0).all(), f"{broken.sum():.0f} months in which it does not", "any")

    check(
        "Who practises changes by the flows that are shown",
        "an identity, month by month",
        adds_up(np.concatenate([road["broken"] for road in (top, bottom, both)])),
        {"those who left forgotten": adds_up(unbalanced)},
    )
    for flow, more, less, which in (
        ("by_duty", top, bottom, "top-down than bottom-up"),
        ("leadership", top, bottom, "top-down than bottom-up"),
        ("by_training", bottom, top, "bottom-up than top-down"),
        ("champion", top, bottom, "top-down than bottom-up"),
        ("panel", bottom, top, "bottom-up than top-down"),
        ("adopters", both, top, "by both roads than top-down"),
        ("adopters", both, bottom, "by both roads than bottom-up"),
    ):
        check(
            f"More {which}: {flow}",
            PAIRED + "a sign",
            above_zero(more[flow] - less[flow], 3),
            {"the roads exchanged": above_zero(less[flow] - more[flow], 3)},
        )

    def none(found):
        return exact((found == 0).all(), f"{np.abs(found).sum():.3g} in all", "any")

    for flow, road, other, which in (
        ("by_training", top, bottom, "top-down"),
        ("champion", bottom, top, "bottom-up"),
        ("panel", top, bottom, "top-down"),
    ):
        check(f"None {which}: {flow}", "a strength of zero", none(road[flow]), {"the roads exchanged": none(other[flow])})


def test_what_hangs_on_one_door(check):
    names = ("attention", "commitment", "leadership", "coproduced_share")

    def lost(seeds=SEEDS, **more):
        leaves, stays = (
            lived("champion-leaves", late(*names), seeds, **FEWER, **more, **{"senedd.champion_leaves_year": year})
            for year in (2018, 2100)
        )
        return leaves - stays

    hanging = lost()
    idle = lost(WITH_AN_ERROR, **{"senedd.champion": 0})
    for number, name in enumerate(names):
        check(
            f"Lost when the champion leaves: {name}",
            PAIRED + "a fall",
            below_zero(hanging[:, number], 3),
            {"nobody was champion": below_zero(idle[:, number], 3)},
        )


def test_harm_of_direct_payments_is_less_in_circles_and_fear_may_exceed_it(check):
    def measure(results):
        series, members = results.national(), results.members()
        harm = series["harmed"].values.sum() / series["direct_payment_clients"].values.sum()
        return [*late("harmed", "not_found_hours", months=96)(results), members["feared_harm"].max(), harm]

    alone = lived("direct-payments-alone", measure, **MANY)
    less = lived("citizen-directed-support", measure, **MANY) - alone
    nothing = {
        "delivery.circle_finds": 0.0, "direct_payments.circle_protects": 0.0, "outlook.distress_weight": 0.0,
    }  # fmt: skip
    months = [
        [
            lived(name, lambda results: results.national()[["harmed", "unmet_hours"]].to_array().values, (1, 2), **more)
            for name in ("direct-payments-alone", "citizen-directed-support")
        ]
        for more in (nothing, {})
    ]
    idle = lived("citizen-directed-support", measure, WITH_AN_ERROR, **nothing) - lived(
        "direct-payments-alone", measure, WITH_AN_ERROR, **nothing
    )
    for number, name in enumerate(("harmed", "not_found_hours")):
        check(
            f"Less in circles than alone with direct payments: {name}",
            PAIRED + "a fall",
            below_zero(less[:, number], 3),
            {"circles that do nothing": below_zero(idle[:, number], 3)},
        )

    def same(one, other):
        return exact((one == other).all(), f"{(one != other).sum():,} of {one.size:,} months that differ", "any")

    check(
        "Harm and unmet hours with circles that do nothing",
        "strengths of zero: the same futures to the last hour",
        same(*months[0]),
        {"circles as they are": same(*months[1])},
    )
    fearless = lived("direct-payments-alone", measure, WITH_AN_ERROR, **{"fear.first": 0.0, "fear.news_shock": 0.0})
    check(
        "Harm that is feared at most, less harm that comes",
        PAIRED + "fear may exceed harm",
        above_zero(alone[:, 2] - alone[:, 3], 3),
        {"nobody begins afraid and no case is news": above_zero(fearless[:, 2] - fearless[:, 3], 3)},
    )


FIFTHS = 5


def households(results):
    """Return council, household, informal hours and unmet share, and unmet hours a head from most to least deprived."""
    dims = ("sex", "age_band", "setting", "year")
    last = results.groups.isel(year=slice(-5, None))
    unmet = (last["unmet_hours"].sum(dims) / last["citizens"].sum(dims)).values
    council, household, share, *informal = late("council_hours", "household_hours", "unmet_share", *INFORMAL)(results)
    return [council, household, share, sum(informal), *unmet]


@pytest.fixture(scope="module")
def retreat():
    return lived("retreating-state", households)


def test_cutting_hours_burdens_homes_and_kin_and_the_poorest_most(retreat, check):
    cut = lived("retreating-state", households, **{"funding.home_support_share": 0.1}) - retreat
    raised = lived("retreating-state", households, WITH_AN_ERROR, **{"funding.home_support_share": 0.8})
    raised -= retreat[: len(WITH_AN_ERROR)]
    for number, (name, verdict) in enumerate(
        (("council hours", below_zero), ("household hours", above_zero), ("unmet share", above_zero))
    ):
        check(
            f"With less money for hours: {name}",
            PAIRED + ("a fall" if verdict is below_zero else "a rise"),
            verdict(cut[:, number], 3),
            {"more money for hours": verdict(raised[:, number], 3)},
        )
    check(
        "Unmet hours a head that the most deprived fifth gains, less the least deprived",
        PAIRED + "a cut falls on the poorest most",
        above_zero(cut[:, -FIFTHS] - cut[:, -1], 3),
        {"more money for hours": above_zero(raised[:, -FIFTHS] - raised[:, -1], 3)},
    )


def test_widening_eligibility_crowds_out_a_few_percent_of_informal_hours(retreat, check):
    def change(share, seeds):
        widened = {"council.test_hours_per_week": 2.0, "funding.home_support_share": share}
        return lived("retreating-state", households, seeds, **widened)[:, 3] / retreat[: len(seeds), 3] - 1

    wide, unpaid = change(0.8, SEEDS), change(0.2, WITH_AN_ERROR)
    for size, verdict in (("a fall", below_zero(wide, 3)), ("a few percent", within(wide, -0.15, 0))):
        wrong = below_zero(unpaid, 3) if size == "a fall" else within(unpaid, -0.15, 0)
        check(f"Informal hours, relative change: {size}", PAIRED + size, verdict, {"a wider test without money for it": wrong})


def test_overstretched_volunteers_burn_out_and_needs_go_unmet(check):
    def measure(results):
        return late("unmet_share", "strain", "wellbeing")(results) + late("burnt_out", months=120)(results)

    usual = lived("co-production", measure)
    stretched = lived("volunteers-overstretched", measure) - usual
    restored = lived("steady-and-co-produced", measure, WITH_AN_ERROR) - usual[: len(WITH_AN_ERROR)]
    for number, (name, verdict, least) in enumerate(
        (("unmet share", above_zero, 3), ("strain", above_zero, 3), ("wellbeing", below_zero, 3), ("burnt out", above_zero, 0))
    ):
        check(
            f"Where volunteers are overstretched: {name}",
            PAIRED + ("a fall" if verdict is below_zero else "a rise"),
            verdict(stretched[:, number], least),
            {"money restored rather than held back": verdict(restored[:, number], least)},
        )


def test_with_full_clawback_the_money_advantage_of_co_production_is_gone(check):
    """What natural support first frees stays with councils, or is taken: then packages cover no more than before."""
    more = {"care_service.natural_first": 0.2, "coproduction.builders_per_100000": 0, "coproduction.brokers_per_100000": 0}
    kept, taken, old = (
        lived(name, late("package_share", months=84), **FEWER, **more, **{"funding.clawback": clawback})[:, 0]
        for name, clawback in (("co-production", 0.0), ("co-production", 1.0), ("retreating-state", 0.0))
    )
    advantage, left = kept - old, taken - old
    check(
        "Share of packages that is covered, co-produced without clawback less the old way",
        PAIRED + "a rise",
        above_zero(advantage, 2),
        {"all is clawed back": above_zero(left, 2)},
    )
    check(
        "Share of packages that clawback takes",
        PAIRED + "a rise",
        above_zero(advantage - left, 3),
        {"a clawback that gives": above_zero(left - advantage, 3)},
    )
    check(
        "What is left of the advantage, less half of it",
        PAIRED + "a fall",
        below_zero(left - 0.5 * advantage, 3),
        {"nothing is clawed back": below_zero(0.5 * advantage, 3)},
    )


def test_after_2016_help_from_the_community_lessens_entitlement(check):
    """Twice the help from friends and neighbours: fewer clients under the national test than under a line."""
    more = {"sharing.friend_share": 0.6, "sharing.neighbour_share": 0.4, "sharing.kin_share": 1.0}
    less = {"sharing.friend_share": 0.05, "sharing.neighbour_share": 0.02, "sharing.kin_share": 0.2}

    def clients(first, help_, seeds=MORE_SEEDS):
        changes = {"council.national_test_from_year": first, **MANY, **help_}
        return lived("retreating-state", late("council_clients"), seeds, **changes)[:, 0]

    usual = clients(2013, {})
    lost = 1 - clients(2013, more) / usual
    by_line = 1 - clients(2100, more) / clients(2100, {})
    gained = 1 - clients(2013, less, WITH_AN_ERROR) / usual[: len(WITH_AN_ERROR)]
    check(
        "Share of clients who are no longer entitled by the national test where the community helps more",
        PAIRED + "a rise",
        above_zero(lost, 3),
        {"the community helps less": above_zero(gained, 3)},
    )
    check(
        "The same share, less that under a line",
        PAIRED + "the national test counts what others do",
        above_zero(lost - by_line, 3),
        {"the line taken for the test": above_zero(by_line - lost, 3)},
    )
