"""Whatever happens to a community, in whatever order, the laws hold after every step, and both engines tell the same story."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

import copro_sim as cs
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import agents, kernels
from copro_sim.engines.agents import Society
from copro_sim.engines.snapshots import Snapshot, read_snapshot, write_snapshot
from copro_sim.engines.zoom import alone
from copro_sim.processes.month import MONTH, Loan, walk_of
from copro_sim.processes.tally import Tally
from copro_sim.results.tallies import Tallies
from copro_sim.state import households
from copro_sim.state.bonds import bind, ties_of
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.columns import CITIZEN_COLUMNS
from copro_sim.state.context import Clock, Here, orders_for
from laws import any_policy, default_parameters, some_policy, tables_for
from worlds import random_world

from .test_conservation import check

SIZES, ROOM = (24, 13), 3.0
USUAL = default_parameters()
LONE = {"separation_percent": 0.0, "separation_45_percent": 0.0, "separation_65_percent": 0.0}
TOGETHER = default_parameters(moving=LONE | {"partner_percent": 100.0})
APART = default_parameters(moving=dict.fromkeys(LONE, 100.0) | {"partner_percent": 0.0, "leave_home_percent": 100.0})
JOINING = default_parameters(joining={"unasked": 1.0, "leaving": 0.0, "opening_hours": 20.0})
LEAVING = default_parameters(joining={"unasked": 0.0, "friend_pull": 0.0, "leaving": 1.0, "belonging_holds": 0.0})
BUSY = default_parameters(time_credits={"favour_chance": 1.0, "strangers_befriend": 1.0, "minutes_per_match": 1})
COMING = default_parameters(migration={"arrivals_per_1000": 200.0, "leaving_ratio": 5.0}, births={"fertility_ratio": 3.0})
SCENARIO = cs.load_scenario("one-village").replace({"run.years": 50})
"""With more years than the most steps of a test can live."""
places = st.integers(0, 2**30)


class Lives(RuleBasedStateMachine):
    """Two communities, as columns and as agents."""

    @initialize(seed=st.integers(0, 2**20))
    def begin(self, seed):
        self.seed, self.policy, self.gone = seed, some_policy(), 0
        world = random_world(seed % 500, SIZES)
        self.columns, self.society = world.roomy(ROOM), Society(world, USUAL, tables_for(USUAL), seed=seed)
        self.cells = np.zeros_like(self.society.cells)

    def live(self, p, yearly_death=0.03):
        """Live a month by both walks; people are what they were, and who came, less who went."""
        before, t = self.people(), tables_for(p, yearly_death)
        for column in self.cells:
            column[:] = 0
        if (self.columns.communities.size > 0.7 * self.columns.communities.capacity).any():
            self.columns = self.columns.roomy(ROOM)
        communities, now = self.columns.communities, self.society.month
        for number in range(len(SIZES)):
            clock = Clock(self.seed, now, now // MONTHS_PER_YEAR)
            orders = orders_for(self.policy, now % MONTHS_PER_YEAR, int(communities.authority[number]))
            here = Here(communities, number, clock, orders)
            for process in MONTH:
                walk_of(process)(Loan(self.columns.places(number), here, p, t, self.cells[number]))
        self.columns = self.columns.later(1)
        self.society.parameters, self.society.tables = p, t
        self.society.live_month(self.policy)
        assert (self.cells == self.society.cells).all()
        total = self.cells.sum(axis=(0, 1, 2))
        came, went = total[Tally.BIRTHS] + total[Tally.NEWCOMERS], total[Tally.DEATHS] + total[Tally.LEAVERS]
        assert before + came - went == self.people() == total[Tally.CITIZENS]

    def people(self):
        return sum(len(community.citizens) for community in self.society.communities)

    def somebody(self, number, k):
        """Return the k-th living citizen of a community by id, as a place in the columns and as an agent."""
        community, c = self.society.communities[number], self.columns.community(number)
        citizen = sorted(community.citizens, key=lambda who: who.id)[k % len(community.citizens)]
        return int(np.flatnonzero((c.id == citizen.id) & (c.life == Life.ALIVE))[0]), citizen

    def inhabited(self):
        return [number for number, community in enumerate(self.society.communities) if community.citizens]

    @rule()
    def a_month(self):
        self.live(USUAL)

    @rule()
    def many_die(self):
        self.live(USUAL, 0.9)

    @rule()
    def singles_meet(self):
        self.live(TOGETHER)

    @rule()
    def couples_separate_and_children_leave_home(self):
        self.live(APART)

    @rule()
    def everybody_joins(self):
        self.live(JOINING)

    @rule()
    def everybody_leaves_the_group(self):
        self.live(LEAVING)

    @rule()
    def everybody_gives_and_receives(self):
        self.live(BUSY)

    @rule()
    def many_come_and_go(self):
        self.live(COMING)

    @rule(policy=any_policy())
    def another_policy(self, policy):
        self.policy = policy

    @precondition(lambda self: self.inhabited())
    @rule(k=places, life=st.sampled_from([Life.DIED, Life.LEFT]))
    def somebody_goes(self, k, life):
        number = self.inhabited()[k % len(self.inhabited())]
        place, citizen = self.somebody(number, k)
        here = Here(self.columns.communities, number, None, None)
        households.go(self.columns.community(number), here, place, int(life))
        citizen.go(int(life))
        self.live(USUAL)

    @precondition(lambda self: self.inhabited())
    @rule(k=places, other=places, kind=st.sampled_from([BondKind.FRIEND, BondKind.NEIGHBOUR]), strength=st.integers(0, 16_383))
    def two_meet(self, k, other, kind, strength):
        number = self.inhabited()[k % len(self.inhabited())]
        (i, one), (j, mate) = self.somebody(number, k), self.somebody(number, other)
        if i != j and (mate not in one.bonds or one.bonds[mate].kind >= BondKind.FRIEND):
            done = bind(ties_of(self.columns.community(number)), i, j, int(kind), strength, 16_383 - strength)
            assert done == one.bind(mate, int(kind), strength, 16_383 - strength)

    @precondition(lambda self: self.inhabited())
    @rule(k=places, other=places)
    def a_household_moves_in_with_another(self, k, other):
        number = self.inhabited()[k % len(self.inhabited())]
        (i, one), (j, host) = self.somebody(number, k), self.somebody(number, other)
        everybody = [one, *one.housemates()]
        if host in everybody or len(everybody) + 1 + len(host.housemates()) > households.MOST_TOGETHER:
            return
        c = self.columns.community(number)
        group = [i, *(int(np.flatnonzero(c.id == mate.id)[0]) for mate in everybody[1:])]
        households.move_in(ties_of(c), group, len(group), j, self.seed)
        host.take_in(everybody)

    @rule(order=st.integers(0, 2**20))
    def rows_are_stored_otherwise(self, order):
        state = self.society.to_state()
        self.columns = state.permuted(np.random.default_rng(order)).roomy(ROOM)

    @precondition(lambda self: self.society.month % MONTHS_PER_YEAR == 0)
    @rule()
    def save_and_load(self):
        state = self.society.to_state()
        years, tallies = state.month // MONTHS_PER_YEAR, len(Tally)
        nothing = Tallies(np.zeros((state.month, 1, tallies), np.int64), np.zeros((years, 2, 7, 5, 4, tallies), np.int64))
        with tempfile.TemporaryDirectory() as folder:
            kept = Snapshot(self.columns, np.ones(1), np.zeros((12, 1, 1), np.int64), nothing)
            write_snapshot(Path(folder), kept, SCENARIO, seed=1, engine="kernels")
            found = read_snapshot(Path(folder), SCENARIO, seed=1)
        cells, self.columns = self.society.cells, found.state
        self.society = Society(state, USUAL, tables_for(USUAL), seed=self.seed)
        self.society.cells[:] = cells

    @rule(number=st.integers(0, len(SIZES) - 1))
    def zoom(self, number):
        """One community alone lives the month that it lives among others."""
        one = Society(alone(self.columns, number), USUAL, tables_for(USUAL), seed=self.seed)
        one.live_month(self.policy)
        self.live(USUAL)
        assert one.to_state().content_hash() == alone(self.columns, number).content_hash()

    @rule()
    def a_year_from_april(self):
        """The rest of the financial year month by month, then a whole year by the compiled kernels."""
        while self.society.month % MONTHS_PER_YEAR:
            self.live(USUAL)
        t = tables_for(USUAL)
        compiled, counts = kernels.live_year(self.society.to_state(), self.policy, USUAL, t, seed=self.seed)
        lived, counted = agents.live_year(self.columns, self.policy, USUAL, t, seed=self.seed)
        assert (counts.month == counted.month).all()
        assert (counts.year == counted.year).all()
        self.columns, self.society = compiled.roomy(ROOM), Society(lived, USUAL, t, seed=self.seed)

    @invariant()
    def laws_hold(self):
        check(self.society)

    @invariant()
    def engines_agree(self):
        assert self.columns.content_hash() == self.society.to_state().content_hash()

    @invariant()
    def columns_keep_within_their_ranges(self):
        for column in CITIZEN_COLUMNS:
            if column.name != "bond":
                values = getattr(self.columns.citizens, column.name)
                assert column.low <= values.min() <= values.max() <= column.high, column.name


def test_the_laws_hold_whatever_happens():
    run_state_machine_as_test(Lives, settings=settings(max_examples=20, stateful_step_count=16))


@pytest.mark.full
def test_the_laws_hold_whatever_happens_for_long():
    """Some three minutes."""
    run_state_machine_as_test(Lives, settings=settings(max_examples=60, stateful_step_count=40))
