"""The third sector: grants that run out and come back, hours and posts that go with them, money to the penny."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.third_sector import ThirdSector, lasting_share
from copro_sim.scenario.government import ThirdSectorParams

COUNCILS = np.arange(22)
CITIZENS = np.full(22, 100_000)
NEED = np.full(22, 20_000.0)
own = defaults(ThirdSectorParams)
steady = own._replace(first_granted=1.0, renewal=1.0)
unit = st.floats(0, 1)


def lived(p, months=120, councils=COUNCILS, citizens=CITIZENS, need=NEED, seed=6):
    third = ThirdSector.begin(p, councils, citizens[: len(councils)], seed)
    return [third.live_month(p, month, need[: len(councils)]) for month in range(months)]


def test_a_month_worked_by_hand():
    """Ten organisations of 300 hours: 3,000, 9 minutes for each of 20,000; 375,000 pence each, two fifths the council's."""
    month = lived(steady._replace(grant_pounds_per_year=45_000.0, council_percent=40.0, posts=2), 1)[0]
    assert month.granted.tolist() == [10] * 22
    assert month.hours.tolist() == [3_000.0] * 22
    assert month.minutes_each == pytest.approx([9.0] * 22)
    assert month.posts.tolist() == [20] * 22
    assert month.council_cost.tolist() == [1_500_000] * 22
    assert month.others_cost.tolist() == [2_250_000] * 22


def test_without_organisations_there_is_nothing():
    for month in lived(own._replace(organisations_per_100000=0.0), 12):
        assert not any(getattr(month, name).any() for name in month._fields)


@pytest.mark.parametrize(
    ("nothing", "field"),
    [({"hours_per_month": 0.0}, "hours"), ({"posts": 0}, "posts"), ({"grant_pounds_per_year": 0.0}, "others_cost")],
)
def test_each_strength_can_be_zero(nothing, field):
    assert any(getattr(month, field).any() for month in lived(own, 12))
    assert not any(getattr(month, field).any() for month in lived(own._replace(**nothing), 12))


def test_grants_that_are_always_renewed_never_end():
    for month in lived(steady):
        assert month.granted.tolist() == [10] * 22
        assert not month.ended.any()
        assert not month.won.any()


def test_grants_that_are_never_renewed_end_one_by_one_and_take_hours_and_posts_along():
    """All are gone when the longest has run its 36 months; a quarter of the hours is left."""
    p = steady._replace(renewal=0.0, again=0.0, grant_months=36, after_grant_share=0.25)
    months = lived(p, 60)
    assert sum(month.posts_lost for month in months).tolist() == [10] * 22
    assert months[34].granted.sum() > 0
    assert not months[36].granted.any()
    assert months[-1].hours.tolist() == [750.0] * 22
    assert not months[-1].posts.any()
    assert not months[-1].council_cost.any()
    assert [month.granted.sum() for month in months] == sorted((month.granted.sum() for month in months), reverse=True)


def test_the_first_grants_have_from_one_month_to_all_of_them_left():
    third = ThirdSector.begin(steady._replace(grant_months=2), COUNCILS, CITIZENS, 6)
    assert sorted(set(third.grant.tolist())) == [1, 2]


def test_a_grant_lasts_as_long_as_the_settings_said_when_it_was_awarded():
    p = own._replace(first_granted=0.0, again=1.0, renewal=0.0, grant_months=5)
    granted = [month.granted[0] for month in lived(p, 12, COUNCILS[:1])]
    assert granted == [10] * 5 + [0] + [10] * 5 + [0]


def test_an_event_acts_from_its_month_on():
    third = ThirdSector.begin(steady, COUNCILS, CITIZENS, 6)
    before = [third.live_month(steady, month, NEED) for month in range(12)]
    cut = steady._replace(renewal=0.0, again=0.0, council_percent=0.0)
    after = [third.live_month(cut, month, NEED) for month in range(12, 48)]
    assert before[-1].granted.sum() == 220
    assert after[-1].granted.sum() == 0
    assert not any(month.council_cost.any() for month in after)


def test_better_renewal_and_more_chances_leave_more_grants():
    few, more, most = (
        sum(month.granted.sum() for month in lived(own._replace(**changes), 240))
        for changes in ({"renewal": 0.2}, {"renewal": 0.8}, {"renewal": 0.8, "again": 0.9})
    )
    assert few < more < most


def test_the_lasting_share_worked_by_hand():
    """Half renewed after 36 months: 72 with; a yearly .3 is .02929 a month: 34.1 without."""
    assert lasting_share(own) == pytest.approx(72 / (72 + 34.146), abs=1e-4)
    assert own.first_granted == pytest.approx(lasting_share(own), abs=0.01)
    assert lasting_share(own._replace(renewal=1.0)) == 1.0
    assert lasting_share(own._replace(again=0.0)) == 0.0


def test_nobody_with_need_gets_nothing_and_nothing_breaks():
    month = lived(own, 1, need=np.zeros(22))[0]
    assert not month.minutes_each.any()
    assert month.hours.all()


def test_organisations_follow_people():
    citizens = np.array([59_000, 346_000, 245_000])
    third = ThirdSector.begin(own, COUNCILS[:3], citizens, 6)
    assert third.live_month(steady, 0, NEED[:3]).granted.max() <= 35
    assert third.grant.size == 6 + 35 + 24


def test_a_councils_luck_does_not_depend_on_which_others_are_simulated():
    all_of_them, three = lived(own), lived(own, councils=np.array([20, 3, 11]))
    assert [m.granted.tolist() for m in three] == [m.granted[[20, 3, 11]].tolist() for m in all_of_them]


def test_the_same_seed_gives_the_same_and_another_seed_another():
    first, again, other = ([m.granted.tolist() for m in lived(own, seed=seed)] for seed in (6, 6, 7))
    assert first == again
    assert first != other


@settings(max_examples=50)
@given(many=st.floats(0, 50), first=unit, renewal=unit, again=unit, length=st.integers(1, 60), pounds=st.floats(0, 1e5),
       percent=st.floats(0, 100), posts=st.integers(0, 5), seed=st.integers(0, 2**63 - 1))  # fmt: skip
def test_grants_posts_and_pennies_are_accounted_for(many, first, renewal, again, length, pounds, percent, posts, seed):
    p = own._replace(
        organisations_per_100000=many, first_granted=first, renewal=renewal, again=again, grant_months=length,
        grant_pounds_per_year=pounds, council_percent=percent, posts=posts,
    )  # fmt: skip
    third = ThirdSector.begin(p, COUNCILS[:3], CITIZENS[:3], seed)
    for month in range(6):
        before = np.bincount(third._council[third.grant > 0], minlength=3)
        now = third.live_month(p, month, NEED[:3])
        assert (before - now.ended + now.won == now.granted).all()
        assert (before * posts - now.posts_lost + now.posts_won == now.posts).all()
        assert (now.council_cost + now.others_cost == now.granted * round(pounds / 12 * 100)).all()
        assert (now.council_cost >= 0).all()
        assert (now.others_cost >= 0).all()
        assert third.grant.max(initial=0) <= length
