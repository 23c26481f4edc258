"""What a comparison keeps of a run: the national indicators by month, and a few of them by place and by group."""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.processes.tally import Tally
from copro_sim.results.indicators import INDICATORS, measured
from copro_sim.results.results import AGE_NAMES, FIFTH_NAMES, SEX_NAMES, Results
from copro_sim.state.codes import Setting

Array = np.ndarray[Any, Any]
NAMES = tuple(INDICATORS)
GROUPS: dict[str, tuple[str, ...]] = {
    "sex": SEX_NAMES, "age": AGE_NAMES, "deprivation": FIFTH_NAMES, "setting": tuple(one.name.lower() for one in Setting),
}  # fmt: skip
"""Names of the groups of people, by what tells them apart; no name is there twice."""

GROUPED = ("unmet_share", "wellbeing", "given_hours", "citizens", "people_with_need")
"""Indicators that are kept for every group and year."""

_SEX, _AGE, _FIFTH, _SETTING = 1, 2, 3, 4


def essence(results: Results) -> dict[str, Array]:
    """Return what is kept of one run, float64.

    `month` [months, indicator] is national; `place` [authority, year, indicator] holds means over each year's months;
    `given_by_sex_age` [years, sex, age band] and `carers_by_sex_age` (20 hours a week or more) say who does unpaid work;
    `group` [years, group, indicator] says how `GROUPS` fare in `GROUPED`.
    """
    national = results.national_values()
    groups = results.tallies.by_group()
    by_sex_age = groups.sum(axis=(_FIFTH, _SETTING))
    others = [tuple(axis for axis in (_SEX, _AGE, _FIFTH, _SETTING) if axis != kept) for kept in (_SEX, _AGE, _FIFTH, _SETTING)]
    by_group = np.concatenate([groups.sum(axis=axes) for axes in others], axis=1)
    heavy = [Tally.CARERS_20_34, Tally.CARERS_35_49, Tally.CARERS_50_PLUS]
    yearly = (results.years, MONTHS_PER_YEAR, len(results.authorities))
    return {
        "month": np.stack([national[name] for name in NAMES], axis=-1),
        "place": np.stack([results.by_authority[name].reshape(yearly).mean(axis=1).T for name in NAMES], axis=-1),
        "given_by_sex_age": by_sex_age[..., Tally.GIVEN] / MINUTES_PER_MONTH_OF_WEEKLY_HOUR,
        "carers_by_sex_age": by_sex_age[..., heavy].sum(axis=-1),
        "group": np.stack([measured(INDICATORS[name], by_group) for name in GROUPED], axis=-1),
    }
