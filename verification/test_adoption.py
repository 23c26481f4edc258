"""Practitioners against closed forms: Bass diffusion without loss, a birth-death chain with it, and the alliance's rescue.

Bass: dF/dt = (p + q F) (1 - F) from F = 0 peaks at ln(q / p) / (p + q) = 6.19 years with F = 1/2 - p / 2q = .4605. With loss
and no other source each council is a birth-death chain of its own on 0 to n adopters: up with rate (n - i) q i / (n - 1),
down with i (loss + isolated (1 - around / enough)), around = (i - 1) / (n - 1); the row of its transition matrix over the
years gives the chance that nobody is left, who began the old way or not by so many draws.
"""

from math import comb, log, sqrt

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions import alliance
from copro_sim.institutions.practitioners import Practitioners, Surroundings
from copro_sim.scenario import evidence
from copro_sim.scenario.government import AllianceParams, PractitionerParams

ERRORS = 5
"""Standard errors that are let pass: one false alarm in 1.7 million, or in 100,000 where they are estimated from 60 seeds."""

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


def agree(found, theory):
    """Return whether the mean of `found` is `theory`, within the errors that their own spread gives."""
    return abs(found.mean() - theory) < ERRORS * found.std(ddof=1) / sqrt(found.size)


@pytest.fixture(scope="module")
def diffused():
    """Shares who practise at the end of each month, [months, seeds]: 20,000 practitioners for each seed."""
    p, shares = bare._replace(training=P, peers=Q, first_share=0.0), np.empty((BASS_MONTHS, BASS_SEEDS))
    for seed in range(BASS_SEEDS):
        run = Practitioners.begin(p, np.array([BASS_ADULTS]), np.arange(1), seed)
        shares[:, seed] = [run.live_month(p, month, around(1)).share[0] for month in range(BASS_MONTHS)]
    return shares


def test_the_path_without_loss_is_bass_diffusion(diffused):
    peak = log(Q / P) / (P + Q)
    assert (round(peak, 2), round(bass(peak), 4)) == (6.19, 0.4605)
    month = peak * 12
    whole = int(month)
    at_peak = diffused[whole - 1] + (month - whole) * (diffused[whole] - diffused[whole - 1])
    assert agree(at_peak, bass(peak))
    assert not agree(at_peak, bass(peak, q=Q * 1.02))  # a wrong constant
    late = 0.0
    for _ in range(whole):
        late += (1 - late) * -np.expm1(-(P + Q * late) / 12)
    assert not agree(at_peak, late + bass(peak) - bass(whole / 12))  # a step in which nobody wins others before the next


def test_adoption_peaks_when_bass_says(diffused):
    peak = log(Q / P) / (P + Q)
    middle = round(peak * 12)
    flow = np.diff(diffused, axis=0)[middle - 1 - WINDOW : middle + WINDOW]
    first = (middle - WINDOW + 0.5) / 12
    theory = np.diff(bass(np.arange(middle - WINDOW, middle + WINDOW + 2) / 12))
    assert vertex(theory, first) == pytest.approx(peak, abs=0.02)
    tops = np.array([vertex(one, first) for one in flow.T])
    assert agree(tops, peak)
    assert not agree(tops, log(Q * 1.2 / P) / (P + Q * 1.2))  # a wrong constant


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


def is_share(found, chance):
    return abs(found - BANDS * chance) < ERRORS * sqrt(BANDS * chance * (1 - chance))


@pytest.mark.parametrize("p", [SUBCRITICAL, SUPERCRITICAL, WITH_ISOLATION])
def test_bands_die_out_with_the_chance_of_a_birth_death_chain(p):
    found = bands_died_out(p, YEARS)
    assert is_share(found, died_out_by_the_chain(p, YEARS))
    assert not is_share(found, died_out_by_the_chain(p._replace(turnover=p.turnover * 1.15), YEARS))  # wrong constants
    assert not is_share(found, died_out_by_the_chain(p._replace(peers=p.peers * 0.85), YEARS))


def test_below_the_threshold_a_band_is_soon_lost_and_above_it_lasts():
    """The threshold is where one adopter wins as many as are lost. From the chain alone, which runs have been shown to keep."""
    some = 1 - (1 - BEGIN) ** POSTS
    assert 1 - died_out_by_the_chain(SUBCRITICAL, 30) < 0.02 * some
    assert 1 - died_out_by_the_chain(SUPERCRITICAL, 30) > 0.7 * some


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


def test_practice_does_not_depend_on_the_sample_of_citizens():
    """Exact: no chance of a false alarm. Who counted the sample as if it were real would see other bands."""
    few, many = sampled(10_000), sampled(1_000_000)
    assert (practice(few[0] * few[1]) == practice(many[0] * many[1])).all()
    assert practice(few[0]).sum() < practice(many[0]).sum()  # wrong: without weights


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


@pytest.mark.parametrize(
    "carries", [{"training": 0.0, "hope_for_isolated": 0.0}, {"recognised_link": 0.05, "training": 0.0}, {}]
)
def test_recognition_of_the_alliance_saves_bands(carries):
    """Peers over boundaries alone, hope for the isolated alone, and all: pairs of runs that share their luck."""
    saved = np.array([
        councils_without(met, seed) - councils_without(recognised._replace(**carries), seed) for seed in range(SEEDS)
    ])  # fmt: skip
    error = saved.std(ddof=1) / sqrt(SEEDS)
    assert saved.mean() - ERRORS * error > 0


def test_recognition_that_carries_nothing_saves_nobody():
    """The planted wrong constant of the check above: strengths of zero, and the same futures to the last band."""
    nothing = recognised._replace(
        recognition_ties=0.0, recognised_link=met.unrecognised_link, training=0.0, hope_for_isolated=0.0
    )  # fmt: skip
    assert all(councils_without(met, seed) == councils_without(nothing, seed) for seed in range(SEEDS // 6))
