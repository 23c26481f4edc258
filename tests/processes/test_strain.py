"""Strain: load worked by hand, ranges held, burnout by chance and for its months; nothing happens to who gives little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import strain
from copro_sim.processes.strain import borne, may_burn_out, next_burnout, next_strain
from copro_sim.state.context import Clock, Here
from laws import default_parameters, tables_for
from worlds import random_world

unit = st.floats(0, 1)


def test_a_carer_who_gives_thirty_hours_where_twenty_can_be_kept_up():
    """The target is one half: a tenth of the way from nothing is .05; from wholly strained, a fifth back is .9."""
    assert next_strain(0.0, 30 * 260, 20.0, 0.1, 0.2) == pytest.approx(0.05)
    assert next_strain(1.0, 30 * 260, 20.0, 0.1, 0.2) == pytest.approx(0.9)
    assert next_strain(0.0, 90 * 260, 20.0, 1.0, 0.2) == 1.0
    assert next_strain(0.5, 0, 20.0, 0.1, 0.2) == pytest.approx(0.4)


def test_care_that_can_be_kept_up_strains_nobody():
    assert next_strain(0.0, 20 * 260, 20.0, 1.0, 1.0) == 0.0
    assert next_strain(0.0, 90 * 260, 20.0, 0.0, 1.0) == 0.0


@given(now=unit, given_minutes=st.integers(0, 44_640), more=st.integers(0, 9_000), hours=st.floats(1, 112), pace=unit)
def test_strain_stays_in_range_and_never_falls_by_giving_more(now, given_minutes, more, hours, pace):
    after = next_strain(now, given_minutes, hours, pace, pace)
    assert 0 <= after <= next_strain(now, given_minutes + more, hours, pace, pace) <= 1


def test_respite_takes_a_share_of_the_weight_to_its_last_month():
    assert [borne(1_000, months, 0.3) for months in (0, 1, 12)] == [1_000, pytest.approx(700), pytest.approx(700)]
    assert borne(1_000, 12, 0.0) == 1_000


def test_burnout_begins_lasts_its_months_and_ends():
    assert may_burn_out(0, 0.61, 0.6)
    assert not may_burn_out(0, 0.6, 0.6)
    assert not may_burn_out(2, 0.9, 0.6)
    months, seen = next_burnout(0, True, 3), []
    while months:
        seen.append(months)
        months = next_burnout(months, False, 3)
    assert seen == [3, 2, 1]
    assert next_burnout(0, False, 3) == 0
    assert next_burnout(0, True, 0) == 0


def one_month(chance, seed=4):
    p = default_parameters(strain={"burnout_chance": chance, "burnout_from": 0.5, "pace": 0.3})
    state = random_world(seed, (70,))
    state.citizens.given[:] = state.citizens.id % 15_000
    state.citizens.burnout[::7] = 2
    community = Society(state, p, tables_for(p), seed=seed).communities[0]
    community.clock = Clock(seed, 8, 0)
    strain.agents(community, p.strain)
    columns = state.permuted(np.random.default_rng(seed))
    strain.columns(columns.community(0), Here(columns.communities, 0, Clock(seed, 8, 0), None), p.strain)
    c = columns.citizens
    rows = zip(c.id.tolist(), c.strain.tolist(), c.burnout.tolist(), strict=True)
    return state, {who: (strained, burnout) for who, strained, burnout in rows}, community


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_both_walks_strain_alike_in_any_storage(chance):
    state, columns, community = one_month(chance)
    assert columns == {citizen.id: (citizen.strain, citizen.burnout) for citizen in community.citizens}
    burnt = dict(zip(state.citizens.id.tolist(), state.citizens.burnout.tolist(), strict=True))
    fresh = [who for who, (strained, _) in columns.items() if strained > 0.5 and burnt[who] == 0]
    begun = sum(columns[who][1] == 3 for who in fresh)
    assert begun == {0.0: 0, 1.0: len(fresh)}.get(chance, begun)
    assert chance != 0.5 or 0 < begun < len(fresh)
    assert all(columns[who][1] == 1 for who, months in burnt.items() if months == 2)
