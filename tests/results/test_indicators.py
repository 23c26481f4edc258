"""Indicators by hand, and the equation that always holds."""

import numpy as np
import pytest

from copro_sim.institutions.accounts import ACCOUNTS
from copro_sim.processes.tally import TALLIES, Tally
from copro_sim.results.indicators import COUNTED, INDICATORS, measured, money, source_tallies
from copro_sim.state.codes import Source
from tests.results.fakes import fake_results


def cell(**counts):
    tallies = np.zeros(TALLIES)
    for name, amount in counts.items():
        tallies[Tally[name]] = amount
    return tallies


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        ("need_hours", {"NEED_PERSONAL": 2600, "NEED_PRACTICAL": 520}, 12.0),
        ("personal_need_hours", {"NEED_PERSONAL": 2600, "NEED_PRACTICAL": 520}, 10.0),
        ("kin_hours", {"PERSONAL_KIN": 130, "PRACTICAL_KIN": 130, "PERSONAL_FRIEND": 9}, 1.0),
        (
            "unmet_share",
            {"UNMET_PERSONAL": 100, "UNMET_PRACTICAL": 50, "NEED_PERSONAL": 400, "NEED_PRACTICAL": 200},
            0.25,
        ),
        ("wellbeing", {"WELLBEING": 22_500, "CITIZENS": 3}, 7.5),
        ("credits_outstanding", {"CREDITS_HELD": 90}, 1.5),
        ("carers_50_plus", {"CARERS_50_PLUS": 7, "CARERS_35_49": 2}, 7.0),
        ("critical_unmet", {"CRITICAL_UNMET": 3}, 3.0),
    ],
)
def test_by_hand(name, counts, expected):
    assert measured(INDICATORS[name], cell(**counts)) == expected


def test_the_mean_of_nobody_is_not_a_number():
    assert np.isnan(measured(INDICATORS["wellbeing"], cell()))
    assert np.isnan(measured(INDICATORS["unmet_share"], cell(CITIZENS=3)))


def test_money_by_hand():
    weighted = np.zeros((12, 1, TALLIES))
    weighted[:, 0, Tally.PERSONAL_COUNCIL] = 600
    weighted[:, 0, Tally.PRACTICAL_KIN] = 60
    weighted[:, 0, Tally.RESIDENT_MINUTES] = 300
    weighted[:, 0, Tally.PRACTICAL_COUNCIL] = 300
    accounts = {name: np.array([[0]]) for name in ACCOUNTS} | {
        name: np.array([[pence]]) for name, pence in (("coproduction_spent", 500), ("nhs_spent", 700), ("budget", 250_000))
    }
    found = money(weighted, accounts, np.array([20.0]))
    assert (found["council_cost"] == 10 * 20 * 12).all()
    assert (found["unpaid_value"] == 1 * 20 * 12).all()
    assert (found["coproduction_cost"] == 5.0).all()
    assert (found["budget"] == 2500.0).all()
    assert (found["nhs_cost"] == 7.0).all()
    assert found["budget"].shape == (12, 1)


def test_need_is_what_is_met_by_each_source_and_what_is_not():
    data = fake_results().data
    parts = [f"{source.name.lower()}_hours" for source in Source]
    total = sum(data[name] for name in [*parts, "unmet_hours"])
    np.testing.assert_allclose(data["need_hours"], total, rtol=1e-12)


def test_every_indicator_says_what_it_is():
    for name, indicator in INDICATORS.items():
        assert indicator.name == name
        assert indicator.title
        assert indicator.meaning
        assert indicator.unit
        assert bool(indicator.of) == (name in COUNTED)


def test_every_flow_of_need_is_counted_once():
    used = [tally for source in Source for tally in source_tallies(source)]
    assert sorted(used) == sorted(t for t in Tally if t.name.startswith(("PERSONAL_", "PRACTICAL_")))


PROCESS = (
    "given_hours gave_and_received gave_with_need members invited exchanges credit_hours household_hours "
    "council_hours council_cost coproduction_cost unpaid_value"
)


@pytest.mark.parametrize("name", PROCESS.split())
def test_neither_giving_nor_costs_nor_reciprocity_is_a_win(name):
    assert INDICATORS[name].better is None
