"""The Senedd: attention by cause, members who are convinced and forget, a door that closes, a law that stays paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.core.units import month_number
from copro_sim.institutions.senedd import ATTENTION_CAUSES, MEMBER_CAUSES, Senedd, Surroundings
from copro_sim.scenario.government import FearParams, PanelParams, SeneddParams

own, no_panel, own_fear = defaults(SeneddParams), defaults(PanelParams), defaults(FearParams)
still = own._replace(
    attention_decay=0.0, first_convinced=0.3, forgets=0.0, seat_turnover=0.0, champion=0, champion_loses_seat=0.0,
    champion_emerges=0.0, seminars_per_year=0, success_attention=0.0, amendment_chance=0.0,
)  # fmt: skip
calm = own_fear._replace(news_shock=0.0, fades=0.0, members_contact=0.0, practitioners_contact=0.0)
panel = no_panel._replace(from_year=2013, meetings_per_year=12, heeded=1.0)
unseen = Surroundings(success=0.0, harm_rate=0.0, direct_payment_share=0.0, direct_payment_clients=0.0)
plain_sight = Surroundings(success=1.0, harm_rate=0.01, direct_payment_share=0.2, direct_payment_clients=6_000.0)
unit = st.floats(0, 1)


def lived(p=own, panel=no_panel, fear=own_fear, seen=unseen, months=120, seed=1):
    senedd = Senedd.begin(p, fear, seed)
    return [senedd.live_month(p, panel, fear, month, seen) for month in range(months)]


def attention_by(months, cause):
    return [month.attention_by_cause[ATTENTION_CAUSES.index(cause)] for month in months]


def members_by(months, cause):
    return [month.members_by_cause[MEMBER_CAUSES.index(cause)] for month in months]


def test_with_every_strength_at_zero_nothing_moves():
    months = lived(still, fear=calm, seen=plain_sight, months=360)
    first, last = months[0], months[-1]
    assert last.attention == first.attention == still.first_attention
    assert last.members_convinced == first.members_convinced > 5
    assert last.feared_harm == pytest.approx(calm.first)
    for month in months:
        assert not any(month.attention_by_cause)
        assert not any(month.members_by_cause)
        assert month.practitioner_hours_lost == month.network_tie_gain == month.hope_change == 0.0
        assert month.panel_agency == month.panel_trust == month.panel_membership == 0.0


def test_attention_worked_by_hand():
    """.2 loses a tenth: .18; a campaign wins a quarter of the .82 that are left: .385."""
    month = lived(still._replace(attention_decay=0.1, campaign=0.25), months=1)[0]
    assert month.attention == pytest.approx(0.385)
    assert month.attention_by_cause == pytest.approx((-0.02, 0.0, 0.205, 0.0, 0.0, 0.0))


def test_attention_decays_unless_renewed():
    months = lived(still._replace(attention_decay=0.05), months=100)
    assert months[-1].attention == pytest.approx(0.2 * 0.95**100)


@pytest.mark.parametrize(
    ("cause", "changes", "around"),
    [
        ("champion", {"p": still._replace(champion=1)}, unseen),
        ("campaign", {"p": still._replace(campaign=0.01)}, unseen),
        ("panel", {"p": still, "panel": panel}, unseen),
        ("success", {"p": still._replace(success_attention=0.02)}, plain_sight),
        ("seminars", {"p": still._replace(seminars_per_year=12, seminar_attendance=0.5)}, unseen),
    ],
)
def test_each_cause_renews_attention_and_acts_alone(cause, changes, around):
    months = lived(seen=around, months=24, **changes)
    assert all(part > 0.0 for part in attention_by(months, cause))
    for other in set(ATTENTION_CAUSES) - {cause}:
        assert not any(attention_by(months, other))


@pytest.mark.parametrize(
    ("cause", "changes"),
    [
        ("champion", {"p": still._replace(champion=1, champion_convinces=0.1)}),
        ("panel", {"p": still, "panel": panel._replace(convinces=0.1)}),
        ("seminars", {"p": still._replace(seminars_per_year=12, seminar_attendance=0.3)}),
    ],
)
def test_contact_convinces_members_by_its_own_cause(cause, changes):
    months = lived(months=60, **changes)
    assert months[-1].members_convinced > 55
    assert sum(members_by(months, cause)) > 30
    for other in set(MEMBER_CAUSES) - {cause}:
        assert not any(members_by(months, other))


def test_without_renewal_members_forget():
    months = lived(still._replace(forgets=0.1, first_convinced=1.0), months=60)
    assert sum(members_by(months, "forgot")) < -50
    assert months[-1].members_convinced < 6


def test_members_who_are_reached_every_month_do_not_forget():
    months = lived(still._replace(forgets=1.0), panel=panel._replace(convinces=1.0), months=24)
    assert all(month.members_convinced == 60 for month in months)


def test_elections_replace_members_by_others_who_are_not_convinced():
    p = still._replace(first_convinced=1.0, seat_turnover=0.4)
    months = lived(p, months=180)
    lost = [month for month, found in enumerate(members_by(months, "not_returned")) if found]
    assert lost == [month_number(label) for label in ("2016-05", "2021-05", "2026-05")]
    assert 25 < months[40].members_convinced < 47
    full = lived(still._replace(first_convinced=1.0), months=180)
    assert {month.members_convinced for month in full} == {60}


def test_who_loses_a_seat_has_nothing_to_do_with_who_forgets():
    """Half of 60 are not returned and half of the others forget: 15 are left, where one draw for both would leave 30."""
    senedd = Senedd.begin(still._replace(first_convinced=1.0), own_fear, 1)
    p = still._replace(seat_turnover=0.5, forgets=0.5)
    left = senedd.live_month(p, no_panel, own_fear, month_number("2016-05"), unseen).members_convinced
    assert 7 < left < 23


def test_thirty_six_more_members_dilute_what_was_won():
    p = still._replace(first_convinced=1.0, first_attention=1.0)
    before, after = (lived(p, months=180)[month_number(label)] for label in ("2026-04", "2026-05"))
    assert before.commitment == pytest.approx(1.0)
    assert after.commitment == pytest.approx((60 / 96) ** 0.5)


def test_the_door_closes_in_april_of_the_year_named():
    p = still._replace(champion=1, champion_leaves_year=2018)
    months = lived(p)
    closes = month_number("2018-04")
    assert [month.champion for month in months] == [1] * closes + [0] * (len(months) - closes)
    assert members_by(months, "departed")[closes] == -1
    assert not any(attention_by(months[closes:], "champion"))
    assert {month.champion for month in lived(p._replace(champion_leaves_year=2100))} == {1}


def test_a_date_that_an_event_brings_forward_closes_the_door_at_once():
    p, senedd = still._replace(champion=1), Senedd.begin(still._replace(champion=1), own_fear, 1)
    leaves = p._replace(champion_leaves_year=2013)
    stands = [senedd.live_month(p if month < 30 else leaves, no_panel, own_fear, month, unseen) for month in range(40)]
    assert [month.champion for month in stands] == [1] * 30 + [0] * 10


def test_the_champion_may_lose_the_seat():
    months = lived(still._replace(champion=1, champion_loses_seat=1.0), months=60)
    assert [month.champion for month in months] == [1] * 37 + [0] * 23
    assert members_by(months, "not_returned")[37] == -1


def test_a_convinced_member_may_step_forward_and_nobody_else():
    p = still._replace(champion_emerges=0.2, champion_convinces=0.0)
    found = lived(p, months=60)
    assert [month.champion for month in found[-12:]] == [1] * 12
    assert not any(month.champion for month in lived(p._replace(first_convinced=0.0), months=60))
    later = lived(p._replace(champion=1, champion_leaves_year=2015), months=60)
    assert later[-1].champion == 1, "who came after the day on which the first left may stay"


def test_few_come_to_a_seminar_and_it_costs_the_network_hours_and_hope():
    """Two a year of 200 hours; with nobody there, all of the disappointment; with all members there, none."""
    p = still._replace(seminars_per_year=2, seminar_hours=200.0, seminar_ties=0.02, seminar_disappoints=0.03)
    nobody = lived(p._replace(seminar_attendance=0.0), months=12)
    assert sum(month.practitioner_hours_lost for month in nobody) == 400.0
    assert sum(month.network_tie_gain for month in nobody) == pytest.approx(0.04)
    assert sum(month.hope_change for month in nobody) == pytest.approx(-0.06)
    assert not any(attention_by(nobody, "seminars"))
    everybody = lived(p._replace(seminar_attendance=1.0), months=12)
    assert sum(month.hope_change for month in everybody) == 0.0
    assert sum(month.members_came for month in everybody) == 120
    some = lived(p._replace(seminar_attendance=0.3), months=12)[5]
    assert some.hope_change == pytest.approx(-0.03 * (1 - some.members_came / 60))
    assert 5 < some.members_came < 35


def test_the_law_alone_is_duties_without_practice():
    """From April 2016 the horse stands at the water."""
    p = still._replace(first_convinced=0.0)
    months = lived(p, months=60)
    assert [month.duty for month in months] == [0] * 36 + [1] * 24
    assert not any(month.duty_on_practice for month in months)
    assert not any(month.duty for month in lived(p._replace(act_from_year=2100), months=60))
    led = lived(p._replace(commitment_imposed=0.8), months=60)
    assert [month.commitment for month in led] == [0.8] * 60
    assert [month.duty_on_practice for month in led] == [0.0] * 36 + [0.8] * 24


def test_an_amendment_needs_the_law_and_attention_and_adds_force():
    p = still._replace(first_attention=1.0, first_convinced=0.0, amendment_chance=1.0, amendment_commitment=0.3)
    months = lived(p, months=60)
    assert [month.amended for month in months] == [0] * 36 + [1] * 24
    assert months[-1].commitment == pytest.approx(0.3)
    assert not any(month.amended for month in lived(p._replace(first_attention=0.0), months=60))
    assert not any(month.amended for month in lived(p._replace(act_from_year=2100), months=60))
    assert lived(p._replace(amendment_commitment=0.0), months=60)[-1].commitment == 0.0


def test_commitment_needs_attention_and_members_alike():
    p = still._replace(first_convinced=1.0, first_attention=0.25)
    assert lived(p, months=1)[0].commitment == pytest.approx(0.5)
    assert lived(p._replace(first_attention=0.0), months=1)[0].commitment == 0.0
    assert lived(p._replace(first_convinced=0.0), months=1)[0].commitment == 0.0


def test_a_panel_that_is_not_heeded_wins_nothing_and_costs():
    deaf = lived(still, panel=panel._replace(heeded=0.0), months=12)
    assert not any(attention_by(deaf, "panel"))
    assert not any(members_by(deaf, "panel"))
    assert all(month.panel_met and not month.panel_heeded for month in deaf)
    assert all(max(month.panel_agency, month.panel_trust, month.panel_membership) < 0 for month in deaf)
    half = lived(still, panel=panel._replace(heeded=0.5), months=120)
    assert 40 < sum(month.panel_heeded for month in half) < 80


def test_practitioners_who_meet_clients_come_closer_to_the_truth_than_members():
    p = own_fear._replace(first=0.2, news_chance=0.0, fades=0.01)
    last = lived(fear=p, seen=plain_sight)[-1]
    assert 0.01 < last.practitioners_feared_harm < last.feared_harm < 0.2


def test_contact_is_each_groups_own():
    """One month from .2, a fifth of clients met with weight .5: a tenth of the way to .01, and for members nothing."""
    month = lived(fear=calm._replace(first=0.2, practitioners_contact=0.5), seen=plain_sight, months=1)[0]
    assert month.practitioners_feared_harm == pytest.approx(0.181)
    assert month.feared_harm == 0.2


def test_elections_bring_back_the_fear_of_the_unknown_among_members_only():
    p = calm._replace(first=0.2, members_contact=0.5, practitioners_contact=0.5)
    months = lived(still._replace(seat_turnover=0.5), fear=p, seen=plain_sight, months=40)
    assert months[37].feared_harm > months[36].feared_harm
    assert months[37].fear_by_cause[0][0] > 0.0
    assert months[37].fear_by_cause[1][0] == 0.0
    assert months[37].practitioners_feared_harm < months[36].practitioners_feared_harm


def test_the_thirty_six_of_2026_are_newcomers_to_what_is_feared():
    months = lived(still, fear=calm._replace(first=0.2, members_contact=0.5), seen=plain_sight, months=160)
    before = months[156].feared_harm
    assert months[157].fear_by_cause[0][0] == pytest.approx((0.2 - before) * 36 / 96)
    assert 0.0 < before < 0.1


def test_a_case_in_the_news_frightens_both():
    certain = calm._replace(news_chance=1.0, news_shock=0.1)
    month = lived(fear=certain, seen=plain_sight._replace(harm_rate=1.0), months=1)[0]
    assert month.in_the_news == 1
    assert month.feared_harm == month.practitioners_feared_harm == pytest.approx(0.05 + 0.1 * 0.95)


def test_the_same_seed_gives_the_same_and_another_seed_another():
    assert lived(months=200) == lived(months=200)
    assert lived(months=200) != lived(months=200, seed=2)


def test_luck_is_shared_by_scenarios_that_differ_elsewhere():
    """Who comes to seminars is the same whether or not a panel sits."""
    p = own._replace(seminar_attendance=0.3)
    assert [m.members_came for m in lived(p)] == [m.members_came for m in lived(p, panel=panel)]


@settings(max_examples=25)
@given(decay=unit, strength=unit, forgets=unit, turnover=unit, emerges=unit, convinced=unit, success=unit, harm=unit,
       share=unit, seed=st.integers(0, 2**63 - 1))  # fmt: skip
def test_everything_stays_in_range_and_causes_add_up(
    decay, strength, forgets, turnover, emerges, convinced, success, harm, share, seed
):
    p = own._replace(
        attention_decay=decay, champion_attention=strength, champion_convinces=strength, campaign=strength,
        forgets=forgets, seat_turnover=turnover, champion_emerges=emerges, first_convinced=convinced,
        amendment_chance=strength,
    )  # fmt: skip
    seen = Surroundings(success, harm, share, 5_000.0)
    senedd = Senedd.begin(p, own_fear, seed)
    attention, members, fears = p.first_attention, int(senedd.convinced.sum()), (own_fear.first,) * 2
    for month in (30, 37, 38, 96, 97, 156, 157, 158):
        now = senedd.live_month(p, panel._replace(heeded=0.5), own_fear, month, seen)
        assert 0 <= now.attention <= 1
        assert 0 <= now.commitment <= 1
        assert 0 <= now.members_convinced <= (96 if month >= 157 else 60)
        assert attention + sum(now.attention_by_cause) == pytest.approx(now.attention)
        assert members + sum(now.members_by_cause) == now.members_convinced
        for fear, parts, after in zip(
            fears, now.fear_by_cause, (now.feared_harm, now.practitioners_feared_harm), strict=True
        ):  # fmt: skip
            assert fear + sum(parts) == pytest.approx(after)
        attention, members = now.attention, now.members_convinced
        fears = now.feared_harm, now.practitioners_feared_harm
        assert not now.champion or senedd.convinced[senedd.champion]


def test_seats_beyond_the_sixtieth_are_nobodys_before_2026():
    senedd = Senedd.begin(still._replace(first_convinced=1.0), own_fear, 1)
    assert int(senedd.convinced.sum()) == 60
    assert not np.any(senedd.convinced[60:])
