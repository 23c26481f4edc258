"""Futures: scenarios in which what nobody knows takes another value, the same in every scenario that is compared.

What nobody has measured but the past speaks to comes from the shipped draws, each a set of values with which a run of the past
gives what Wales counted (`copro-sim calibrate` makes them). Strengths for which there is no evidence come from the ranges of a
stance. Both are drawn by keyed chance.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from copro_sim.core.draws import Stream, compiled_words, uniform
from copro_sim.core.params import Record
from copro_sim.scenario import evidence
from copro_sim.scenario.problems import Problem, shown
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.stances import STRENGTHS, USUAL, range_in

_STREAM = int(Stream.FUTURES)
_WHICH = "shipped draws"
"""Stands for a key where it is chosen which of the shipped draws a future has."""
_IN_A_FILE = ", in a file of yours that extends the other scenario"
_SHARED = {
    "run.years": " (--years does)", "population.citizens": " (--citizens does)", "population.community_size": _IN_A_FILE,
    "population.councils": _IN_A_FILE,
}  # fmt: skip
"""What scenarios must share to be compared future by future, and how it is set alike."""

_ORDER, _POSITION = 0, 1
"""What a draw is for: the order of the strata, or the position within one."""


def vary(
    scenario: Scenario, seed: int, draw: int, draws: int, *, stance: str = USUAL, shipped: bool = True
) -> Scenario:
    """Return the scenario as it would be in one of `draws` futures.

    Every setting whose record has a likely range, and which the scenario leaves at the record's own value, takes another:
    that of one of the shipped draws, each future another one while they last; or, where they hold none, one from the likely
    range, or the stance's part of it. The range is cut into `draws` equal parts and each future gets one of them (a Latin
    hypercube: McKay, Beckman and Conover 1979), so that few futures already span it. The value depends on (seed, draw,
    draws, key) only: scenarios that are compared share it.

    Parameters
    ----------
    scenario
        Any scenario.
    seed
        Key of all chance, 0 to 2**63 - 1.
    draw
        Which future, 0 to `draws` - 1.
    draws
        Number of futures, at least 1.
    stance
        One of `stances.STANCES`.
    shipped
        False to take everything from likely ranges, as calibration does.

    Raises
    ------
    ValueError
        If `draw` is not from 0 to `draws` - 1, or there is no such stance.
    """
    if not 0 <= draw < draws:
        raise ValueError(f"draw {draw} must be from 0 to {draws - 1}: there are {draws} futures")
    fitting = shipped_draws() if shipped else ()
    held = fitting[_stratum(_WHICH, seed, draw % len(fitting), len(fitting))] if fitting else {}
    changes = {}
    for key, (kind, record) in varied_settings().items():
        table, _, name = key.partition(".")
        if getattr(getattr(scenario, table), name) == record.value:
            quantile = (_stratum(key, seed, draw, draws) + _within(key, seed, draw)) / draws
            changes[key] = held[key] if key in held else _value(kind, range_in(record, stance), quantile)
    return scenario.replace(changes)


@cache
def shipped_draws() -> tuple[dict[str, Any], ...]:
    """Return the shipped draws, each a value for every varied setting that is no strength; none before calibration."""
    if "draws" not in evidence.tables():
        return ()
    kinds = {key: kind for key, (kind, _) in fitted_settings().items()}
    return tuple({key: kind(row[key]) for key, kind in kinds.items() if key in row} for row in evidence.rows("draws"))


@cache
def fitted_settings() -> dict[str, tuple[type, Record]]:
    """Return the varied settings that shipped draws hold: all but strengths, which stances decide."""
    return {key: found for key, found in varied_settings().items() if found[1].role not in STRENGTHS}


@cache
def varied_settings() -> dict[str, tuple[type, Record]]:
    """Return the type and record of every setting that differs from future to future, by its dotted key."""
    return {key: found for key, found in setting_records().items() if found[1].likely is not None}


def _value(kind: type, between: tuple[float, float] | None, quantile: float) -> Any:
    """Return the value at a quantile, 0 to 1, of a range, all of it equally likely."""
    assert between is not None
    low, high = between
    if kind is int:
        return min(int(high), int(low + (high - low + 1) * quantile))
    return min(high, low + (high - low) * quantile)


@cache
def _who(key: str) -> int:
    """Return the identity of a setting in the counter of chance: it does not depend on where the setting is listed."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1


def _within(key: str, seed: int, draw: int) -> float:
    return float(uniform(compiled_words(seed, _STREAM, _who(key), draw, _POSITION)[0]))


def _stratum(key: str, seed: int, draw: int, draws: int) -> int:
    return _strata(key, seed, draws)[draw]


@lru_cache(maxsize=1024)
def _strata(key: str, seed: int, draws: int) -> tuple[int, ...]:
    """Return the part of the range that each draw gets: a permutation, each draw's rank among keyed words."""
    words = [compiled_words(seed, _STREAM, _who(key), draw, _ORDER) for draw in range(draws)]
    ranks = [0] * draws
    for rank, draw in enumerate(sorted(range(draws), key=words.__getitem__)):
        ranks[draw] = rank
    return tuple(ranks)


def unlike(scenarios: Sequence[Scenario]) -> list[Problem]:
    """Return every setting that keeps scenarios from sharing futures."""
    return [
        Problem(
            key=key,
            message=f"differs: {first.name} has {shown(first.get(key))}, {other.name} {shown(other.get(key))}; "
            f"only scenarios of the same councils, size and years share futures: set it alike in all{_SHARED[key]}",
        )
        for first in scenarios[:1]
        for other in scenarios[1:]
        for key in _SHARED
        if other.get(key) != first.get(key)
    ]
