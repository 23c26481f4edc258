"""Tables of the page: every row says its finding; what cannot be said is said to be so."""

import numpy as np
import pytest

from copro_sim.comparison.comparison import CROSS
from copro_sim.report.tables import assessment, burden, cross, differences, outcomes
from copro_sim.results.outcomes import NOT_MODELLED, OUTCOMES
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.full(20, -0.05)


@pytest.fixture
def comparison():
    return fake_comparison({"old": NONE, "new": LESS, "newer": -LESS})


def test_every_row_has_every_column(comparison):
    four = fake_comparison(dict(zip(CROSS, (NONE, LESS, LESS, LESS), strict=True)))
    for table in (*differences(comparison), *outcomes(comparison), *assessment(comparison), *cross(four)):
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name


def test_a_table_for_each_other_scenario(comparison):
    assert [table.caption for table in differences(comparison)] == ["New against Old", "Newer against Old"]
    first = differences(comparison)[1].rows[0]
    assert first[:5] == ("The share of need left unmet (percent)", "worse in 20 of 20 futures", first[2], first[3], "+5.0")


def test_headings_without_a_mechanism_say_so(comparison):
    (table,) = outcomes(comparison)
    said = {row[0]: row[1] for row in table.rows}
    for heading, names in OUTCOMES.items():
        assert (said[heading] == NOT_MODELLED) == (not names)


def test_the_impact_assessment_says_what_it_cannot_say(comparison):
    table = assessment(comparison)[0]
    rows = {row[1]: row for row in table.rows}
    assert [row[0] for row in table.rows[-5:]] == ["Socio-economic duty: deprivation"] * 5
    assert rows["Women"][2] == "\N{MINUS SIGN}5.0: better in 20 of 20 futures"
    disabled = next(row for row in table.rows if row[0] == "Disability")
    assert disabled[3:] == ("The model cannot say", "The model cannot say")
    assert "Pregnancy" in table.remark


def test_what_rounds_to_nothing_is_no_finding(comparison):
    wellbeing = comparison.data["group_wellbeing"]
    wellbeing.loc[{"group": "0 to 15"}] = 7.0
    wellbeing.loc[{"group": "0 to 15", "scenario": "new"}] = 7.0 - 1e-7
    comparison.data["wellbeing"].values[1] = comparison.data["wellbeing"].values[0] - 1e-7
    rows = {row[1]: row for row in assessment(comparison)[0].rows}
    assert rows["People aged 0 to 15"][3] == "0.000: next to no difference"
    assert [row[1] for row in differences(comparison)[0].rows if row[0].startswith("Wellbeing")] == ["next to no difference"]
    wellbeing.loc[{"group": "0 to 15", "scenario": "new"}] = 7.0
    rows = {row[1]: row for row in assessment(comparison)[0].rows}
    assert rows["People aged 0 to 15"][3] == "0.000: no difference in any of 20 futures"


def test_the_burden_of_women_is_said_for_each_scenario(comparison):
    given = comparison.data["group_given_hours"]
    given.loc[{"group": "women", "scenario": "new"}] = 3 * given.sel(group="men", scenario="new")
    assert burden(comparison) == [
        "In Wales women give 75.00 percent of all unpaid help under New and 50.00 percent under Old: higher in 20 of 20 futures.",
        "In Wales women give 50.00 percent of all unpaid help under Newer and 50.00 percent under Old: "
        "no difference in any of 20 futures.",
    ]
