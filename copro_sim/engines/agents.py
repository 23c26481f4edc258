"""The agents engine: a Mesa model whose `Citizen`s walk the same rules one by one. To read, inspect and change.

A model starts from the same state as the kernels engine and lives month by month (`step`). Mesa's own generator is
never used: all chance goes through the keyed draws, so both engines agree to the last bit.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import mesa
import numpy as np

from copro_sim.core.draws import Stream, compiled_words, pair_word, uniform
from copro_sim.core.units import MONTHS_PER_YEAR, month_label
from copro_sim.engines.kernels import Counts
from copro_sim.processes.month import MONTH
from copro_sim.processes.month import agents as live_process
from copro_sim.processes.own import Month, Process
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.scenario.problems import nearest
from copro_sim.state import households
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, pack_bond
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.columns import CITIZEN_COLUMNS, MOST_BONDS, NOBODY, Citizens, Communities
from copro_sim.state.context import Clock, Orders, Policy, orders_for
from copro_sim.state.world import State

_ALIVE = int(Life.ALIVE)
_PLAIN = tuple(column for column in CITIZEN_COLUMNS if column.name not in ("partner", "bonds", "bond"))
_NAMES, _ALMOST = {column.name for column in CITIZEN_COLUMNS} | {"community", "model"}, 0.85
"""What a citizen holds, and how like one of these a name must be to be a mistake and not an attribute of somebody's own."""

_ACCOUNTS = ("group", "host", "grant", "target", "issuer", "leftover")
"""What processes change in a community, besides its citizens."""


class Bond(NamedTuple):
    """A citizen's tie to another: its kind (`BondKind`) and strength, 0 to 16,383."""

    kind: int
    strength: int


class Citizen(mesa.Agent):
    """One citizen. Every column of `state/columns.py` is a plain Python attribute of the same name.

    Attributes
    ----------
    partner : Citizen or None
    bonds : dict of Citizen to Bond
        At most 15; how much this citizen feels bound to help each of them.
    community : Community
        Where the citizen lives.
    """

    id: int
    life: int
    birth_month: int
    household: int
    balance: int
    bonds: "dict[Citizen, Bond]"
    partner: "Citizen | None"

    def __init__(self, model: "Society", community: "Community", values: dict[str, Any]) -> None:
        """Create a citizen from plain values, without bonds or partner yet."""
        super().__init__(model)
        self.community = community
        self.partner = None
        self.bonds = {}
        self.__dict__.update(model.own | values)

    def bind(self, other: "Citizen", kind: int, strength: int, back: int) -> bool:
        """Bind this citizen to another with `strength`, and back; return whether it was done (see `state.bonds.bind`)."""
        if other not in self.bonds and not (self.make_room(kind) and other.make_room(kind)):
            return False
        self.bonds[other], other.bonds[self] = Bond(kind, strength), Bond(kind, back)
        return True

    def unbind(self, other: "Citizen") -> None:
        """End the bond with another, both ways, if there is one."""
        self.bonds.pop(other, None)
        other.bonds.pop(self, None)

    def make_room(self, kind: int) -> bool:
        """Return whether there is room for a bond of `kind`, after a looser one made room (see `state.bonds.make_room`)."""
        if len(self.bonds) < MOST_BONDS:
            return True
        loose = min(kind + 1, int(BondKind.FRIEND))
        looser = [(bond.strength, other.id, other) for other, bond in self.bonds.items() if bond.kind >= loose]
        if not looser:
            return False
        self.unbind(min(looser)[2])
        return True

    def housemates(self) -> "list[Citizen]":
        """Return those who live with this citizen."""
        return [other for other, bond in self.bonds.items() if bond.kind == BondKind.HOUSEHOLD]

    def bonds_beyond_home(self) -> int:
        """Return how many bonds this citizen holds with kin, friends and neighbours."""
        return sum(bond.kind != BondKind.HOUSEHOLD for bond in self.bonds.values())

    def parent_at_home(self) -> bool:
        """Return whether this citizen lives with somebody a generation older."""
        return any(households.a_generation_older(self.__dict__["birth_month"], mate.birth_month) for mate in self.housemates())

    def shares_home(self) -> bool:
        """Return whether this citizen lives with parents or others of age, not counting grown children."""
        born, month = self.__dict__["birth_month"], self.community.clock.month
        return any(households.of_own_standing(month, born, mate.birth_month) for mate in self.housemates())

    def move_out(self, group: "list[Citizen]", number: int) -> None:
        """Let `group`, who live with this citizen, leave for a home of this number (see `state.households.move_out`)."""
        for one in group:
            one.household = number
        for one in group:
            for mate in one.housemates():
                if mate.household != number:
                    kind = households.kind_apart(one.birth_month, mate.birth_month)
                    one.bonds[mate] = Bond(kind, households.apart(one.bonds[mate].strength))
                    mate.bonds[one] = Bond(kind, households.apart(mate.bonds[one].strength))

    def take_in(self, group: "list[Citizen]") -> None:
        """Let `group`, who live together elsewhere, come to live with this citizen and all at home."""
        there = [*self.housemates(), self]
        self.move_out(group, self.household)
        for one in group:
            for mate in there:
                one.bind_at_home(mate)

    def bind_at_home(self, other: "Citizen") -> None:
        """Bind this citizen and another as household."""
        strengths = []
        for one, mate in ((self, other), (other, self)):
            warmth = compiled_words(self.community.clock.seed, Stream.MOVING, one.id, 0, households.WARMTH_BLOCK)[0]
            strengths.append(households.together(uniform(pair_word(warmth, mate.id & 0xFFFF_FFFF))))
        self.bind(other, BondKind.HOUSEHOLD.value, *strengths)

    def go(self, life: int) -> None:
        """Leave the community, or life (`Life`): credits go back to the group's account, bonds and partnership end."""
        self.community.issuer += self.balance
        self.balance = 0
        for other in list(self.bonds):
            self.unbind(other)
        if self.partner is not None:
            self.partner.partner = None
            self.partner = None
        self.life = life

    @property
    def age(self) -> int:
        """Completed years of age."""
        return int((self.community.clock.month - self.__dict__["birth_month"]) // MONTHS_PER_YEAR)


class Community:
    """A ward or a cluster of villages: its citizens, and what government has decided for it this month."""

    def __init__(self, society: "Society", row: dict[str, int], clock: Clock) -> None:
        """Create a community from one row of the communities' columns, with nobody in it yet."""
        self.society = society
        self.id, self.authority = row["id"], row["authority"]
        self.deprivation, self.setting = row["deprivation"], row["setting"]
        self.founded, self.group, self.issuer, self.leftover = row["founded"], row["group"], row["issuer"], row["leftover"]
        self.host, self.grant, self.target = row["host"], row["grant"], row["target"]
        self.citizens: list[Citizen] = []
        self.clock = clock
        self.orders: Orders

    def admit(self, values: dict[str, Any]) -> Citizen:
        """Return a new citizen with `values` by column, and nothing in all other columns."""
        blank = {column.name: np.zeros(column.shape, column.dtype).tolist() for column in _PLAIN}
        citizen = Citizen(self.society, self, blank | values)
        self.citizens.append(citizen)
        return citizen

    def living(self) -> list[Citizen]:
        """Return the citizens who are alive this month."""
        return [citizen for citizen in self.citizens if citizen.life == _ALIVE]

    def remove_the_gone(self) -> None:
        """Take those who died or left this month out of the community and the model."""
        for citizen in self.citizens:
            if citizen.life != _ALIVE:
                citizen.remove()
        self.citizens = self.living()


class Society(mesa.Model):
    """Communities of `Citizen`s living months under given policies: what the agents engine runs.

    Parameters
    ----------
    state
        The world at the start of a month.
    parameters, tables
        `processes.month.Parameters` and `processes.month.Tables`.
    seed
        Key of all chance, 0 to 2**63 - 1.
    processes
        What happens in a month, in order. After a process of one's own, every citizen's columns must hold what
        `state/columns.py` says that they may.
    own
        Attributes of one's own and their values, which every citizen begins with, newborn and newcomers too.
    """

    def __init__(
        self, state: State, parameters: Any, tables: Any, *, seed: int, processes: Month = MONTH,
        own: dict[str, Any] | None = None,
    ) -> None:
        """Turn every place that is lived in into a `Citizen`, with bonds and partner."""
        super().__init__(rng=seed)
        self.processes, self.own = processes, dict(own or {})
        for name in self.own:
            if not name.isidentifier() or hasattr(Citizen, name) or name in Citizens._fields or name in ("unique_id", "pos"):
                raise ValueError(f"own: a citizen's attribute cannot be named {name!r}: it is no name, or taken already")
        self.parameters, self.tables, self.chance_seed = parameters, tables, seed
        self.month = state.month
        self._communities_before = state.communities
        self.communities = [self._settle(state, number) for number in range(len(state.communities.id))]
        self.cells = np.zeros((len(self.communities), 2, len(AGE_BANDS), TALLIES), np.int64)

    @property
    def citizens(self) -> Any:
        """All living citizens, as Mesa's AgentSet."""
        return self.agents_by_type[Citizen]

    def live_month(self, policy: Policy, process_list: Iterable[Any] | None = None) -> None:
        """Let every process of the month (or only those given) happen once, in every community."""
        clock = Clock(self.chance_seed, self.month, max(0, self.month) // MONTHS_PER_YEAR)
        self.cells[:] = 0
        for community, cells in zip(self.communities, self.cells, strict=True):
            community.clock = clock
            community.orders = orders_for(policy, self.month % MONTHS_PER_YEAR, community.authority)
            for process in self.processes if process_list is None else process_list:
                live_process(process, community, self.parameters, self.tables, cells)
                if isinstance(process, Process):
                    check_citizens(community.citizens, f"process {process.name}, {month_label(self.month)}")
        self.month += 1

    def to_state(self) -> State:
        """Return the model's citizens as columns, stored in order of id."""
        start = np.cumsum([0] + [len(community.citizens) for community in self.communities])
        everybody = [sorted(community.citizens, key=lambda who: who.id) for community in self.communities]
        flat = [citizen for citizens in everybody for citizen in citizens]
        columns = {
            column.name: np.array([getattr(who, column.name) for who in flat], column.dtype).reshape(-1, *column.shape)
            for column in _PLAIN
        }
        places = [{who: place for place, who in enumerate(citizens)} for citizens in everybody]
        where = [place for citizens, place in zip(everybody, places, strict=True) for _ in citizens]
        columns["partner"] = np.array(
            [NOBODY if who.partner is None else place[who.partner] for who, place in zip(flat, where, strict=True)], "u2"
        )
        columns["bonds"] = np.array([len(who.bonds) for who in flat], "u1")
        columns["bond"] = np.zeros((len(flat), CITIZEN_COLUMNS[-1].shape[0]), "u4")
        for row, (who, place) in enumerate(zip(flat, where, strict=True)):
            packed = [pack_bond(place[other], bond.kind, bond.strength) for other, bond in who.bonds.items()]
            columns["bond"][row, : len(packed)] = packed
        return State(Citizens(**columns), self._accounts(start), self.month)

    def _accounts(self, start: np.ndarray[Any, Any]) -> Communities:
        new = {name: column.copy() for name, column in self._communities_before._asdict().items()}
        new["start"], new["size"] = start[:-1].astype(np.int64), np.diff(start).astype(np.int64)
        new["capacity"] = new["size"].copy()
        for name in _ACCOUNTS:
            new[name] = np.array([getattr(community, name) for community in self.communities], np.int64)
        return Communities(**new)

    def _settle(self, state: State, number: int) -> Community:
        row = {name: int(column[number]) for name, column in state.communities._asdict().items()}
        clock = Clock(self.chance_seed, self.month, max(0, self.month) // MONTHS_PER_YEAR)
        community = Community(self, row, clock)
        columns = state.community(number)
        values = {column.name: getattr(columns, column.name).tolist() for column in _PLAIN}
        at = {}
        for place in np.flatnonzero(columns.life == _ALIVE).tolist():
            at[place] = Citizen(self, community, {name: column[place] for name, column in values.items()})
        for place, citizen in at.items():
            citizen.partner = at.get(int(columns.partner[place]))
            for bond in columns.bond[place, : columns.bonds[place]].tolist():
                citizen.bonds[at[bond_place(bond)]] = Bond(bond_kind(bond), bond_strength(bond))
        community.citizens = list(at.values())
        return community


_NUMBERS: dict[bool, Any] = {True: int | np.integer, False: int | float | np.floating}


def check_citizens(citizens: list[Citizen], where: str) -> None:
    """Raise ValueError, naming citizen and column, if a column holds what it may not, or its name is nearly written."""
    for citizen in citizens:
        for name in citizen.__dict__.keys() - _NAMES - citizen.model.own.keys():
            if (meant := nearest(name, _NAMES, cutoff=_ALMOST)) is not None:
                hint = f'Did you mean {meant}? If it is your own, say so: own={{"{name}": ...}}'
                raise ValueError(f"{where}, citizen {citizen.id}: {name} is no column. {hint}")
    for column in _PLAIN:
        whole = column.dtype[0] != "f"
        for citizen in citizens:
            held = getattr(citizen, column.name)
            for value in np.ravel(held).tolist() if column.shape else (held,):
                if not (isinstance(value, _NUMBERS[whole]) and column.low <= value <= column.high):
                    kind, unit = "a whole number" if whole else "a number", f" ({column.unit})" if column.unit else ""
                    span = f"{kind} from {column.low:g} to {column.high:g}{unit}"
                    raise ValueError(f"{where}, citizen {citizen.id}: {column.name} is {value!r}, not {span}")


def live_year(
    state: State, policy: Policy, parameters: Any, tables: Any, *, seed: int, threads: int = 1, in_place: bool = False,
    month: Month = MONTH,
) -> tuple[State, Counts]:
    """Return the state a year later and what was counted, lived by Mesa agents: the same as `kernels.live_year`.

    `threads` and `in_place` are accepted for the sake of one interface; agents live on one thread, and make a new state.
    """
    society = Society(state, parameters, tables, seed=seed, processes=month)
    by_month = np.zeros((len(society.communities), MONTHS_PER_YEAR, TALLIES), np.int64)
    by_year = np.zeros_like(society.cells)
    for k in range(MONTHS_PER_YEAR):
        society.live_month(policy)
        by_month[:, k] = society.cells.sum(axis=(1, 2))
        by_year += society.cells
    return society.to_state(), Counts(by_month, by_year)
