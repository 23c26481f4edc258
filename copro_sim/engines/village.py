"""`Village`: one community with a few levers to pull, which remembers its months and who helped whom. The dashboard shows it."""

from functools import partial
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR
from copro_sim.engines.agents import Citizen, Community
from copro_sim.engines.model import CareModel
from copro_sim.processes.month import MONTH
from copro_sim.scenario.load import load_scenario
from copro_sim.state.codes import BondKind, Source

Array = np.ndarray[Any, Any]
_KINDS = tuple(int(kind) for kind in BondKind)
_BEYOND_BONDS = tuple(source for source in Source if source not in _KINDS)


class Lever(NamedTuple):
    """Something to decide about the village before its first April, in whole numbers."""

    label: str
    value: int
    low: int
    high: int
    step: int


LEVERS = {
    "practice": Lever("Assessments made with people (%)", 60, 0, 100, 10),
    "builder": Lever("Community builder (hours a week)", 2, 0, 20, 2),
    "broker": Lever("Time-credit broker (hours a week)", 2, 0, 20, 2),
    "cut": Lever("Cut in care money (£ a head, a year)", 0, 0, 60, 10),
    "luck": Lever("Another village (other people, other luck)", 1, 1, 20, 1),
}
"""The main levers. All but the last leave people and luck as they are: what differs then is due to the lever."""

_FULL_TIME = 37
"""Hours a week of a full post in Welsh local government."""

_MEMBERS = 20
"""Percent of adults who are members of the time-credit group where there is a broker: enough to be seen among 500."""


class Help(NamedTuple):
    """One citizen helped another in the month, along a bond."""

    giver: Citizen
    receiver: Citizen


class Village(CareModel):
    """The scenario `one-village` under a few levers, its first month already lived.

    Parameters
    ----------
    practice, builder, broker, cut, luck
        Whole numbers as in `LEVERS`. Practice changes within the first year, so that it shows within the five years lived;
        builder and broker are paid out of the same money as care.

    Attributes
    ----------
    months : list of int64 [tally]
        What each month so far came to.
    helped : list of Help
        Who helped whom last month along a bond.

    Examples
    --------
    >>> village = Village(broker=4)
    >>> len(village.months), village.running
    (1, True)
    """

    def __init__(
        self,
        practice: int = LEVERS["practice"].value,
        builder: int = LEVERS["builder"].value,
        broker: int = LEVERS["broker"].value,
        cut: int = LEVERS["cut"].value,
        luck: int = LEVERS["luck"].value,
    ) -> None:
        """Build the village and live April 2013."""
        usual = load_scenario("one-village")
        posts = 100_000 / (_FULL_TIME * usual.population.citizens)
        chosen = usual.replace(
            {
                "coproduction.practice_percent": practice,
                "coproduction.practice_until_year": START_YEAR + 1,
                "coproduction.builders_per_100000": builder * posts,
                "coproduction.brokers_per_100000": broker * posts,
                "coproduction.groups_percent": 100 if broker else 0,
                "coproduction.members_percent": _MEMBERS if broker else 0,
                "funding.reserved_pounds_per_head": cut,
            }
        )
        watched = MONTH.before("sharing", self._remember).after("sharing", self._watch)
        super().__init__(chosen, seed=luck, processes=watched)
        self.levers = {"practice": practice, "builder": builder, "broker": broker, "cut": cut, "luck": luck}
        self.months: list[Array] = []
        self.helped: list[Help] = []
        self.step()

    def step(self) -> None:
        """Live one month; after the last one the village rests (`running` is false)."""
        self.helped = []
        super().step()
        self.months.append(self.cells.sum(axis=(0, 1, 2)))
        self.running = len(self.months) < self.care_scenario.run.years * MONTHS_PER_YEAR

    def helped_beyond_bonds(self) -> dict[Source, list[Citizen]]:
        """Return whom each source that is no bond (the council and others) helped last month; by time credits, favours count."""
        found = {source: [who for who in self.citizens if _received(who, source)] for source in _BEYOND_BONDS}
        return found | {Source.CREDIT: [who for who in self.citizens if who.__dict__["credit_received"]]}

    def _remember(self, community: Community) -> None:
        self._before = {citizen: dict(citizen.bonds) for citizen in community.living()}

    def _watch(self, community: Community) -> None:
        for receiver in self._before:
            found = partial(_gave, receiver=receiver, before=self._before)
            self.helped += [Help(giver, receiver) for giver in receiver.bonds if found(giver)]


def _received(citizen: Citizen, source: int) -> int:
    received: list[list[int]] = citizen.__dict__["received"]
    return sum(by_source[source] for by_source in received)


def _gave(giver: Citizen, receiver: Citizen, before: dict[Citizen, dict[Citizen, Any]]) -> bool:
    """Return whether `giver` helped `receiver`: both bonds were renewed, and the receiver's by gratitude.

    A bond that is as strong as can be grows no more: then whoever received and whoever gave must tell.
    """
    bond, old = receiver.bonds[giver], before[receiver][giver]
    if bond is old:
        return False
    if bond.strength != old.strength:
        return bool(bond.strength > old.strength)
    grateful = giver.bonds[receiver].strength > before[giver][receiver].strength
    return not grateful and giver.__dict__["given"] > 0 and _received(receiver, bond.kind) > 0
