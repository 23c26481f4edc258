"""What the start is drawn with is what people then live with: need unmet and loneliness, in runs of the past."""

import numpy as np
import pytest

from copro_sim.engines import simulate
from copro_sim.processes.health import USUALLY_LONELY, USUALLY_UNMET
from copro_sim.scenario.futures import vary
from copro_sim.scenario.load import load_scenario
from copro_sim.state.codes import Life
from copro_sim.state.needs import shares_unmet
from copro_sim.study.targets import PAST

DRAWS, YEARS = 3, 8


def lived(draw: int) -> np.ndarray:
    """Return each April's mean share of need that is unmet and share of people who are lonely, float64 [years, 2]."""
    past = vary(load_scenario(PAST).replace({"population.citizens": 6_000}), seed=1, draw=draw, draws=DRAWS)
    found = []
    for year in simulate.years(simulate.start(past, seed=draw, threads=1), seed=draw, threads=1, count=YEARS):
        c = year.state.citizens
        alive = c.life == Life.ALIVE
        in_need = alive & (c.need.sum(axis=1) > 0)
        found.append((shares_unmet(c)[in_need].mean(), c.lonely[alive].mean()))
    return np.array(found)


def test_people_live_with_as_much_unmet_need_and_loneliness_as_the_start_is_drawn_with() -> None:
    unmet, lonely = np.mean([lived(draw) for draw in range(DRAWS)], axis=(0, 1))
    assert unmet == pytest.approx(USUALLY_UNMET, abs=0.03)
    assert lonely == pytest.approx(USUALLY_LONELY, abs=0.03)
