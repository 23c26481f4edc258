"""Who gains and who loses: the characteristics that an impact assessment in Wales asks about, each with what the model can say.

Source  Equality Act 2010 (age, sex, disability; Part 1: socio-economic duty, in Wales since March 2021); Welsh Language (Wales)
        Measure 2011; Rural Proofing (Welsh Government)
Limits  Disability is need for help, whose wellbeing is not counted apart. Nothing that citizens do depends on their language:
        what is said of Welsh is said of councils in which many speak it. Other protected characteristics are not modelled.
"""

from typing import Any, NamedTuple

import pandas as pd

from copro_sim.comparison.comparison import Array, Comparison
from copro_sim.comparison.essence import GROUPS
from copro_sim.comparison.paired import TENDS, Paired, paired
from copro_sim.comparison.places import together
from copro_sim.language import N_, _
from copro_sim.results.indicators import INDICATORS, Better
from copro_sim.results.results import group_name
from copro_sim.scenario.evidence import authorities

MANY_SPEAK_WELSH = 40.0
"""Percent of residents who speak Welsh from which a council counts as one in which many do: a choice, for readers to judge."""

MEASURES: dict[str, Better] = {"unmet_share": "less", "wellbeing": "more", "given_a_person": None}
"""What is said of each group, and which side is better; the last is hours of unpaid help a week and person."""

CANNOT_SAY = N_("the model cannot say")
_DISABLED = N_("people who need help, as the model's nearest to disability")
_WELSH = (N_("councils where at least {percent:.0f} percent speak Welsh"), N_("all other councils"))
_SETTINGS = {"city": N_("cities"), "valley": N_("the Valleys"), "town": N_("towns"), "rural": N_("rural places")}


class Group(NamedTuple):
    """A group of people: by what it is told apart, its name in sentences, and its measures, float64 [scenario, future]."""

    characteristic: str
    name: str
    measures: dict[str, Array]


def groups(comparison: Comparison) -> list[Group]:
    """Return every group of people in a comparison of Wales or of some of its councils, with the measures that there are."""
    found = [
        Group(kind, _called(kind, name), _of_group(comparison, name)) for kind in ("age", "sex") for name in GROUPS[kind]
    ]
    found.append(Group("disability", _(_DISABLED), {"unmet_share": comparison.whole_run("unmet_share")}))
    speakers = {one.name: one.welsh_percent for one in authorities()}
    for name, many in zip(_WELSH, (True, False), strict=True):
        councils = tuple(one for one in comparison.authorities if (speakers[one] >= MANY_SPEAK_WELSH) == many)
        called = _(name, percent=MANY_SPEAK_WELSH)
        found.append(Group("Welsh language", called, _of_councils(comparison, councils) if councils else {}))
    found += [Group("rural", _called("setting", name), _of_group(comparison, name)) for name in GROUPS["setting"]]
    fifths = GROUPS["deprivation"]
    return found + [Group("deprivation", _called("deprivation", name), _of_group(comparison, name)) for name in fifths]


def _called(kind: str, name: str) -> str:
    if kind == "age":
        return _("people aged {years}", years=group_name(name))
    return _("the {fifth}", fifth=group_name(name)) if kind == "deprivation" else _(_SETTINGS.get(name, name))


def _of_group(comparison: Comparison, name: str) -> dict[str, Array]:
    given, people = (comparison.of_group(key, name) for key in ("given_hours", "citizens"))
    if not people.all():
        return {}
    needs = {key: comparison.of_group(key, name) for key in ("unmet_share", "wellbeing")}
    return needs | {"given_a_person": given / people}


def _of_councils(comparison: Comparison, councils: tuple[str, ...]) -> dict[str, Array]:
    named = ("unmet_share", "wellbeing", "given_hours", "citizens")
    means = {key: together(comparison, key, councils).mean(axis=-1) for key in named}
    given, people = means.pop("given_hours"), means.pop("citizens")
    return means | {"given_a_person": given / people}


def impact(comparison: Comparison, scenario: str) -> list[tuple[Group, dict[str, Paired]]]:
    """Return every group with what becomes of each of its measures under a scenario against the reference."""
    k = comparison.names.index(scenario)
    return [
        (group, {key: paired(values[0], values[k], MEASURES[key]) for key, values in group.measures.items()})
        for group in groups(comparison)
    ]


def impact_table(comparison: Comparison) -> pd.DataFrame:
    """Return one row for each other scenario, group and measure; what the model cannot say has no numbers."""
    rows: list[dict[str, Any]] = []
    for name in comparison.names[1:]:
        for group, found in impact(comparison, name):
            for key in MEASURES:
                one, about = found.get(key), {"scenario": name, "characteristic": group.characteristic, "group": group.name}
                unit = INDICATORS[key].unit if key in INDICATORS else "hours a week and person"
                numbers = {} if one is None else {
                    "reference": one.reference, "difference": one.difference, "median": one.median,
                    "low_90": one.ninety.low, "high_90": one.ninety.high, "futures": one.futures,
                }  # fmt: skip
                verdict = _(CANNOT_SAY) if one is None else one.verdict
                rows.append({**about, "measure": key, "unit": unit, **numbers, "verdict": verdict})
    columns = ("scenario", "characteristic", "group", "measure", "unit", "reference", "difference", "median", "low_90",
               "high_90", "futures", "verdict")  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


class Gains(NamedTuple):
    """Groups whose unmet need falls and rises in at least `TENDS` of the futures, the most so first, and how many there are."""

    better: list[tuple[str, Paired]]
    worse: list[tuple[str, Paired]]
    groups: int


def gains(comparison: Comparison, scenario: str) -> Gains:
    """Return which groups by age, sex, setting and deprivation gain and which lose in unmet need."""
    of_people = ("age", "sex", "rural", "deprivation")
    told = [
        (group.name, found["unmet_share"])
        for group, found in impact(comparison, scenario)
        if group.characteristic in of_people and "unmet_share" in found
    ]
    told.sort(key=lambda one: one[1].median)
    return Gains(
        [(name, found) for name, found in told if found.better / found.futures >= TENDS],
        [(name, found) for name, found in reversed(told) if found.worse / found.futures >= TENDS],
        len(told),
    )


def share_by_women(comparison: Comparison) -> Array:
    """Return the percent of all unpaid help that women give, the mean over the years, float64 [scenario, future]."""
    women, men = (comparison.of_group("given_hours", sex) for sex in ("women", "men"))
    percent: Array = 100.0 * women / (women + men)
    return percent
