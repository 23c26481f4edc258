"""Practitioners against closed forms: Bass diffusion without loss, a birth-death chain with it, and the alliance's rescue."""

from math import comb, log

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions import alliance
from copro_sim.institutions.practitioners import Practitioners, Surroundings
from copro_sim.scenario import evidence
from copro_sim.scenario.government import AllianceParams, PractitionerParams
from verdicts import ERRORS, above_zero, exact, mean, shares

own = defaults(PractitionerParams)
bare = own._replace(
    training=0.0, leadership=0.0, duty=0.0, gives_up_isolated=0.0, gives_up_overloaded=0.0, gives_up_unled=0.0,
    gives_up_without_hope=0.0, turnover=0.0,
)  # fmt: skip
"""Peers and nothing else."""

P, Q, BASS_SEEDS, BASS_ADULTS, BASS_MONTHS, WINDOW = 0.03, 0.38, 60, 20e6, 110, 30
BANDS, POSTS, BEGIN, YEARS = 10_000, 20, 0.15, 10
SUBCRITICAL = bare._replace(first_share=BEGIN, peers=0.3, turnover=0.45)
SUPERCRITICAL = bare._replace(first_share=BEGIN, peers=0.8, turnover=0.3)
WITH_ISOLATION = bare._replace(first_share=BEGIN, peers=0.5, turnover=0.15, gives_up_isolated=0.6, enough_around=0.4)


def around(councils, **changes):
    """Return surroundings in which nothing but peers acts, for so many councils."""
    none = np.zeros(councils)
    return Surroundings(none, none, none, none, 0.0, 0.0, 0.0, 0.0)._replace(**changes)


def bass(t, p=P, q=Q):
    """Return the share who have taken up by `t` years."""
    return (1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t))


def vertex(flow, first):
    """Return in which year a parabola through monthly flows, [months, ...], has its top; `first` is the year of the first."""
    years = first + np.arange(len(flow)) / 12
    square, slope, _ = np.polyfit(years - years.mean(), flow, 2)
    return years.mean() - slope / (2 * square)


@pytest.fixture(scope="module")
def diffused():
    """Shares who practise at the end of each month, [months, seeds]: 20,000 practitioners for each seed."""
    p, shares = bare._replace(training=P, peers=Q, first_share=0.0), np.empty((BASS_MONTHS, BASS_SEEDS))
    for seed in range(BASS_SEEDS):
        run = Practitioners.begin(p, np.array([BASS_ADULTS]), np.arange(1), seed)
        shares[:, seed] = [run.live_month(p, month, around(1)).share[0] for month in range(BASS_MONTHS)]
    return shares


def test_the_path_without_loss_is_bass_diffusion(diffused, check):
    peak = log(Q / P) / (P + Q)
    assert (round(peak, 2), round(bass(peak), 4)) == (6.19, 0.4605)
    month = peak * 12
    whole = int(month)
    at_peak = diffused[whole - 1] + (month - whole) * (diffused[whole] - diffused[whole - 1])
    late = 0.0
    for _ in range(whole):
        late += (1 - late) * -np.expm1(-(P + Q * late) / 12)
    check(
        "Share who practise where adoption peaks, without loss",
        "Bass diffusion: dF/dt = (p + q F) (1 - F) from F = 0; F = 1/2 - p/2q there",
        mean(at_peak, bass(peak)),
        {
            "q a fiftieth larger": mean(at_peak, bass(peak, q=Q * 1.02)),
            "a step in which nobody wins others before the next": mean(at_peak, late + bass(peak) - bass(whole / 12)),
        },
    )


def test_adoption_peaks_when_bass_says(diffused, check):
    peak = log(Q / P) / (P + Q)
    middle = round(peak * 12)
    flow = np.diff(diffused, axis=0)[middle - 1 - WINDOW : middle + WINDOW]
    first = (middle - WINDOW + 0.5) / 12
    theory = np.diff(bass(np.arange(middle - WINDOW, middle + WINDOW + 2) / 12))
    assert vertex(theory, first) == pytest.approx(peak, abs=0.02)
    tops = np.array([vertex(one, first) for one in flow.T])
    check(
        "Year in which adoption peaks, without loss",
        "Bass diffusion: ln(q/p) / (p + q)",
        mean(tops, peak),
        {"q a fifth larger": mean(tops, log(Q * 1.2 / P) / (P + Q * 1.2))},
    )


def died_out_by_the_chain(p, years, posts=POSTS):
    """Return the chance that nobody practises after `years`: the exponential of the chain's generator."""
    i = np.arange(posts + 1)
    isolated = np.maximum(0, 1 - np.maximum(0, i - 1) / (posts - 1) / p.enough_around)
    up = (posts - i) * p.peers * i / (posts - 1)
    down = i * (p.turnover + p.gives_up_isolated * isolated)
    generator = np.diag(up[:-1], 1) + np.diag(down[1:], -1) - np.diag(up + down)
    halvings = 24
    moves = np.linalg.matrix_power(np.eye(posts + 1) + generator * years / 2**halvings, 2**halvings)
    begin = [comb(posts, k) * p.first_share**k * (1 - p.first_share) ** (posts - k) for k in i]
    return float(begin @ moves[:, 0])


def bands_died_out(p, years):
    """Return how many of `BANDS` councils that are not in touch have nobody left who practises."""
    run = Practitioners.begin(p, np.full(BANDS, POSTS * 1000.0), np.arange(BANDS), 11)
    months = [run.live_month(p, month, around(BANDS)) for month in range(years * 12)]
    return int((months[-1].adopters == 0).sum())


@pytest.mark.parametrize(
    "p", [SUBCRITICAL, SUPERCRITICAL, WITH_ISOLATION], ids=["below the threshold", "above it", "where the isolated give up"]
)
def test_bands_die_out_with_the_chance_of_a_birth_death_chain(p, check, request):
    found = bands_died_out(p, YEARS)

    def against(**wrong):
        return shares(found, BANDS, died_out_by_the_chain(p._replace(**wrong), YEARS))

    check(
        f"Bands that have died out after ten years, {request.node.callspec.id}",
        "a birth-death chain on 0 to n adopters: up with rate (n - i) q i / (n - 1), down with i (loss + isolated (1 - around / "
        "enough)), around = (i - 1) / (n - 1); the exponential of its generator",
        against(),
        {"turnover .15 larger": against(turnover=p.turnover * 1.15), "peers .15 weaker": against(peers=p.peers * 0.85)},
    )


def lasts(p):
    """Return the share of the bands that had anybody at the start of which somebody is left after thirty years."""
    return (1 - died_out_by_the_chain(p, 30)) / (1 - (1 - BEGIN) ** POSTS)


def test_below_the_threshold_a_band_is_soon_lost_and_above_it_lasts(check):
    """From the chain alone, which runs have been shown to keep."""
    def lost(p):
        return exact(lasts(p) < 0.02, f"{lasts(p):.3f} last", "0.02 or more")

    def kept(p):
        return exact(lasts(p) > 0.7, f"{lasts(p):.3f} last", "0.7 or less")

    theory = "the same chain; the threshold is where one adopter wins as many as are lost"
    check("Bands below the threshold are soon lost", theory, lost(SUBCRITICAL), {"one above it": lost(SUPERCRITICAL)})
    check("Bands above the threshold last", theory, kept(SUPERCRITICAL), {"one below it": kept(SUBCRITICAL)})


def sampled(citizens):
    """Return simulated adults of the 22 councils and real people for each, in a sample of so many citizens."""
    adults = np.array([sum(one.persons) for one in evidence.authorities()])
    simulated = np.rint(adults * citizens / adults.sum())
    return simulated, adults / simulated


def practice(adults):
    p = own._replace(adoption="emerges")
    run = Practitioners.begin(p, adults, np.arange(22), 5)
    seen = around(22, leadership=np.full(22, 0.4), hope=np.full(22, 0.5), link=0.05)
    return np.array([run.live_month(p, month, seen) for month in range(120)])


def test_practice_does_not_depend_on_the_sample_of_citizens(check):
    few, many = sampled(10_000), sampled(1_000_000)

    def alike(one, other):
        return exact((one == other).all(), f"{one.sum():,.0f} and {other.sum():,.0f} months of practice", "any that differs")

    check(
        "Practice, whatever the sample of citizens",
        "practitioners have their real numbers: equal in samples of 10,000 and 1,000,000",
        alike(practice(few[0] * few[1]), practice(many[0] * many[1])),
        {"the sample counted as if it were real": alike(practice(few[0]), practice(many[0]))},
    )


SEEDS, COUNCILS = 60, 22
THIN = own._replace(
    training=0.0, leadership=0.0, duty=0.0, first_share=0.15, peers=0.5, turnover=0.25, gives_up_overloaded=0.0,
    gives_up_unled=0.0,
)  # fmt: skip
met = defaults(AllianceParams)
recognised = met._replace(recognised_year=2013)


def councils_without(with_alliance, seed):
    """Return in how many of 22 councils of 30 practitioners nobody practises after ten years."""
    run = Practitioners.begin(THIN, np.full(COUNCILS, 30_000.0), np.arange(COUNCILS), seed)
    network = alliance.Alliance.begin(with_alliance)
    for month in range(120):
        stands = network.live_month(with_alliance, month, alliance.Surroundings(0.0, 0.0, 0.0))
        now = run.live_month(THIN, month, around(
            COUNCILS, hope=np.full(COUNCILS, stands.hope), link=stands.link, training=stands.training,
            hope_for_isolated=stands.hope_for_isolated,
        ))  # fmt: skip
    return int((now.adopters == 0).sum())


def saved(carries):
    """Return how many bands recognition saves in each pair of runs that share their luck."""
    return np.array([
        councils_without(met, seed) - councils_without(recognised._replace(**carries), seed) for seed in range(SEEDS)
    ])  # fmt: skip


@pytest.fixture(scope="module")
def saved_by_nothing():
    """Bands that a recognised alliance saves if it carries nothing."""
    return saved({
        "recognition_ties": 0.0, "recognised_link": met.unrecognised_link, "training": 0.0, "hope_for_isolated": 0.0,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("carries", "which"),
    [
        ({"training": 0.0, "hope_for_isolated": 0.0}, "peers over boundaries alone"),
        ({"recognised_link": 0.05, "training": 0.0}, "hope for the isolated alone"),
        ({}, "all"),
    ],
)
def test_recognition_of_the_alliance_saves_bands(carries, which, saved_by_nothing, check):
    check(
        f"Bands that a recognised alliance saves, {which}",
        "paired runs: their mean lies above 0",
        above_zero(saved(carries), ERRORS),
        {"recognition that carries nothing": above_zero(saved_by_nothing, ERRORS)},
    )


def test_recognition_that_carries_nothing_saves_nobody(saved_by_nothing, check):
    def none(found):
        return exact((found == 0).all(), f"{np.abs(found).sum():.0f} bands", "any")

    check(
        "Bands that recognition saves if it carries nothing",
        "strengths of zero: the same futures to the last band",
        none(saved_by_nothing),
        {"recognition that carries all": none(saved({}))},
    )
