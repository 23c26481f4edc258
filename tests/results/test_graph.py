"""Bonds as a graph: the same people and ties as the state holds."""

import networkx
import pytest

from copro_sim.core.units import STRENGTH_ONE
from tests.results.fakes import fake_results


@pytest.fixture(scope="module")
def results():
    return fake_results()


def test_nodes_are_citizens_with_all_that_is_known_of_them(results):
    graph, citizens = results.bonds(), results.citizens()
    assert list(graph.nodes) == citizens["id"].to_list()
    row = citizens.iloc[3]
    node = graph.nodes[int(row["id"])]
    assert node == {name: row[name] for name in citizens.columns if name != "id"}
    assert type(node["age"]) is int


def test_edges_are_bonds_with_kind_and_strength(results):
    graph, content = results.bonds(), results.state.content()
    assert graph.number_of_edges() == (content["bond_other"] >= 0).sum() > 100
    assert networkx.is_directed(graph)
    for one, other, bond in graph.edges(data=True):
        assert graph.edges[other, one]["kind"] == bond["kind"] in ("household", "kin", "friend", "neighbour")
    who, at = 5, int((content["bond_other"][5] >= 0).argmax())
    edge = graph.edges[int(content["id"][who]), int(content["bond_other"][who, at])]
    assert edge["strength"] == content["bond_strength"][who, at] / STRENGTH_ONE
