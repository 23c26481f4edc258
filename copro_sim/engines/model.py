"""`CareModel`: the simulation as a Mesa model, for teaching, inspecting and trying things out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, month_label
from copro_sim.engines.agents import Society
from copro_sim.engines.populate import lived_by
from copro_sim.engines.simulate import Start, start
from copro_sim.interchange.population import Population
from copro_sim.processes.month import MONTH
from copro_sim.processes.own import Month
from copro_sim.processes.tally import TALLIES, Tally
from copro_sim.scenario.arguments import numbers_wrong, refuse
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.schema import Scenario
from copro_sim.state.context import Policy


class CareModel(Society):
    """A scenario lived month by month by Mesa agents.

    Parameters
    ----------
    scenario
        A scenario, or the name or path of one.
    seed
        Key of all chance, 0 to 2**63 - 1.
    begin
        Where to begin, of this scenario and seed; April 2013 unless given.
    processes
        What happens in a month: `cs.MONTH`, or one with processes of one's own (`cs.MONTH.replace("sharing", mine)`). The run-in
        before April 2013 is lived by the usual month.
    own
        Attributes of one's own and their first values, such as {"kindness": 0.5}: every citizen has them.
    population
        People of one's own (`cs.load_population`). Its columns that begin with `own_` are attributes of the same name, such as
        `citizen.own_choir`; whoever is born or comes later has what `own` says of them, or None.
    indicators
        Indicators of one's own: functions of the model by name, collected each month with the usual ones.

    Examples
    --------
    >>> model = CareModel("one-village", seed=1)
    >>> model.step()
    >>> model.citizens.select(lambda citizen: citizen.need_level > 0).agg("wellbeing", max) <= 10
    True
    """

    def __init__(
        self, scenario: Scenario | str | Path, *, seed: int = 1, begin: Start | None = None, processes: Month = MONTH,
        own: dict[str, Any] | None = None, indicators: dict[str, Callable[[Any], Any]] | None = None,
        population: Population | None = None,
    ) -> None:
        """Build the population and settle support unless that is given, and turn everybody into a `Citizen`."""
        refuse(numbers_wrong(seed=seed))
        chosen = lived_by(scenario_of(scenario), population)
        begin = start(chosen, seed=seed, population=population) if begin is None else begin
        said = pd.DataFrame() if population is None else population.own()
        own = {**{str(name): None for name in said}, **(own or {})}
        super().__init__(begin.state, begin.settled.parameters, begin.settled.tables, seed=seed, processes=processes, own=own)
        values = said.to_dict("index")
        for citizen in self.citizens:
            citizen.__dict__.update(values.get(citizen.id, {}))
        self.care_scenario = chosen
        self.government, self.authorities = begin.government, begin.settled.authorities
        self._tallies = begin.settled.tallies
        self._policy: Policy
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "month": lambda model: month_label(model.month - 1),
                "citizens": lambda model: model.counted(Tally.CITIZENS),
                "people_with_need": lambda model: model.counted(Tally.PEOPLE_WITH_NEED),
                "need_hours": lambda model: model.hours(Tally.NEED_PERSONAL, Tally.NEED_PRACTICAL),
                "unmet_hours": lambda model: model.hours(Tally.UNMET_PERSONAL, Tally.UNMET_PRACTICAL),
                "wellbeing": lambda model: model.counted(Tally.WELLBEING) / 1000 / max(1, model.counted(Tally.CITIZENS)),
                **(indicators or {}),
            }
        )

    def counted(self, tally: Tally) -> int:
        """Return what last month's tally came to, in simulated people (or minutes, or thousandths)."""
        return int(self.cells[..., tally].sum())

    def hours(self, *tallies: Tally) -> float:
        """Return the sum of minute tallies as hours a week."""
        return sum(self.counted(tally) for tally in tallies) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR

    def decide(self, year: int) -> Policy:
        """Return what government decides in the April of run year `year`, 0 for 2013, from the year before."""
        if year > 0:
            self.government.close(self._tallies)
        return self.government.april(year, self._tallies)

    def step(self) -> None:
        """Live one month; each April government decides first."""
        year, k = divmod(self.month, MONTHS_PER_YEAR)
        if k == 0:
            self._policy = self.decide(year)
            self._tallies = np.zeros((MONTHS_PER_YEAR, len(self.authorities), TALLIES), np.int64)
        self.live_month(self._policy)
        for community, cells in zip(self.communities, self.cells, strict=True):
            self._tallies[k, community.authority] += cells.sum(axis=(0, 1))
        self.datacollector.collect(self)
