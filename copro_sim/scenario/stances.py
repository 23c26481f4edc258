"""Stances: three ways to think of strengths for which there is no evidence, as ranges, by one rule.

A *strength* is how much a mechanism of co-production, or a harm of conventional service, does (`Record.role`). It speaks for
co-production, unless it is a harm or a cost of it (`Record.against`). Its likely range is cut into thirds:

    sceptic        what speaks for co-production is in the lowest third, what speaks against it in the highest
    evidence-only  strengths whose sign a study has seen (`Record.sign_seen`) take any value of the range; all others are zero
    advocate       what speaks for co-production is in the highest third, what speaks against it in the lowest

What is no strength is the same in all three.
"""

from copro_sim.core.params import Record
from copro_sim.language import N_, _
from copro_sim.scenario.arguments import no_choice, refuse

STANCES = (N_("sceptic"), N_("evidence-only"), N_("advocate"))
USUAL = "evidence-only"
STRENGTHS = ("co-production", "conventional harm")
"""Roles of the settings that are strengths; investment is a policy, not a belief."""


def called(stance: str) -> str:
    """Return what a stance is called in the language spoken."""
    return _(stance)


def range_in(record: Record, stance: str) -> tuple[float, float] | None:
    """Return the range from which a stance takes a setting; None if the setting is not varied.

    Raises
    ------
    ValueError
        If there is no such stance.
    """
    check_stance(stance)
    if record.likely is None or record.role not in STRENGTHS:
        return record.likely
    if stance == USUAL:
        return record.likely if record.sign_seen else (0.0, 0.0)
    low, high = record.likely
    third = (high - low) / 3
    return (high - third, high) if (stance == "advocate") != record.against else (low, low + third)


def check_stance(stance: str) -> None:
    """Raise ScenarioError if there is no such stance."""
    refuse(no_choice("stance", stance, STANCES))
