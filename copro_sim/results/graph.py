"""Who is bound to whom at the end of a run, as a graph that networkx measures, draws and hands on."""

from typing import Any

import numpy as np

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.results.citizens import citizens_of
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.world import State


def bonds_of(state: State, authorities: tuple[str, ...]) -> Any:
    """Return the bonds between living citizens as a networkx.DiGraph with citizens' ids as nodes.

    Parameters
    ----------
    state
        The world after a month.
    authorities
        Names of the councils, in the order of `communities.authority`.
    """
    import networkx

    graph = networkx.DiGraph()
    rows = citizens_of(state, authorities).set_index("id")
    plain = {name: column.to_list() for name, column in rows.items()}
    graph.add_nodes_from(
        (who, dict(zip(plain, values, strict=True))) for who, *values in zip(rows.index.to_list(), *plain.values(), strict=True)
    )
    content = state.content()
    who, at = np.nonzero((content["bond_other"] >= 0) & (content["life"] == Life.ALIVE)[:, None])
    kinds = np.array([kind.name.lower() for kind in BondKind])[content["bond_kind"][who, at]]
    strengths = content["bond_strength"][who, at] / STRENGTH_ONE
    ends = zip(content["id"][who].tolist(), content["bond_other"][who, at].tolist(), strict=True)
    graph.add_edges_from(
        (one, other, {"kind": kind, "strength": strength})
        for (one, other), kind, strength in zip(ends, kinds.tolist(), strengths.tolist(), strict=True)
    )
    return graph
