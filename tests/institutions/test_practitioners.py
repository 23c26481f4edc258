"""Practitioners: who takes up and gives up, and why; nothing moves at strength zero; the flows add up; luck is one's own."""

from math import exp, expm1

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.practitioners import (
    MonthOfPractice,
    Practitioners,
    Surroundings,
    chance,
    coproduced_share,
    implementation_gap,
)
from copro_sim.scenario.government import PractitionerParams

PLACES = np.arange(22)
ADULTS = np.linspace(30_000, 200_000, 22)
own = defaults(PractitionerParams)
still = own._replace(
    training=0.0, peers=0.0, leadership=0.0, duty=0.0, gives_up_isolated=0.0, gives_up_overloaded=0.0, gives_up_unled=0.0,
    gives_up_without_hope=0.0, turnover=0.0, first_share=0.5,
)  # fmt: skip
GAINS = ("by_training", "by_peers", "by_leadership", "by_duty")
LOSSES = ("gave_up_isolated", "gave_up_overloaded", "gave_up_unled", "gave_up_without_hope", "left")
unit = st.floats(0, 1)
rate = st.floats(0, 5)


def seen(councils=22, *, leadership=0.0, overload=0.0, hope=1.0, grant_ends=0.0, duty=0.0, link=0.0, training=0.0, comfort=0.0):
    def each(value):
        return np.full(councils, value)

    return Surroundings(each(leadership), each(overload), each(hope), each(grant_ends), duty, link, training, comfort)


def lived(p, months=60, around=None, seed=3, adults=ADULTS, places=PLACES):
    around = around or seen(len(places))
    run = Practitioners.begin(p, adults, places, seed)
    return [run.live_month(p, month, around) for month in range(months)]


def test_practice_that_is_given_is_as_many_as_said_and_moved_by_nothing():
    run = Practitioners.begin(own, ADULTS, PLACES, 3)
    month = run.as_given(0.25)
    assert (month.adopters == np.rint(month.practitioners * 0.25)).all()
    assert not any(getattr(month, flow).any() for flow in (*GAINS, *LOSSES, "posts_ended", "posts_refilled"))
    assert coproduced_share(own._replace(adoption="emerges"), 0.9, month) == pytest.approx(month.share)


@pytest.mark.parametrize("host", ["third_sector_share", "user_led_share"])
def test_leaders_of_councils_may_reach_only_their_own(host):
    """All posts elsewhere, and no reach outside: nobody follows a leader; with some reach some do."""
    p = still._replace(**{"third_sector_share": 0.0, "user_led_share": 0.0, host: 1.0, "leadership": 2.0, "first_share": 0.0})
    led = seen(leadership=1.0)
    assert total(lived(p._replace(led_outside=0.0), 12, led), "by_leadership") == 0
    assert total(lived(p._replace(led_outside=0.5), 12, led), "by_leadership") > 0
    unled = p._replace(leadership=0.0, gives_up_unled=2.0, first_share=1.0)
    assert total(lived(unled._replace(led_outside=0.0), 12), "gave_up_unled") == 0
    assert total(lived(unled._replace(led_outside=0.5), 12), "gave_up_unled") > 0


def total(months, flow):
    return sum(int(getattr(month, flow).sum()) for month in months)


def test_chances_worked_by_hand():
    """1 - exp(-r / 12); and with half of .4 still to come from .1, (e^x - 1) / (e^x + 2) with x = .3 / 12."""
    assert chance(1.2) == pytest.approx(1 - exp(-0.1))
    assert chance(0.1, 0.2) == pytest.approx(expm1(0.025) / (exp(0.025) + 2))
    assert chance(0.0) == chance(0.0, 0.4) == 0.0


@given(r=rate, more=rate)
def test_a_month_of_contagion_is_a_chance_and_more_than_a_month_without(r, more):
    assert 0 <= chance(r) <= chance(r, more) * (1 + 1e-9) <= 1 + 1e-9


@given(share=st.floats(0, 0.99), p=st.floats(0.001, 1), q=st.floats(0, 1))
def test_two_months_are_one_of_two_on_the_path_of_bass(share, p, q):
    """Stepping twice from F lands where Bass's closed form does after a sixth of a year."""
    now = share
    for _ in range(2):
        now += (1 - now) * chance(p + q * now, q * (1 - now))
    level = (p + q * share) / (1 - share)
    grown = exp((p + q) / 6)
    assert now == pytest.approx((level * grown - p) / (level * grown + q), abs=1e-9)


def test_numbers_are_real_and_hosts_have_their_shares():
    p = own._replace(third_sector_share=0.2, user_led_share=0.1)
    run = Practitioners.begin(p, np.array([100_000, 20_400.0]), PLACES[:2], 1)
    now = run.live_month(still, 0, seen(2))
    assert now.practitioners.tolist() == [100, 20]
    ends = run.live_month(still._replace(grants_return=0.0), 1, seen(2, grant_ends=1.0))
    assert ends.posts_ended.tolist() == [20, 4]
    assert ends.practitioners.tolist() == [80, 16]


def test_at_strength_zero_who_practises_stays_as_drawn():
    months = lived(still, 60, seen(leadership=0.5, overload=1.0, hope=0.0, duty=1.0, link=0.3, comfort=0.5))
    assert all((month.adopters == months[0].adopters).all() for month in months)
    assert not any(total(months, flow) for flow in (*GAINS, *LOSSES, "posts_ended", "posts_refilled"))
    share = months[0].adopters.sum() / months[0].practitioners.sum()
    assert share == pytest.approx(0.5, abs=0.05)
    assert lived(still._replace(first_share=1.0), 1)[0].share.tolist() == [1.0] * 22


@pytest.mark.parametrize(
    ("flow", "changes", "around", "without"),
    [
        ("by_training", {"training": 0.5}, seen(), None),
        ("by_training", {}, seen(training=0.5), seen()),
        ("by_peers", {"peers": 0.5}, seen(), None),
        ("by_leadership", {"leadership": 0.5}, seen(leadership=0.5), seen()),
        ("by_duty", {"duty": 0.5}, seen(duty=0.5), seen()),
        ("gave_up_isolated", {"gives_up_isolated": 0.5, "enough_around": 0.9}, seen(), None),
        ("gave_up_overloaded", {"gives_up_overloaded": 0.5}, seen(overload=0.5), seen()),
        ("gave_up_unled", {"gives_up_unled": 0.5}, seen(leadership=0.5), seen(leadership=1.0)),
        ("gave_up_without_hope", {"gives_up_without_hope": 0.5}, seen(hope=0.5), seen()),
        ("left", {"turnover": 0.5}, seen(), None),
    ],
)
def test_each_cause_acts_alone_and_not_where_there_is_nothing_of_it(flow, changes, around, without):
    p = still._replace(**changes)
    months = lived(p, 24, around)
    assert total(months, flow) > 100
    assert not any(total(months, other) for other in {*GAINS, *LOSSES} - {flow})
    if without:
        assert total(lived(p, 24, without), flow) == 0


def test_rates_are_yearly():
    """Of those who might, a rate of .5 leaves exp(-.5) after twelve months: 1,243 expected of 2,486, within 5 errors."""
    p = still._replace(training=0.5, first_share=0.0)
    share = lived(p, 12)[-1]
    assert share.adopters.sum() / share.practitioners.sum() == pytest.approx(1 - exp(-0.5), abs=0.05)


def test_duty_and_leadership_reach_those_outside_councils_as_far_as_is_said():
    for p, around in (
        (still._replace(leadership=5.0, first_share=0.0), seen(leadership=1.0)),
        (still._replace(duty=5.0, first_share=0.0), seen(duty=1.0)),
    ):
        outside = p._replace(third_sector_share=1.0, user_led_share=0.0)
        assert lived(outside._replace(led_outside=0.0), 24, around)[-1].adopters.sum() == 0
        half, full = (lived(outside._replace(led_outside=led), 3, around)[-1].adopters.sum() for led in (0.5, 1.0))
        assert 0 < half < full
        assert full == lived(p._replace(third_sector_share=0.0, user_led_share=0.0), 3, around)[-1].adopters.sum()


def test_isolation_has_a_threshold():
    """Nobody gives up where enough practise; where too few do the band is lost."""
    p = still._replace(gives_up_isolated=1.0, enough_around=0.2)
    assert total(lived(p._replace(first_share=0.5), 60), "gave_up_isolated") == 0
    assert total(lived(p._replace(first_share=0.08), 60), "gave_up_isolated") > 50
    assert total(lived(p._replace(first_share=0.08, enough_around=0.0), 60), "gave_up_isolated") == 0


def test_the_alliance_links_hopes_and_trains():
    """A council of no adopters wins some by link or training; hope for the isolated keeps some, and not where none are."""
    p = still._replace(peers=0.5)
    run = Practitioners.begin(p, np.full(2, 200_000.0), PLACES[:2], 3)
    run.practises[:200] = False
    run._adopters[0] = 0
    assert run.live_month(p, 0, seen(2)).by_peers[0] == 0
    assert sum(int(run.live_month(p, month, seen(2, link=0.5)).by_peers[0]) for month in range(1, 12)) > 0
    hopeless = still._replace(gives_up_without_hope=1.0, first_share=0.1)
    alone, held = (total(lived(hopeless, 24, seen(hope=0.0, comfort=c)), "gave_up_without_hope") for c in (0.0, 1.0))
    assert held < alone
    among_many = hopeless._replace(enough_around=0.0)
    one, other = (total(lived(among_many, 24, seen(hope=0.0, comfort=c)), "gave_up_without_hope") for c in (0.0, 1.0))
    assert one == other


def test_around_worked_by_hand():
    """10 in the one council, of whom 4 practise, and 5 in the other, of whom 1: oneself apart, 3 / 9 or 4 / 9 around."""
    run = Practitioners.begin(still, np.array([10_000, 5_000.0]), PLACES[:2], 3)
    run._adopters = np.array([4, 1])
    assert run._around(0.0, 1) == pytest.approx([3 / 9, 0.0])
    assert run._around(0.0, 0) == pytest.approx([4 / 9, 1 / 4])
    assert run._around(0.5, 0) == pytest.approx([(4 / 9 + 1 / 5) / 2, (1 / 4 + 4 / 10) / 2])


def test_one_practitioner_alone_is_isolated_and_a_council_of_none_is_none():
    p = still._replace(gives_up_isolated=5.0, first_share=1.0)
    months = lived(p, 36, seen(2), adults=np.array([1_000.0, 100.0]), places=PLACES[:2])
    assert total(months, "gave_up_isolated") == 1
    assert months[-1].practitioners.tolist() == [1, 0]
    assert months[-1].share.tolist() == [0.0, 0.0]


def test_link_means_nothing_to_a_single_council():
    one = [lived(own, 60, seen(1, link=link), adults=ADULTS[-1:], places=PLACES[:1])[-1] for link in (0.0, 0.9)]
    assert one[0] == one[1]


def test_grants_end_and_return_and_only_in_the_third_sector():
    p = still._replace(third_sector_share=0.5, user_led_share=0.3, grants_return=0.0)
    months = lived(p, 36, seen(grant_ends=0.5))
    begun = lived(p, 1)[0]
    assert months[-1].practitioners.sum() == pytest.approx(begun.practitioners.sum() / 2, abs=11)
    assert (months[-1].adopters < begun.adopters).all()
    again = lived(p._replace(grants_return=12.0), 36, seen(grant_ends=0.5))
    assert total(again, "posts_refilled") > 1000
    assert total(lived(p._replace(third_sector_share=0.0), 36, seen(grant_ends=0.5)), "posts_ended") == 0


def test_an_empty_post_does_not_practise():
    p = still._replace(third_sector_share=1.0, user_led_share=0.0, grants_return=0.0, training=5.0)
    last = lived(p, 24, seen(grant_ends=0.3))[-1]
    assert (last.adopters <= last.practitioners).all()
    gone = lived(p, 24, seen(grant_ends=1.0))[-1]
    assert gone.practitioners.sum() == gone.adopters.sum() == 0


def test_share_of_assessments_is_promoted_or_emerges_and_the_gap_is_between_them():
    counts = dict.fromkeys(MonthOfPractice._fields, np.zeros(2, dtype=np.int64))
    now = MonthOfPractice(**counts | {"practitioners": np.array([10, 0]), "adopters": np.array([4, 0])})
    assert coproduced_share(own._replace(adoption="given"), 0.6, now).tolist() == [0.6, 0.6]
    assert coproduced_share(own._replace(adoption="emerges"), 0.6, now).tolist() == [0.4, 0.0]
    assert implementation_gap(0.6, now) == pytest.approx([0.2, 0.6])


def test_settings_of_the_month_count():
    run = Practitioners.begin(still, ADULTS, PLACES, 3)
    assert run.live_month(still, 0, seen()).by_training.sum() == 0
    assert run.live_month(still._replace(training=1.0), 1, seen()).by_training.sum() > 0


def test_a_councils_luck_does_not_depend_on_which_others_are_simulated():
    some = np.array([20, 3, 11])
    all_of_them, three = lived(own, 120, seen(grant_ends=0.01)), lived(own, 120, seen(3, grant_ends=0.01), 3, ADULTS[some], some)
    for whole, part in zip(all_of_them, three, strict=True):
        assert (np.array(whole)[:, some] == np.array(part)).all()


def test_the_same_seed_gives_the_same_and_another_seed_another():
    first, again, other = (np.array(lived(own, 60, seen(), seed)) for seed in (3, 3, 4))
    assert (first == again).all()
    assert (first != other).any()


def test_who_follows_has_luck_of_his_or_her_own():
    """The successor of one who left draws by the next hire number, and keeps the post's place."""
    run = Practitioners.begin(still._replace(first_share=1.0), ADULTS, PLACES, 3)
    before = run._whos.copy()
    now = run.live_month(still._replace(turnover=1.0), 0, seen())
    changed = run._whos != before
    assert changed.sum() == now.left.sum() > 0
    assert (run._whos[changed] == before[changed] + 1).all()
    assert not run.practises[changed].any()


@given(training=rate, peers=rate, other=rate, lose=rate, enough=unit, third=unit, user=unit, first=unit, led=unit, u=unit, v=unit,
       link=unit, seed=st.integers(0, 2**63 - 1))  # fmt: skip
def test_flows_add_up_and_numbers_stay_in_range(training, peers, other, lose, enough, third, user, first, led, u, v, link, seed):
    p = PractitionerParams(
        "emerges", 1.0, third, user, led, first, training, peers, other, other, enough, lose, lose, lose, lose, lose, other
    )  # fmt: skip
    run = Practitioners.begin(p, ADULTS, PLACES, seed)
    around = seen(leadership=u, overload=v, hope=v, grant_ends=u, duty=v, link=link, training=u, comfort=v)
    before, practitioners = np.bincount(run._council[run.practises], minlength=22), np.bincount(run._council, minlength=22)
    for month in range(4):
        now = run.live_month(p, month, around)
        gains, losses = (sum(getattr(now, flow) for flow in flows) for flows in (GAINS, LOSSES))
        assert (now.adopters == before + gains - losses).all()
        assert (now.practitioners == practitioners - now.posts_ended + now.posts_refilled).all()
        assert (now.adopters == np.bincount(run._council[run.practises], minlength=22)).all()
        assert (now.adopters >= 0).all()
        assert (now.adopters <= now.practitioners).all()
        before, practitioners = now.adopters, now.practitioners
