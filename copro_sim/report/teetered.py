"""Where it teetered: whether co-produced practice took hold or not hung on the future, for Wales and for each council."""

from typing import NamedTuple

import numpy as np

from copro_sim.comparison.comparison import Comparison
from copro_sim.language import N_, _

HELD, GONE = 0.5, 0.1
"""Practice has taken hold where at least this share of practitioners works the co-produced way in the last year, and has gone
where at most that does: choices, for readers to judge."""

_NATION = N_(
    "Under “{scenario}” practice has taken hold at the end (half of practitioners or more) in {held} of {futures} futures and "
    "has gone (one in ten or fewer) in {gone}; in {between} it is between."
)
_COUNCILS = N_("Under “{scenario}” it teetered in {count} of {councils} councils, where it took hold in some futures and went in "
               "others: {names}.")  # fmt: skip
_NONE = N_("Under “{scenario}” it teetered in no council: in none did it take hold in some futures and go in others.")
_FELL = N_("Under “{scenario}” it had taken hold in some year and was gone at the end in {count} of {all} histories of a "
           "council.")


class Ends(NamedTuple):
    """How practice stands at the end, bool [future] for the nation and [future, council]; `fell` once held and is gone."""

    nation_held: np.ndarray
    nation_gone: np.ndarray
    held: np.ndarray
    gone: np.ndarray
    fell: np.ndarray


def ends(comparison: Comparison, scenario: str) -> Ends:
    """Return how practice stands at the end of each future."""
    k = comparison.names.index(scenario)
    nation = _share(*(comparison.by_year(name)[k][:, -1] for name in ("adopters", "practitioners")))
    here = _share(*(comparison.data[f"place_{name}"].values[k] for name in ("adopters", "practitioners")))
    last = here[..., -1]
    fell = (here.max(axis=-1) >= HELD) & (last <= GONE)
    return Ends(nation >= HELD, nation <= GONE, last >= HELD, last <= GONE, fell)


def _share(adopters: np.ndarray, practitioners: np.ndarray) -> np.ndarray:
    return np.divide(adopters, practitioners, out=np.zeros_like(adopters), where=practitioners > 0)


def teetered(comparison: Comparison) -> list[str]:
    """Return, for each scenario in which anybody practises at the end or once did, how it ended and where it teetered."""
    said = []
    for name in comparison.names:
        found, title = ends(comparison, name), comparison.titles[name]
        if found.nation_gone.all() and not (found.held.any() or found.fell.any()):
            continue
        held, gone = int(found.nation_held.sum()), int(found.nation_gone.sum())
        between = comparison.futures - held - gone
        said.append(_(_NATION, scenario=title, held=held, gone=gone, between=between, futures=comparison.futures))
        councils = np.flatnonzero(found.held.any(axis=0) & found.gone.any(axis=0))
        names = ", ".join(comparison.authorities[c] for c in councils)
        all_of = {"councils": len(comparison.authorities), "count": len(councils), "names": names}
        said.append(_(_COUNCILS, scenario=title, **all_of) if len(councils) else _(_NONE, scenario=title))
        if found.fell.any():
            said.append(_(_FELL, scenario=title, count=int(found.fell.sum()), all=found.fell.size))
    return said
