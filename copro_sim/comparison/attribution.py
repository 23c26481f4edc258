"""Attribution: what each mechanism does to an outcome, by switching it off where everything else stays, chance included."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.comparison.compare import compare
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import difference, interval, verdict_of
from copro_sim.results.indicators import INDICATORS, no_indicator
from copro_sim.scenario.arguments import no_choice, numbers_wrong, refuse
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.stances import STANCES, STRENGTHS, USUAL

_COLUMNS = (
    "mechanism", "role", "meaning", "indicator", "effect", "median", "low_50", "high_50", "low_90", "high_90", "futures",
    "verdict",
)  # fmt: skip


def mechanisms(scenario: Scenario) -> tuple[str, ...]:
    """Return the settings that are strengths of co-production or of conventional harm, and are not at zero in a scenario."""
    return tuple(key for key, (_, record) in setting_records().items() if record.role in STRENGTHS and scenario.get(key) != 0)


def attribute(
    given: Scenario | Comparison | str | Path, *, of: Iterable[str] | None = None,
    indicators: Iterable[str] = ("unmet_share", "wellbeing"), futures: int = 10, seed: int = 1, **more: Any,
) -> pd.DataFrame:
    """Return what each mechanism does: an outcome as it is, less the same with that mechanism alone at zero.

    Effects do not add up to what all mechanisms do together: one may need another, or stand in for it.

    Parameters
    ----------
    given
        A scenario, or its name or path; of a comparison, its second scenario with the comparison's futures, seed and stance.
    of
        Settings to switch off, one at a time; every mechanism that is not at zero unless named.
    indicators
        Of which outcomes.
    futures, seed
        As `compare` has them.
    **more
        Anything else that `compare` takes: `stance`, `workers`, `study`, `resume`, `cluster`, `progress`, `years`.

    Returns
    -------
    pandas.DataFrame
        One row for each mechanism and indicator, the largest median effect on the first indicator first.

    Raises
    ------
    ValueError
        If a setting is no mechanism or at zero already; and as `compare`.
    """
    names = tuple(indicators)
    wrong = [problem for name in names for problem in no_indicator(name)]
    refuse([*numbers_wrong(futures=futures, seed=seed), *no_choice("stance", more.get("stance", USUAL), STANCES), *wrong])
    if isinstance(given, Comparison):
        futures, seed, more = given.futures, given.seed, {"stance": given.stance, **more}
        scenario = given.scenarios[1 if len(given.scenarios) > 1 else 0]
    else:
        scenario = scenario_of(given)
    known = mechanisms(scenario)
    chosen = known if of is None else tuple(of)
    for key in chosen:
        if key not in known:
            raise ValueError(f"{key} is no mechanism that acts in {scenario.name}: choose of {', '.join(known)}")
    without = [scenario.without([key]).replace({"name": f"without {key}"}) for key in chosen]
    comparison = compare([scenario, *without], futures=futures, seed=seed, **more)
    rows = [_row(comparison, k + 1, key, name) for k, key in enumerate(chosen) for name in names]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = table[table["indicator"] == names[0]].set_index("mechanism")["median"].abs()
    return table.sort_values("mechanism", key=lambda column: -column.map(order), kind="stable", ignore_index=True)


def _row(comparison: Comparison, number: int, key: str, indicator: str) -> dict[str, Any]:
    values, record = comparison.whole_run(indicator), setting_records()[key][1]
    effect = difference(values[number], values[0])
    half, ninety = interval(effect, 0.5), interval(effect, 0.9)
    found = (float(effect.mean()), float(np.median(effect)), *half, *ninety, len(effect))
    verdict = verdict_of(effect, INDICATORS[indicator].better)
    return dict(zip(_COLUMNS, (key, record.role, record.meaning, indicator, *found, verdict), strict=True))
