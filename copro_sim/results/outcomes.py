"""The eight headings of Wales's National Outcomes Framework, and what this model says of each: one table, no proxies.

A heading for which the model has no mechanism says so.
"""

from collections.abc import Mapping

import pandas as pd

from copro_sim.language import N_
from copro_sim.results.indicators import INDICATORS

NOT_MODELLED = N_("not modelled")
OUTCOMES: dict[str, tuple[str, ...]] = {
    N_("Securing rights and entitlements, and control over day-to-day life"): ("agency", "trust", "refused", "never_asked"),
    N_("Physical and mental health and emotional well-being"): ("wellbeing", "unmet_share", "strain"),
    N_("Protection from abuse and neglect"): ("harmed", "critical_unmet"),
    N_("Education, training and recreation"): (),
    N_("Domestic, family and personal relationships"): ("lonely", "bonds", "burnt_out"),
    N_("Contribution made to society"): ("gave_and_received", "gave_with_need", "members"),
    N_("Social and economic well-being"): ("left_work", "charges", "private_cost"),
    N_("Suitability of living accommodation"): (),
}
"""Headings of the National Outcomes Framework for people who need care and support (Welsh Government), and indicators."""


def outcomes_table(values: Mapping[str, float]) -> pd.DataFrame:
    """Return one row for each heading and indicator: what it is called, its value and unit; NaN where nothing is modelled.

    `values` are an indicator's mean by its name.
    """
    rows = []
    for heading, names in OUTCOMES.items():
        for name in names:
            indicator = INDICATORS[name]
            rows.append((heading, name, indicator.title, float(values[name]), indicator.unit))
        if not names:
            rows.append((heading, "", NOT_MODELLED, float("nan"), ""))
    return pd.DataFrame(rows, columns=["outcome", "indicator", "title", "value", "unit"])
