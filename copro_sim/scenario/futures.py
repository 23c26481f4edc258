"""Futures: scenarios in which what nobody knows takes another value, the same in every scenario that is compared."""

import hashlib
from functools import cache, lru_cache
from typing import Any

from copro_sim.core.draws import Stream, compiled_words, uniform
from copro_sim.core.params import Record
from copro_sim.scenario.schema import Scenario, setting_records

_STREAM = int(Stream.FUTURES)
_ORDER, _POSITION = 0, 1
"""What a draw is for: the order of the strata, or the position within one."""


def vary(scenario: Scenario, seed: int, draw: int, draws: int) -> Scenario:
    """Return the scenario as it would be in one of `draws` futures.

    Every setting whose record has a likely range, and which the scenario leaves at the record's own value, takes a
    value from that range. The range is cut into `draws` equal parts and each future gets one of them (a Latin
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

    Raises
    ------
    ValueError
        If `draw` is not from 0 to `draws` - 1.
    """
    if not 0 <= draw < draws:
        raise ValueError(f"draw {draw} must be from 0 to {draws - 1}: there are {draws} futures")
    changes = {}
    for key, (kind, record) in varied_settings().items():
        table, _, name = key.partition(".")
        if getattr(getattr(scenario, table), name) == record.value:
            changes[key] = _value(kind, record, (_stratum(key, seed, draw, draws) + _within(key, seed, draw)) / draws)
    return scenario.replace(changes)


@cache
def varied_settings() -> dict[str, tuple[type, Record]]:
    """Return the type and record of every setting that differs from future to future, by its dotted key."""
    return {key: found for key, found in setting_records().items() if found[1].likely is not None}


def _value(kind: type, record: Record, quantile: float) -> Any:
    """Return the value at a quantile, 0 to 1, of the likely range, all of it equally likely."""
    assert record.likely is not None
    low, high = record.likely
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
