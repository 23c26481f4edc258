"""The page's parts come in order, those with nothing to say are left out, and every figure has its part."""

import numpy as np

from copro_sim.report.figures import FIGURES
from copro_sim.report.sections import _FIGURES, HEADINGS, Section, sections
from tests.comparison.fakes import fake_comparison

NONE, LESS = np.zeros(20), np.full(20, -0.05)


def test_every_figure_has_one_part():
    assert sorted(name for names in _FIGURES.values() for name in names) == sorted(FIGURES)
    assert set(_FIGURES) <= set(HEADINGS)


def test_parts_come_in_order_and_empty_ones_are_left_out():
    comparison = fake_comparison({"old": NONE, "new": LESS})
    names = [one.name for one in sections(comparison, comparison, [comparison])]
    assert names == [name for name in HEADINGS if name in names]
    assert {"need", "differences", "equity", "places", "why", "true"} <= set(names)
    assert not {"beliefs", "money-by-practice", "two-futures"} & set(names)


def test_what_is_handed_in_joins_its_part_or_comes_last():
    comparison = fake_comparison({"old": NONE, "new": LESS})
    more = [Section("why", sentences=("Because.",)), Section("new", "News", ("News.",)), Section("carers", sentences=("Last.",))]
    found = {one.name: one for one in sections(comparison, comparison, [comparison], more)}
    assert list(found)[-1] == "new"
    assert found["why"].heading == "Why it happened"
    assert found["why"].sentences == ("Because.",)
    assert found["carers"].sentences[-1] == "Last."
    assert found["carers"].drawings


def test_a_single_scenario_has_only_figures_of_levels():
    one = fake_comparison({"only": NONE})
    for part in sections(one, one, [one]):
        assert part.drawings
        assert not part.tables
        assert not part.sentences
