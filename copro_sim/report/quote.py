"""The one sentence that may be quoted: what beats what in how many futures, unless what, and whose work it takes."""

from collections.abc import Sequence

import numpy as np

from copro_sim.comparison.break_even import BreakEven
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import LITTLE, is_little, midlife_women, shown, side_of, sureness
from copro_sim.comparison.paired import Paired
from copro_sim.comparison.why import Why
from copro_sim.language import N_, _, number
from copro_sim.report.words import HOURS, focus, place, scale
from copro_sim.scenario.stances import called

_INDICATOR, CLAWBACK = "unmet_share", "funding.clawback"
_BEATS = {
    "undefined": N_("“{scenario}” and “{reference}” cannot be compared in unmet need"),
    "same": N_("“{scenario}” and “{reference}” leave the same need unmet in all {futures} futures"),
    "unclear": N_("Between “{scenario}” and “{reference}” there is no clear difference in unmet need: the former leaves less in "
                  "{better}, more in {worse} of {futures} futures"),
    "clear, better": N_("“{scenario}” beats “{reference}” in unmet need in {count} of {futures} futures, typically by {size}"),
    "clear, worse": N_("“{scenario}” does worse than “{reference}” in unmet need in {count} of {futures} futures, typically by "
                       "{size}"),
    "tends, better": N_("“{scenario}” tends to beat “{reference}” in unmet need ({count} of {futures} futures), typically by "
                        "{size}"),
    "tends, worse": N_("“{scenario}” tends to do worse than “{reference}” in unmet need ({count} of {futures} futures), "
                       "typically by {size}"),
    "clear, better, little": N_("“{scenario}” beats “{reference}” in unmet need in {count} of {futures} futures, though by very "
                                "little: typically {size}"),
    "clear, worse, little": N_("“{scenario}” does worse than “{reference}” in unmet need in {count} of {futures} futures, though "
                               "by very little: typically {size}"),
    "tends, better, little": N_("“{scenario}” tends to beat “{reference}” in unmet need ({count} of {futures} futures), though "
                                "by very little: typically {size}"),
    "tends, worse, little": N_("“{scenario}” tends to do worse than “{reference}” in unmet need ({count} of {futures} futures), "
                               "though by very little: typically {size}"),
}  # fmt: skip
_STANCES = {
    "one": N_("so under the stance {stances}, the only one tried"),
    "all": N_("the same way under all three stances"),
    "not": N_("but not so under the stance {stances}"),
    "alone": N_("but not so under either of the other stances"),
}
_UNLESS = N_("unless councils claw back over {percent} percent of what it frees (so in {count} of {futures} futures tried)")
_WHATEVER = N_("however much of what it frees is clawed back (in {count} of {futures} futures tried)")
_WOMEN = {
    "clear, more": N_("women aged 45 to 64 give more unpaid help, typically {size} ({count} of {futures} futures)"),
    "clear, more, little": N_(
        "women aged 45 to 64 give more unpaid help, typically {size} ({count} of {futures} futures), less than 1 percent "
        "of what they give"
    ),
    "clear, less": N_("women aged 45 to 64 give less unpaid help, typically {size} ({count} of {futures} futures)"),
    "clear, less, little": N_(
        "women aged 45 to 64 give less unpaid help, typically {size} ({count} of {futures} futures), less than 1 percent "
        "of what they give"
    ),
    "tends, more": N_("women aged 45 to 64 tend to give more unpaid help, typically {size} ({count} of {futures} futures)"),
    "tends, more, little": N_(
        "women aged 45 to 64 tend to give more unpaid help, typically {size} ({count} of {futures} futures), less than 1 percent "
        "of what they give"
    ),
    "tends, less": N_("women aged 45 to 64 tend to give less unpaid help, typically {size} ({count} of {futures} futures)"),
    "tends, less, little": N_(
        "women aged 45 to 64 tend to give less unpaid help, typically {size} ({count} of {futures} futures), less than 1 percent "
        "of what they give"
    ),
    "same": N_("women aged 45 to 64 give as much unpaid help as before"),
    "unclear": N_("what women aged 45 to 64 give without pay does not clearly change"),
    "undefined": N_("what women aged 45 to 64 give without pay cannot be compared"),
}
_BESIDE = N_("{women}; everybody together: typically {size}")
"""What women give more or less says nothing of their share without what everybody does."""

_OF_ONE_PLACE = N_("{place}: {said}. {wales}: {women}.")
"""Quoted alone, what is said of a place would be taken for Wales, and what women give, known of Wales alone, for the place."""

_EXACT_BELOW = 100
"""From so many on a quote says no tenths: nobody can stand by them."""


def quote(here: Comparison, wales: Comparison, every: Sequence[Comparison], why: Why | None = None) -> str:
    """Return the sentence; nothing of a single scenario.

    Parameters
    ----------
    here, wales, every
        As the opening has them (`opening.py`).
    why
        What further runs found, of all councils: without it, or of one place, nothing is said of clawback.
    """
    if len(here.names) < 2:
        return ""
    found = here.paired(focus(here), _INDICATOR)
    parts = [_beats(here, found), *_stances(found, every), *_clawed_back(found, why if here is wales else None)]
    if here is wales:
        return f"{'; '.join([*parts, _women(wales)])}."
    return _(_OF_ONE_PLACE, place=place(here), said="; ".join(parts), wales=place(wales), women=_women(wales))


def kind_of(found: Paired) -> str:
    """Return which of the claims a difference in unmet need bears: sure or not, better or worse, and whether by very little."""
    sure = sureness(found)
    if sure not in ("clear", "tends"):
        return sure
    little = ", little" if abs(found.median) < LITTLE[_INDICATOR] else ""
    return f"{sure}, {'better' if found.better > found.worse else 'worse'}{little}"


def _beats(here: Comparison, found: Paired) -> str:
    return _(
        _BEATS[kind_of(found)], scenario=here.titles[focus(here)], reference=here.titles[here.names[0]],
        count=max(found.better, found.worse), better=found.better, worse=found.worse, futures=found.futures,
        size=shown(_INDICATOR).size(found.median),
    )  # fmt: skip


def _stances(found: Paired, every: Sequence[Comparison]) -> list[str]:
    """Return whether other stances say the same, where there is something to say, or that no other was tried."""
    if not side_of(found):
        return []
    if len(every) < 2:
        return [_(_STANCES["one"], stances=called(one.stance)) for one in every]
    others = [one.stance for one in every if side_of(one.paired(focus(one), _INDICATOR)) != side_of(found)]
    kind = "all" if not others else "alone" if len(others) == 2 else "not"
    return [_(_STANCES[kind], stances=", ".join(called(one) for one in others))]


def _clawed_back(found: Paired, why: Why | None) -> list[str]:
    """Return how much clawback a gain bears; nothing where there is no gain, or it was not tried."""
    tried = [one for one in why.break_evens if one.setting == CLAWBACK] if why is not None else []
    if side_of(found) < 1 or not tried or tried[0].idle:
        return []
    at = lost_at(tried[0])
    lost, futures = int((~np.isnan(at)).sum()), len(at)
    if lost > futures / 2:
        return [_(_UNLESS, percent=number(100 * float(np.nanmedian(at))), count=lost, futures=futures)]
    return [_(_WHATEVER, count=tried[0].better_throughout, futures=futures)] if 2 * tried[0].better_throughout > futures else []


def lost_at(found: BreakEven) -> np.ndarray:
    """Return above which value each future's gain is lost, float64 [futures]; NaN where it is not, or there is none at first."""
    gains, worse = found.differences[0] < 0.0, found.differences[-1] >= 0.0  # of an indicator of which less is better
    return np.where(gains & worse, found.at, np.nan)


def _women(wales: Comparison) -> str:
    found = midlife_women(wales, focus(wales))
    sure = sureness(found)
    more = {1: ", more", -1: ", less", 0: ""}[side_of(found)]
    kind = f"{sure}{more}{', little' if more and is_little(found) else ''}"
    said = _(_WOMEN[kind], size=_hours(abs(found.median)), count=max(found.better, found.worse), futures=found.futures)
    if not more:
        return said
    change = wales.paired(focus(wales), "given_hours").median
    return _(_BESIDE, women=said, size=f"{'+' if change > 0 else ''}{_hours(change)}")


def _hours(value: float) -> str:
    """Return hours a week with their unit, without tenths where nobody can stand by them."""
    size, unit = scale(abs(value), HOURS)
    many = value / size
    return f"{number(many, 0 if abs(many) >= _EXACT_BELOW else 1)} {unit}"
