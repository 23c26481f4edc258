"""What institutions did in a run, as tables: councils, practitioners, the Senedd, and what councils were told.

Made from the record of every month (`Change.months`), so that the reasons why practice spread or died out, attention came or
went, can be read from the run itself: all flows of a stock add up to its change.
"""

from typing import Any

import numpy as np
import pandas as pd

from copro_sim.institutions.leadership import LEADERSHIP_CAUSES
from copro_sim.institutions.senedd import ATTENTION_CAUSES, MEMBER_CAUSES
from copro_sim.state.context import Policy

Array = np.ndarray[Any, Any]
PRACTICE = (
    "practitioners", "adopters", "by_training", "by_peers", "by_leadership", "by_duty", "gave_up_isolated",
    "gave_up_overloaded", "gave_up_unled", "gave_up_without_hope", "left", "posts_ended", "posts_refilled",
)  # fmt: skip
"""What is recorded of practitioners by council: how many there are and practise, then the flows of the month."""

COUNCIL = ("leadership", "coproduced_share", "implementation_gap", "practitioners", "adopters")
"""What is recorded of councils, besides their orders."""

NATION = (
    "attention", "commitment", "members_convinced", "champion", "duty", "amended", "duty_on_practice", "feared_harm",
    "practitioners_feared_harm", "practitioner_hours_lost", "panel_met", "panel_heeded", "seminars", "members_came",
    "in_the_news", "recognised", "ties", "hope", "promoted_share",
)  # fmt: skip
"""What is recorded of the Senedd, the panel and the alliance."""

RECORDED = (*dict.fromkeys((*PRACTICE, *COUNCIL, *NATION)), "attention_by_cause", "members_by_cause", "leadership_by_cause")
"""Names of all arrays kept of a run: [months], [months, councils], [months, causes] or [months, causes, councils]."""


def record(months: list[dict[str, Any]]) -> dict[str, Array]:
    """Return the months' records as one array for each name."""
    return {name: np.array([month[name] for month in months]) for name in RECORDED}


def by_council(kept: dict[str, Array], names: tuple[str, ...], dates: Array, authorities: tuple[str, ...]) -> pd.DataFrame:
    """Return one row for each month and council, and a column for each of `names`."""
    index = pd.MultiIndex.from_product([dates, list(authorities)], names=["month", "authority"])
    return pd.DataFrame({name: kept[name].reshape(-1) for name in names}, index=index).reset_index()


def leadership_flows(kept: dict[str, Array]) -> dict[str, Array]:
    """Return by how much each cause moved councils' leadership in the month, [months, councils] by 'leadership_by_' name."""
    return {f"leadership_by_{cause}": kept["leadership_by_cause"][:, k] for k, cause in enumerate(LEADERSHIP_CAUSES)}


def of_the_nation(kept: dict[str, Array], dates: Array) -> pd.DataFrame:
    """Return one row for each month: the Senedd, the panel and the alliance, and what moved attention and members."""
    columns = {"month": dates, **{name: kept[name] for name in NATION}}
    columns |= {f"attention_by_{cause}": kept["attention_by_cause"][:, k] for k, cause in enumerate(ATTENTION_CAUSES)}
    columns |= {f"members_by_{cause}": kept["members_by_cause"][:, k] for k, cause in enumerate(MEMBER_CAUSES)}
    return pd.DataFrame(columns)


def orders(policies: tuple[Policy, ...], dates: Array, authorities: tuple[str, ...]) -> pd.DataFrame:
    """Return one row for each month and council: every order that was in force (`state.context.Orders`)."""
    kept = {name: np.concatenate([getattr(policy, name) for policy in policies]) for name in Policy._fields}
    return by_council(kept, Policy._fields, dates, authorities)
