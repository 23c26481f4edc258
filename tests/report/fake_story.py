"""A story in which everything is known: two years, two scenarios, three councils."""

import pandas as pd

from copro_sim.comparison.chosen import ROLES, Who
from copro_sim.comparison.followed import SOURCES, End
from copro_sim.comparison.story import Story
from copro_sim.results.results import months
from copro_sim.scenario.schema import Scenario

NAMES = ("old", "new")
COUNCILS = ("Gwynedd", "Powys", "Cardiff")
YEARS = 2


def fake_story(unmet=None, *, ends=None, spread=0.0, future=3, by="unmet_hours", roles=ROLES):
    """Return a story with `unmet[role, scenario]` hours a week unmet of ten, the rest met by the council.

    `ends` says how some of them end; council k leaves k times `spread` more unmet than the first.
    """
    unmet, ends = unmet or {}, ends or {}
    rows, spreads, all_ends = [], [], {}
    for role in roles:
        for name in NAMES:
            end = all_ends[role, name] = ends.get((role, name), End("followed to the end", 12 * YEARS))
            row = _row(unmet.get((role, name), 2.0))
            rows += [{"who": role, "scenario": name, "month": day, **row} for day in months(YEARS)[: end.months]]
            for k, council in enumerate(COUNCILS):
                more = {"unmet_hours": row["unmet_hours"] + spread * k, "end": end.how, "months": end.months}
                means = {key: row[key] for key in ("need_hours", "council_hours", "wellbeing")}
                spreads.append({"who": role, "scenario": name, "council": council, "own": k == 0, **means, **more})
    citizens = tuple(
        Who(role, k, 0, 70 + k, "female", "Gwynedd", "rural", 2, 1 + k, "later life", 2, 10.0, 0.0)
        for k, role in enumerate(roles)
    )
    scenarios = tuple(Scenario(name=name, title=name.title(), question="?", run={"years": YEARS}) for name in NAMES)
    return Story(scenarios, NAMES, 1, future, 20 if future is not None else 0, "Wales", by, 150, citizens, pd.DataFrame(rows),
                 all_ends, pd.DataFrame(spreads))  # fmt: skip


def _row(unmet):
    none = dict.fromkeys(SOURCES, 0.0)
    flags = {"lonely": False, "member": False, "waiting": False, "acute": False}
    return {
        "age": 70, "need_level": "moderate", "need_hours": 10.0, "unmet_hours": unmet, **none, "council_hours": 10.0 - unmet,
        "wellbeing": 7.0, "undelivered_hours": 0.0, "given_hours": 1.0, "credit_given_hours": 0.5, "strain": 0.0,
        "support": "arranged", **flags,
    }  # fmt: skip
