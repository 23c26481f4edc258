"""What a comparison keeps of a run: the national indicators by month, and a few of them by place and by group."""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.processes.tally import Tally
from copro_sim.results.indicators import INDICATORS, measured
from copro_sim.results.results import Results

Array = np.ndarray[Any, Any]
NAMES = tuple(INDICATORS)
PLACES = ("unmet_share", "wellbeing", "lonely", "council_hours", "given_hours")
"""Indicators whose mean over the whole run is kept for every authority."""

_SEX, _AGE, _FIFTH, _SETTING = 1, 2, 3, 4


def essence(results: Results) -> dict[str, Array]:
    """Return what is kept of one run, float64.

    `month` [months, indicator] is national; `place` [authority, indicator] holds means over the run; `given_by_sex_age`
    [years, sex, age band] and `carers_by_sex_age` (20 hours a week or more) say who does unpaid work; `unmet_by_fifth`
    [years, fifth] and `wellbeing_by_fifth` say who goes without.
    """
    national = results.national_values()
    groups = results.tallies.by_group()
    by_sex_age, by_fifth = groups.sum(axis=(_FIFTH, _SETTING)), groups.sum(axis=(_SEX, _AGE, _SETTING))
    heavy = [Tally.CARERS_20_34, Tally.CARERS_35_49, Tally.CARERS_50_PLUS]
    return {
        "month": np.stack([national[name] for name in NAMES], axis=-1),
        "place": np.stack([results.data[name].values.mean(axis=0) for name in PLACES], axis=-1),
        "given_by_sex_age": by_sex_age[..., Tally.GIVEN] / MINUTES_PER_MONTH_OF_WEEKLY_HOUR,
        "carers_by_sex_age": by_sex_age[..., heavy].sum(axis=-1),
        "unmet_by_fifth": measured(INDICATORS["unmet_share"], by_fifth),
        "wellbeing_by_fifth": measured(INDICATORS["wellbeing"], by_fifth),
    }
