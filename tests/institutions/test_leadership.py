"""Leadership: who comes brings courage, what moves it in between has its sign, and nothing moves at strength zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.core.units import month_number
from copro_sim.institutions.leadership import LEADERSHIP_CAUSES, Leadership, Surroundings, courage, leaves_in_month
from copro_sim.scenario.government import LeadershipParams

COUNCILS = np.arange(22)
own = defaults(LeadershipParams)
still = own._replace(
    director_turnover=0.0, leader_turnover=0.0, pace=0.5, commitment_raises=0.0, success_raises=0.0, example=0.0
)  # fmt: skip
unit = st.floats(0, 1)


def seen(commitment=0.0, success=0.0, stress=0.0, councils=22):
    return Surroundings(commitment, np.full(councils, success), np.full(councils, stress))


def lived(p, months=120, around=None, seed=3, councils=COUNCILS):
    around = around or seen(councils=len(councils))
    leadership = Leadership.begin(p, councils, seed)
    return [leadership.live_month(p, month, around) for month in range(months)]


def cause(month, name):
    return month.by_cause[LEADERSHIP_CAUSES.index(name)]


def test_courage_worked_by_hand():
    """Around .4 by .3 at most: from .1 to .7; around .9 there is room for .1 only, and the mean is kept."""
    luck = np.array([0.0, 0.5, 0.75])
    assert courage(own._replace(courage_mean=0.4, courage_spread=0.3), luck) == pytest.approx([0.1, 0.4, 0.55])
    assert courage(own._replace(courage_mean=0.9, courage_spread=0.3), luck) == pytest.approx([0.8, 0.9, 0.95])
    assert courage(own._replace(courage_mean=0.0), luck) == pytest.approx([0.0, 0.0, 0.0])


def test_yearly_turnover_leaves_what_it_says_after_twelve_months():
    assert (1 - leaves_in_month(0.31)) ** 12 == pytest.approx(0.69)
    assert leaves_in_month(0.0) == 0.0
    assert leaves_in_month(1.0) == 1.0


def test_at_strength_zero_leadership_stays_what_was_brought():
    p = still._replace(stress_on_leadership=0.0)
    begun = Leadership.begin(p, COUNCILS, 3).leadership
    last = lived(p, around=seen(1.0, 1.0, 1.0))[-1]
    assert last.leadership == pytest.approx(begun)
    assert np.ptp(begun) > 0.1


@pytest.mark.parametrize(
    ("name", "changes", "around", "sign"),
    [
        ("commitment", {"commitment_raises": 0.5}, seen(commitment=0.5), 1),
        ("success", {"success_raises": 0.5}, seen(success=0.5), 1),
        ("stress", {"stress_on_leadership": 1.0}, seen(stress=0.5), 1),
        ("stress", {"stress_on_leadership": -1.0}, seen(stress=0.5), -1),
    ],
)
def test_each_cause_has_its_sign_and_acts_alone(name, changes, around, sign):
    p = still._replace(**changes)
    months = lived(p, 24, around)
    assert (sign * cause(months[0], name) > 0).all()
    for other in set(LEADERSHIP_CAUSES) - {name, "own"}:
        assert not any(cause(month, other).any() for month in months)
    assert not any(cause(month, name).any() for month in lived(p, 24, seen()))


def test_a_month_of_commitment_worked_by_hand():
    """From .4, a twentieth of half the way to 1: .4 + .05 * .5 * .6 = .415 with full commitment."""
    p = still._replace(pace=0.05, commitment_raises=0.5, courage_mean=0.4, courage_spread=0.0)
    assert lived(p, 1, seen(commitment=1.0))[0].leadership == pytest.approx([0.415] * 22)


def test_example_draws_councils_together_and_needs_others():
    far, near = lived(still, 60)[-1], lived(still._replace(example=5.0), 60)[-1]
    assert np.ptp(near.leadership) < np.ptp(far.leadership) / 2
    assert near.leadership.mean() == pytest.approx(far.leadership.mean(), abs=0.02)
    alone = lived(still._replace(example=5.0), 60, councils=COUNCILS[:1])
    assert not any(cause(month, "example").any() for month in alone)


def test_example_worked_by_hand_for_two_councils():
    """Each goes half of the way to where the other was."""
    leadership = Leadership.begin(still, COUNCILS[:2], 3)
    leadership.brought, leadership.leadership = np.array([[0.2, 0.6], [0.2, 0.6]]), np.array([0.2, 0.6])
    now = leadership.live_month(still._replace(example=1.0), 0, seen(councils=2))
    assert now.leadership == pytest.approx([0.4, 0.4])


def test_leaders_change_after_elections_only_and_directors_at_any_time():
    months = lived(still._replace(leader_turnover=1.0, director_turnover=0.31), 180)
    elected = [month for month, found in enumerate(months) if found.new_leaders.any()]
    assert elected == [month_number(label) for label in ("2017-05", "2022-05", "2027-05")]
    assert all(months[month].new_leaders.all() for month in elected)
    left = sum(int(found.new_directors.sum()) for found in months)
    assert 60 < left < 160  # 22 councils, 15 years: 122 expected


def test_a_new_director_takes_over_the_directors_share():
    p = still._replace(director_turnover=1.0, director_share=0.5)
    begun = Leadership.begin(p, COUNCILS, 3)
    before, brought = begun.leadership, begun.brought.copy()
    now = begun.live_month(p._replace(pace=0.0), 0, seen())
    assert now.new_directors.all()
    assert (begun.brought[0] != brought[0]).all()
    assert (begun.brought[1] == brought[1]).all()
    assert now.leadership == pytest.approx((before + begun.brought[0]) / 2)
    powerless = Leadership.begin(p._replace(director_share=0.0), COUNCILS, 3)
    assert not cause(powerless.live_month(p._replace(director_share=0.0), 0, seen()), "director").any()


def test_newcomers_bring_courage_from_all_of_its_range():
    p = still._replace(director_turnover=0.31, director_share=1.0, courage_mean=0.4, courage_spread=0.3)
    months = lived(p._replace(pace=0.0), 120)
    brought = np.concatenate([month.leadership[month.new_directors] for month in months])
    assert brought.min() < 0.2
    assert brought.max() > 0.6
    assert brought.mean() == pytest.approx(0.4, abs=0.1)


def test_leadership_may_be_given():
    p = own._replace(basis="given", given_level=0.0)
    assert not any(month.leadership.any() for month in lived(p, 36, seen(1.0, 1.0)))
    assert (lived(p._replace(given_level=0.8), 36)[-1].leadership == 0.8).all()


def test_a_councils_luck_does_not_depend_on_which_others_are_simulated():
    p = still._replace(director_turnover=0.5, leader_turnover=0.5)
    all_of_them, three = lived(p), lived(p, councils=np.array([20, 3, 11]))
    assert three[-1].leadership == pytest.approx(all_of_them[-1].leadership[[20, 3, 11]])


def test_the_same_seed_gives_the_same_and_another_seed_another():
    first, again, other = (lived(own, 60, seen(0.3, 0.2), seed)[-1].leadership for seed in (3, 3, 4))
    assert (first == again).all()
    assert (first != other).any()


@given(mean=unit, spread=st.floats(0, 0.5), pace=unit, strength=st.floats(0, 5), stress=st.floats(-1, 1), commitment=unit,
       success=unit, short=unit, seed=st.integers(0, 2**63 - 1))  # fmt: skip
def test_leadership_stays_in_range_and_its_causes_add_up(mean, spread, pace, strength, stress, commitment, success, short, seed):
    p = own._replace(
        courage_mean=mean, courage_spread=spread, pace=pace, commitment_raises=strength, success_raises=strength,
        example=strength, stress_on_leadership=stress, director_turnover=0.9,
    )  # fmt: skip
    leadership = Leadership.begin(p, COUNCILS, seed)
    for month in (48, 49, 50):
        before = leadership.leadership
        now = leadership.live_month(p, month, seen(commitment, success, short))
        assert (now.leadership >= 0).all()
        assert (now.leadership <= 1).all()
        assert before + now.by_cause.sum(axis=0) == pytest.approx(now.leadership)
