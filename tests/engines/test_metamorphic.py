"""What must not matter does not: names, borders, units, order and levers at zero change nothing, or no more than is said here."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copro_sim as cs
from copro_sim.core.params import defaults
from copro_sim.engines import kernels
from copro_sim.engines.agents import Society
from copro_sim.institutions.council import Rationing, comes_to, planned, ration, ration_by_test
from copro_sim.processes import buying, delivery, outlook, sharing, tally
from copro_sim.processes.tally import Tally
from copro_sim.scenario.government import CouncilParams
from copro_sim.state.codes import Practice
from laws import any_parameters, default_parameters, some_policy, tables_for
from tests.twins.cases import busy
from worlds import random_world

P = default_parameters()
T = tables_for(P)
WITHOUT_CHANCE = (delivery, buying, outlook, tally)
SOURCES = {"CREDIT": "broker_minutes", "COUNCIL": "package_share", "THIRD_SECTOR": "third_sector_minutes"}


def renamed(world, seed):
    """Return the same world with other ids, and the old id of each new one."""
    new = world.copy()
    new.citizens.id[:] = np.random.default_rng(seed).choice(2**62, len(world.citizens.id), replace=False)
    return new, dict(zip(new.citizens.id.tolist(), world.citizens.id.tolist(), strict=True))


def by_old_id(state, old):
    """Return {old id: everything known of a citizen but ids}, with partner and bonds by old ids."""
    content = {name: column.tolist() for name, column in state.content().items()}
    known = {}
    for k, who in enumerate(content["id"]):
        one = {name: column[k] for name, column in content.items() if not name.startswith("bond_") and name != "id"}
        one["partner"] = old.get(one["partner"])
        ties = zip(*(content[f"bond_{part}"][k] for part in ("other", "kind", "strength")), strict=True)
        known[old[who]] = one | {"ties": {old[other]: tie for other, *tie in ties if other >= 0}}
    return known


def test_where_no_chance_is_involved_names_do_not_matter():
    world = busy(3, 80)
    known = []
    for state, old in (
        (world, dict(zip(world.citizens.id.tolist(), world.citizens.id.tolist(), strict=True))),
        renamed(world, 7),
    ):
        society = Society(state, P, T, seed=1)
        for _ in range(6):
            society.live_month(some_policy(), WITHOUT_CHANCE)
        known.append(by_old_id(society.to_state(), old))
    assert known[0] == known[1]


def test_other_names_are_other_luck_and_no_more():
    """Three years' unmet share, wellbeing and deaths lie among those of 24 worlds of other names.

    With luck alone each of the three lies beyond three standard deviations with a chance of some 0.5 percent (Student's t).
    """

    def lived(state):
        total = np.zeros(len(Tally))
        for _ in range(3):
            state, counts = kernels.live_year(state, some_policy(), P, T, seed=4)
            total += counts.month.sum(axis=(0, 1))
        unmet, need = (total[Tally[f"{what}_PERSONAL"]] + total[Tally[f"{what}_PRACTICAL"]] for what in ("UNMET", "NEED"))
        return unmet / need, total[Tally.WELLBEING] / total[Tally.CITIZENS], total[Tally.DEATHS]

    world = random_world(11, (300, 200))
    found, others = np.array(lived(world)), np.array([lived(renamed(world, k)[0]) for k in range(24)])
    assert (others.std(axis=0) > 0).all()
    assert (np.abs(found - others.mean(axis=0)) < 3 * others.std(axis=0, ddof=1) * np.sqrt(1 + 1 / 24)).all()


def test_councils_that_do_alike_may_be_merged_or_split():
    """The same four communities under one council, two, or four: the same lives, and sums of the same tallies."""
    lived = []
    for authorities in (1, 2, 4):
        world = random_world(5, (60, 40, 30, 20), authorities)
        state, counts = kernels.live_year(world, some_policy(authorities), P, T, seed=2)
        by_council = [counts.month[world.communities.authority == a].sum(axis=0) for a in range(authorities)]
        lived.append((state.content_hash(), sum(by_council).tolist()))
    assert lived[0] == lived[1] == lived[2]


power = st.integers(-6, 6).map(lambda k: 2.0**k)


@given(
    demand=st.lists(st.integers(0, 10**9), min_size=4, max_size=4), money=st.integers(0, 10**9), scale=power,
    line=st.integers(1, 4), turned_away=st.floats(0, 0.9), price=st.floats(5, 50),
)  # fmt: skip
def test_a_council_twice_as_large_with_twice_the_money_decides_alike(demand, money, scale, line, turned_away, price):
    """Powers of two, which scale floating-point numbers exactly: decisions are equal to the last bit."""
    own, one, other = defaults(CouncilParams), np.array(demand, float), np.array(demand) * scale
    for rationed, now in ((ration, line), (ration_by_test, Rationing(line, 0.5, turned_away))):
        assert rationed(own, now, one, price, 0.9, money) == rationed(own, now, other, price, 0.9, money * scale)
    plans = [np.array([planned(minutes, line, 0.5, 0.9)]) for minutes in (one, other)]
    if plans[0] == 0 or min(plans) >= 1:  # below a minute a plan counts as a minute
        came = [comes_to(own, np.ones(1), plan, plan * 0.7) for plan in plans]
        assert came[0] == came[1]


@pytest.mark.parametrize("times", [2, 4])
def test_twice_the_need_and_twice_the_time_are_twice_the_help(times):
    """Sharing knows no unit of time but the whole minute: what each gives differs by a minute for each bond and round at most.

    Gratitude, which has a scale of its own (two hours a week), is off.
    """
    p = default_parameters(sharing={"gratitude": 0.0})
    for seed in range(6):
        given_in, world = [], busy(seed, 60)
        for scale in (1, times):
            state = world.copy()
            for name in ("need", "unmet", "received", "capacity", "spare"):
                getattr(state.citizens, name)[:] //= 8
                getattr(state.citizens, name)[:] *= scale
            state.citizens.need[:] = state.citizens.unmet + state.citizens.received.sum(axis=2)
            society = Society(state, p, T, seed=seed)
            society.live_month(some_policy(), [sharing])
            given_in.append(sum(citizen.given for citizen in society.communities[0].citizens))
        bonds = int(world.citizens.bonds.sum())
        assert given_in[0] > 0
        assert abs(given_in[1] - times * given_in[0]) <= times * bonds


@settings(max_examples=10)
@given(p=any_parameters(), seed=st.integers(0, 2**40), off=st.sampled_from(sorted(SOURCES)))
def test_what_government_does_not_pay_for_does_not_arrive(p, seed, off):
    world = random_world(seed % 1_000, (40, 25))
    world.citizens.mode[:], world.citizens.package[:] = 0, 0
    policy = some_policy(**{SOURCES[off]: 0.0, "coproduced_share": 0.0})
    state, counts = kernels.live_year(world, policy, p, tables_for(p), seed=seed)
    from_off = [counts.month[..., Tally[f"{need}_{off}"]].sum() for need in ("PERSONAL", "PRACTICAL")]
    assert from_off == [0, 0]
    newly = state.citizens.practice[(state.citizens.life == 1) & (state.citizens.mode > 0)]
    assert set(newly.tolist()) <= {Practice.OLD}


def test_an_event_that_changes_nothing_changes_nothing():
    small = {"population.citizens": 900, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff"]}
    scenario = cs.load_scenario("co-production").replace(small | {"run.years": 3})
    event = {"date": "2014-10", "set": {"funding.clawback": scenario.funding.clawback}}
    with_event = cs.run(scenario.replace({"events": [*scenario.dump()["events"], event]}), seed=2)
    without = cs.run(scenario, seed=2)
    assert with_event.state.content_hash() == without.state.content_hash()
    assert (with_event.tallies.group == without.tallies.group).all()


def test_scenarios_may_be_compared_in_another_order():
    names = ["retreating-state", "co-production", "steady-state"]
    small = {"population.citizens": 900, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff"]}
    made = [cs.load_scenario(name).replace(small | {"run.years": 2}) for name in names]
    one = cs.compare(made, futures=2, seed=3, workers=1)
    other = cs.compare([made[2], made[0], made[1]], futures=2, seed=3, workers=1)
    order = [other.names.index(name) for name in one.names]
    for variable, values in one.data.data_vars.items():
        found = other.data[variable]
        if "scenario" in values.dims:
            found = found.isel(scenario=order)
        assert np.array_equal(values.values, found.values, equal_nan=values.dtype.kind == "f"), variable


@pytest.mark.parametrize("name", ["retreating-state", "co-production"])
def test_with_the_harms_of_conventional_service_at_zero_a_cut_helps_nobody(name):
    """No sex, age band, fifth or setting has less of its need unmet, or is better off, after the money is cut to a third.

    Summed over 3 seeds, whose shocks are shared by both; a group may gain by luck (others' lives change who meets whom) by the
    bound only: a tenth of a percentage point of need, and a thousandth of the ten points of wellbeing.
    """
    scenario = cs.load_scenario(name).with_zero("conventional harm").replace({"population.citizens": 8_800, "run.years": 5})
    sums = [
        sum(cs.run(scenario.replace({"funding.home_support_share": share}), seed=seed).tallies.by_group() for seed in (1, 2, 3))
        for share in (0.45, 0.15)
    ]
    for axis, kind in enumerate(("sex", "age band", "fifth", "setting"), start=1):
        others = tuple(other for other in range(5) if other != axis)
        full, cut = (counted.sum(axis=others) for counted in sums)
        unmet, well = (np.array(pair) for pair in zip(_state_of(full), _state_of(cut), strict=True))
        assert (unmet[1] > unmet[0] - 0.001).all(), kind
        assert (well[1] < well[0] + 0.001).all(), kind
        assert (unmet[1] > unmet[0]).sum() > len(unmet[0]) / 2


def _state_of(counted):
    """Return the unmet share of need and wellbeing, 0 to 10, by group."""
    unmet, need = (counted[:, Tally[f"{what}_PERSONAL"]] + counted[:, Tally[f"{what}_PRACTICAL"]] for what in ("UNMET", "NEED"))
    return unmet / need, counted[:, Tally.WELLBEING] / 1_000 / counted[:, Tally.CITIZENS]
