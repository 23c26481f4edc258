"""Providers: vacancies settle where they must, travel and small size cost hours, and nothing acts at strength zero."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.providers import ORDINARY, PROMOTED, Providers, monthly_rates, usual_vacancies
from copro_sim.scenario import evidence
from copro_sim.scenario.government import ProviderParams
from copro_sim.state.codes import Setting

COUNCILS = np.arange(22)
HOURS = np.full(22, 90_000.0)
own = defaults(ProviderParams)
calm = own._replace(failure=0.0)
promoted = calm._replace(promoted_percent=50.0, promotion_pace=1.0)
unit = st.floats(0, 1)


def lived(p, months=60, hours=HOURS, rural=0.0, seed=4, councils=COUNCILS, began=None):
    many = len(councils)
    providers = Providers.begin(began or p, councils, np.full(many, rural), hours[:many], seed)
    return [providers.live_month(p, month, hours[:many]) for month in range(months)]


def vacant(month, kind=ORDINARY):
    return 1.0 - month.workers[kind] / month.posts[kind]


def test_posts_worked_by_hand():
    """22 hours a week are 95 1/3 a month: 90,000 hours need 944.06 posts."""
    assert lived(calm, 1)[0].posts[ORDINARY] == pytest.approx([90_000 / (22 * 52 / 12)] * 22)
    assert not lived(calm, 1)[0].posts[PROMOTED].any()


def test_a_month_of_coming_and_leaving_worked_by_hand():
    """100 posts, 80 workers: a tenth of them leave, 72; a quarter of the 28 open posts are filled, 79."""
    yearly = 1.0 - 0.9**12
    p = calm._replace(turnover=yearly, hiring=0.25, hours_per_post=1.0)
    providers = Providers.begin(p, COUNCILS[:1], np.zeros(1), np.array([100.0 * 52 / 12]), 1)
    providers.workers = np.array([[80.0], [0.0]])
    month = providers.live_month(p, 0, np.array([100.0 * 52 / 12]))
    assert month.left[ORDINARY] == pytest.approx([8.0])
    assert month.hired[ORDINARY] == pytest.approx([7.0])
    assert month.workers[ORDINARY] == pytest.approx([79.0])
    assert month.lost_to_vacancies == pytest.approx([0.21 * 0.4])


def test_vacancies_stay_where_they_are_usual_and_come_back_to_it():
    assert usual_vacancies(calm) == pytest.approx(0.09, abs=0.002)
    for month in lived(calm):
        assert vacant(month) == pytest.approx(usual_vacancies(calm))
    far = lived(calm._replace(hiring=0.5), 60, began=calm._replace(hiring=0.05))
    assert (vacant(far[0]) > vacant(far[10])).all()
    assert vacant(far[-1]) == pytest.approx(usual_vacancies(calm._replace(hiring=0.5)))


def test_wales_delivers_95_of_100_hours_and_rural_councils_fewer():
    councils = evidence.authorities()
    older = np.array([council.people_65_plus for council in councils])
    rural = np.array([float(council.setting == Setting.RURAL) for council in councils])
    hours = older / older.sum() * 2_000_000
    providers = Providers.begin(own, COUNCILS, rural, hours, 1)
    months = [providers.live_month(own, month, hours) for month in range(360)]
    share = np.mean([month.delivered_share for month in months], axis=0)
    posts, workers = (sum(getattr(month, name).sum() for month in months) for name in ("posts", "workers"))
    assert float(share @ older / older.sum()) == pytest.approx(0.95, abs=0.003)
    assert 1 - workers / posts == pytest.approx(0.09, abs=0.005)
    assert share[rural == 1.0].max() < share[rural == 0.0].min()
    assert all(month.price_ratio == pytest.approx(np.ones(22)) for month in months)


def test_at_strength_zero_all_hours_arrive():
    p = calm._replace(turnover=0.0, rural_travel=0.0)
    for month in lived(p, 12, rural=1.0):
        assert month.delivered_share == pytest.approx(np.ones(22))
        assert not month.left.any()
    covered = lived(calm._replace(cover=1.0, rural_travel=0.0), 12, rural=1.0)
    assert covered[-1].delivered_share == pytest.approx(np.ones(22))


def test_travel_takes_hours_unless_it_is_paid_for_and_then_money_and_posts():
    p = calm._replace(rural_travel=0.1)
    town, rural, paid = (lived(q, 1, rural=r)[0] for q, r in ((p, 0.0), (p, 1.0), (p._replace(travel_paid=1.0), 1.0)))
    assert rural.delivered_share == pytest.approx(town.delivered_share * 0.9)
    assert paid.delivered_share == pytest.approx(town.delivered_share)
    assert paid.posts[ORDINARY] == pytest.approx(town.posts[ORDINARY] / 0.9)
    assert paid.price_ratio == pytest.approx(np.full(22, 1 / 0.9))
    assert rural.price_ratio == pytest.approx(np.ones(22))


def test_better_wages_keep_workers_and_cost_money():
    """A tenth more pay: 7 percent on the price of an hour."""
    better, worse = (lived(calm._replace(wage_ratio=ratio), began=calm)[-1] for ratio in (1.1, 0.9))
    assert (better.delivered_share > worse.delivered_share).all()
    assert better.price_ratio == pytest.approx(np.full(22, 1.07))
    assert worse.price_ratio == pytest.approx(np.full(22, 0.93))
    nothing = calm._replace(wages_hold=0.0, wage_ratio=2.0)
    assert monthly_rates(nothing) == monthly_rates(calm)
    assert lived(nothing._replace(wage_part=0.0))[-1].price_ratio == pytest.approx(np.ones(22))


def test_twice_the_wages_halve_leaving_and_double_hiring_where_wages_hold():
    """.15 a year leave instead of .3: 1 - .85 ** (1/12) = .01345 a month; .4 a month are hired instead of .2."""
    leaving, hiring = monthly_rates(calm._replace(turnover=0.3, hiring=0.2, wage_ratio=2.0, wages_hold=1.0))
    assert leaving == pytest.approx(0.01345, abs=1e-5)
    assert hiring == pytest.approx(0.4)


def test_more_hours_from_one_month_to_the_next_find_no_staff_at_first():
    providers = Providers.begin(calm, COUNCILS, np.zeros(22), HOURS, 1)
    before, after, later = (providers.live_month(calm, month, HOURS * (1.0 if month == 0 else 1.3)) for month in range(3))
    assert (after.delivered_share < before.delivered_share).all()
    assert (after.delivered_share < later.delivered_share).all()


def test_fewer_hours_leave_nobody_without_a_post_on_the_books():
    providers = Providers.begin(calm, COUNCILS, np.zeros(22), HOURS, 1)
    month = providers.live_month(calm, 0, HOURS * 0.5)
    assert (month.released[ORDINARY] > 0).all()
    assert month.workers[ORDINARY] == pytest.approx(month.posts[ORDINARY])
    assert month.delivered_share == pytest.approx(np.ones(22))


def test_a_provider_that_fails_costs_hours_and_luck_is_the_councils_own():
    p = own._replace(failure=1.0, failure_loses=0.2)
    month = lived(p, 1)[0]
    assert month.lost[ORDINARY] == pytest.approx(0.2 * (month.lost + month.workers + month.released - month.hired)[ORDINARY])
    assert (month.delivered_share < lived(calm, 1)[0].delivered_share).all()
    assert not any(found.lost.any() for found in lived(own._replace(failure_loses=0.0), 240))
    often = own._replace(failure=0.5)
    all_of_them, three = lived(often, 60), lived(often, 60, councils=np.array([20, 3, 11]))
    assert [found.lost[0].tolist() for found in three] == [found.lost[0, [20, 3, 11]].tolist() for found in all_of_them]
    failures = np.array([found.lost[ORDINARY] > 0 for found in all_of_them]).sum()
    assert 40 < failures < 110  # 22 councils, 60 months, 0.056 a month: 74 expected


def test_promoted_providers_grow_only_where_they_are_promoted_and_at_their_pace():
    assert not any(month.promoted_share.any() for month in lived(own))
    months = lived(calm._replace(promoted_percent=40.0, promotion_pace=0.05), 60)
    assert months[0].promoted_share == pytest.approx([0.02] * 22)
    assert months[-1].promoted_share == pytest.approx([0.4 * (1 - 0.95**60)] * 22)


def test_coordinators_worked_by_hand():
    """45,000 of 90,000 hours a month are 10,384.6 a week: at 5,000 each 2.0769 coordinators of 3,750 pounds a month."""
    month = lived(promoted, 1)[0]
    assert month.promotion_cost.dtype == np.int64
    assert month.promotion_cost.tolist() == [778_846] * 22


def test_promotion_with_every_strength_at_zero_changes_nothing():
    p = promoted._replace(promoted_stay=0.0, promoted_near=0.0, promoted_uncovered=0.0)
    for found, usual in zip(lived(p, rural=1.0, began=calm), lived(calm, rural=1.0), strict=True):
        assert found.delivered_share == pytest.approx(usual.delivered_share)
        assert found.workers.sum(axis=0) == pytest.approx(usual.workers.sum(axis=0))
        assert found.price_ratio == pytest.approx(usual.price_ratio)


@pytest.mark.parametrize(
    ("strength", "value", "sign"),
    [("promoted_stay", 0.5, 1), ("promoted_near", 0.5, 1), ("promoted_uncovered", 0.5, -1)],
)
def test_each_strength_has_its_sign(strength, value, sign):
    still = promoted._replace(promoted_stay=0.0, promoted_near=0.0, promoted_uncovered=0.0)
    without, with_it = (lived(p, rural=1.0)[-1].delivered_share for p in (still, still._replace(**{strength: value})))
    assert (sign * (with_it - without) > 1e-4).all()


def test_the_promoted_kinds_price_counts_for_its_hours():
    """Half of the hours a fifth cheaper: a tenth off."""
    assert lived(promoted._replace(promoted_price_ratio=0.8), 1)[0].price_ratio == pytest.approx([0.9] * 22)


def test_the_same_seed_gives_the_same_and_another_seed_another():
    first, again, other = ([m.workers.tolist() for m in lived(own, 60, seed=seed)] for seed in (4, 4, 5))
    assert first == again
    assert first != other


@settings(max_examples=50)
@given(turnover=unit, hiring=unit, cover=unit, travel=st.floats(0, 0.9), paid=unit, failure=unit, loses=unit,
       share=st.floats(0, 100), strength=unit, rural=unit, wage=st.floats(0.1, 5), hours=st.floats(0, 1e6),
       seed=st.integers(0, 2**63 - 1))  # fmt: skip
def test_shares_add_up_and_workers_are_accounted_for(
    turnover, hiring, cover, travel, paid, failure, loses, share, strength, rural, wage, hours, seed
):
    p = own._replace(
        turnover=turnover, hiring=hiring, cover=cover, rural_travel=travel, travel_paid=paid, failure=failure,
        failure_loses=loses, promoted_percent=share, promotion_pace=strength, promoted_stay=strength, promoted_near=strength,
        promoted_uncovered=strength, wage_ratio=wage,
    )  # fmt: skip
    councils = COUNCILS[:3]
    providers = Providers.begin(p, councils, np.array([0.0, rural, 1.0]), np.full(3, hours), seed)
    for month in range(4):
        before = providers.workers
        now = providers.live_month(p, month, np.array([hours, 0.0, hours / (month + 1)]))
        assert before - now.left - now.lost - now.released + now.hired == pytest.approx(now.workers, abs=1e-6)
        assert now.delivered_share + now.lost_to_vacancies + now.lost_to_travel == pytest.approx(np.ones(3))
        assert (now.workers >= -1e-9).all()
        assert (now.workers <= now.posts + 1e-6).all()
        for parts in (now.delivered_share, now.lost_to_vacancies, now.lost_to_travel, now.promoted_share):
            assert (parts >= -1e-9).all()
            assert (parts <= 1.0 + 1e-9).all()
