"""Change: what last year shows, worked by hand; given practice is as promoted, emerging practice what practitioners do."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.institutions.change import Change, seen
from copro_sim.processes.tally import TALLIES, Tally

WEIGHTS = np.array([10.0, 100.0])


def year(**counts):
    """Return twelve months' tallies of two councils, the same in every month."""
    tallies = np.zeros((12, 2, TALLIES), np.int64)
    for name, values in ({"CITIZENS": [500, 800]} | counts).items():
        tallies[:, :, Tally[name]] = values
    return tallies


def test_what_is_seen_worked_by_hand():
    """A quarter and a tenth both give and receive; one waits for three served; 140 hold payments, 20 are harmed."""
    shown = seen(
        year(
            PEOPLE_WITH_NEED=[40, 20], GAVE_AND_RECEIVED=[10, 2], WAITING=[5, 0], COUNCIL_CLIENTS=[15, 10], HARMED=[2, 0],
            DIRECT_PAYMENT_CLIENTS=[3, 1], CITIZEN_DIRECTED_CLIENTS=[1, 0],
        ), WEIGHTS, np.array([0.3, 0.4]),
    )  # fmt: skip
    assert shown.success.tolist() == [0.25, 0.1]
    assert shown.overload.tolist() == [0.25, 0.0]
    assert shown.stress.tolist() == [0.3, 0.4]
    assert shown.people.tolist() == [5_000.0, 80_000.0]
    assert shown.direct_payment_clients == pytest.approx(140.0)
    assert shown.harm_rate == pytest.approx(20 / 140)
    assert shown.direct_payment_share == pytest.approx(140 / 1_150)


def test_where_there_is_nobody_nothing_is_seen():
    shown = seen(year(CITIZENS=[0, 0]), WEIGHTS, np.zeros(2))
    assert not shown.success.any()
    assert not shown.overload.any()
    assert (shown.harm_rate, shown.direct_payment_share, shown.direct_payment_clients) == (0.0, 0.0, 0.0)
    once = year()
    once[3, 0, [Tally.PEOPLE_WITH_NEED, Tally.GAVE_AND_RECEIVED, Tally.WAITING]] = 1
    assert [seen(once, WEIGHTS, np.zeros(2)).success[0], seen(once, WEIGHTS, np.zeros(2)).overload[0]] == [1.0, 1.0]
    many = seen(year(HARMED=[50, 0], DIRECT_PAYMENT_CLIENTS=[4, 0], COUNCIL_CLIENTS=[2, 0]), WEIGHTS, np.zeros(2))
    assert (many.harm_rate, many.direct_payment_share) == (1.0, 1.0)


def test_the_senedd_sees_success_by_people(monkeypatch):
    """Half of 5,000 citizens' and none of 80,000 citizens' people with need both give and receive: 1 in 34."""
    scenario, saw = cs.load_scenario("co-production"), []
    change = Change(scenario.settings_at(0), np.array([3, 14]), np.array([90_000.0, 280_000.0]), 1)
    live_month = change._senedd.live_month
    monkeypatch.setattr(change._senedd, "live_month", lambda *args: saw.append(args[-1].success) or live_month(*args))
    shown = seen(year(PEOPLE_WITH_NEED=[40, 20], GAVE_AND_RECEIVED=[20, 0]), WEIGHTS, np.zeros(2))
    change.live_year(0, [scenario.settings_at(k) for k in range(12)], shown, np.zeros((12, 2)))
    assert saw == pytest.approx([2_500 / 85_000] * 12)


def lived(adoption, years=3):
    scenario = cs.load_scenario("co-production").replace({"practitioners.adoption": adoption})
    change = Change(scenario.settings_at(0), np.array([3, 14]), np.array([90_000.0, 280_000.0]), 1)
    shown = seen(year(PEOPLE_WITH_NEED=[40, 20], GAVE_AND_RECEIVED=[10, 2]), WEIGHTS, np.full(2, 0.3))
    told = []
    for number in range(years):
        settings = [scenario.settings_at(12 * number + k) for k in range(12)]
        told.append(change.live_year(number, settings, shown, np.zeros((12, 2))))
    return change.months, told


def test_given_practice_is_as_promoted_and_leaves_no_gap():
    months, told = lived("given")
    promoted = np.array([month["promoted_share"] for month in months])
    assert promoted[0] < promoted[-1]
    assert np.concatenate([one.coproduced_share for one in told]) == pytest.approx(np.stack([promoted, promoted], axis=1))
    assert not any(np.any(month["implementation_gap"]) for month in months)


def test_emerging_practice_is_what_practitioners_do_and_the_rest_is_the_gap():
    months, told = lived("emerges")
    shares = np.array([month["adopters"] / month["practitioners"] for month in months])
    assert np.concatenate([one.coproduced_share for one in told]) == pytest.approx(shares)
    promoted = np.array([[month["promoted_share"]] for month in months])
    assert np.array([month["implementation_gap"] for month in months]) == pytest.approx(promoted - shares)
    assert len(months) == 36
