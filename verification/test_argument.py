"""What the library exists to test: paired runs, same citizens and same luck, in which one thing differs.

False alarms: seeds are fixed, so the same numbers come out every time; each difference is asked to be of one sign in nearly all
of eight pairs, or in the mean by several times its standard error, as said. Run with `-s` to read the numbers.
"""

import numpy as np
import pytest

import copro_sim as cs

SEEDS = range(1, 9)
YEARS = 12
_SETTLED = {}


def national(name, seed, years=YEARS, **changes):
    """Return the national series of one run."""
    scenario = cs.load_scenario(name).replace({"population.citizens": 6_000, "run.years": years, **changes})
    return cs.run(scenario, seed=seed, workers=2)


def late(results, name, months=60):
    """Return the mean of an indicator over the last months."""
    return float(results.national()[name].values[-months:].mean())


def differences(one, other, name, months=60):
    """Return paired differences of an indicator's late mean, float64 [seeds]."""
    found = np.array([late(a, name, months) - late(b, name, months) for a, b in zip(one, other, strict=True)])
    print(name, np.round(found, 4))
    return found


def clear(found):
    """Return how many standard errors the mean of paired differences lies from 0."""
    return found.mean() / (found.std(ddof=1) / np.sqrt(len(found)))


@pytest.fixture(scope="module")
def retreat():
    return [national("retreating-state", seed) for seed in SEEDS]


def practice(results):
    series = results.national()
    return float(series["adopters"].values[-1] / series["practitioners"].values[-1])


def test_a_law_without_leadership_leaves_practice_where_no_law_leaves_it():
    """The same practitioners with and without the Act: nobody leads, so duties move nobody. Led, the same Act moves them."""
    unled = [national("law-without-leadership", seed) for seed in SEEDS]
    no_act = [national("law-without-leadership", seed, **{"senedd.act_from_year": 2100}) for seed in SEEDS]
    led = [
        national("law-without-leadership", seed, **{"senedd.commitment_imposed": 1.0, "leadership.basis": "emerges"})
        for seed in SEEDS
    ]
    with_act, without, moved = (np.array([practice(one) for one in runs]) for runs in (unled, no_act, led))
    print(with_act, without, moved)
    assert all(one.members()["duty"].iloc[-1] == 1 for one in unled)
    assert abs((with_act - without).mean()) < 0.02
    assert (moved - with_act).min() > 0.05  # the planted difference is caught


def test_top_down_and_bottom_up_differ_for_reasons_that_the_run_displays():
    flows = {}
    for name in ("top-down", "bottom-up", "top-down-and-bottom-up"):
        runs = [national(name, seed) for seed in SEEDS]
        flows[name] = sum(one.practitioners().drop(columns=["month", "authority"]).sum() for one in runs).astype(float)
        flows[name]["leadership"] = np.mean([late(one, "leadership") for one in runs])
        for cause in ("champion", "panel"):
            flows[name][cause] = sum(one.members()[f"attention_by_{cause}"].sum() for one in runs)
        for one in runs:  # flows add up to the change of the stock
            table = one.practitioners().groupby("month").sum(numeric_only=True)
            gained = table[["by_training", "by_peers", "by_leadership", "by_duty"]].sum(axis=1)
            lost = table[[c for c in table if c.startswith("gave_up")]].sum(axis=1) + table["left"]
            assert (table["adopters"].diff().iloc[1:] == (gained - lost).iloc[1:]).all()
    top, bottom, both = (flows[name] for name in ("top-down", "bottom-up", "top-down-and-bottom-up"))
    assert top["by_duty"] > bottom["by_duty"]
    assert top["leadership"] > bottom["leadership"]
    assert bottom["by_training"] > top["by_training"] == 0
    assert top["champion"] > bottom["champion"] == 0
    assert bottom["panel"] > top["panel"] == 0
    assert both["adopters"] > max(top["adopters"], bottom["adopters"])


def test_what_hangs_on_one_door():
    stays = [national("champion-leaves", seed, **{"senedd.champion_leaves_year": 2100}) for seed in SEEDS]
    leaves = [national("champion-leaves", seed) for seed in SEEDS]
    for name in ("attention", "commitment", "leadership", "coproduced_share"):
        assert clear(differences(leaves, stays, name)) < -3.0, name


def test_harm_of_direct_payments_is_less_in_circles_and_fear_may_exceed_it():
    alone = [national("direct-payments-alone", seed) for seed in SEEDS]
    circles = [national("citizen-directed-support", seed) for seed in SEEDS]
    assert clear(differences(circles, alone, "harmed", 96)) < -3.0
    assert clear(differences(circles, alone, "not_found_hours", 96)) < -3.0
    nothing = {
        "delivery.circle_finds": 0.0, "direct_payments.circle_protects": 0.0, "outlook.distress_weight": 0.0,
    }  # fmt: skip
    for seed in (1, 2):
        one, other = (national(name, seed, **nothing) for name in ("direct-payments-alone", "citizen-directed-support"))
        np.testing.assert_array_equal(one.national()["harmed"], other.national()["harmed"])
        np.testing.assert_array_equal(one.national()["unmet_hours"], other.national()["unmet_hours"])
    harm = [one.national()["harmed"].values.sum() / one.national()["direct_payment_clients"].values.sum() for one in alone]
    fear = [one.members()["feared_harm"].max() for one in alone]
    assert max(fear) > np.mean(harm)


def test_cutting_hours_burdens_homes_and_kin_and_the_poorest_most(retreat):
    cut = [national("retreating-state", seed, **{"funding.home_support_share": 0.2}) for seed in SEEDS]
    assert clear(differences(cut, retreat, "council_hours")) < -3.0
    assert clear(differences(cut, retreat, "household_hours")) > 3.0
    assert clear(differences(cut, retreat, "unmet_share")) > 3.0
    lost = []
    for with_cut, without in zip(cut, retreat, strict=True):
        unmet = [
            (one.groups["unmet_hours"].isel(year=slice(-5, None)).sum(("sex", "age_band", "setting", "year"))
             / one.groups["citizens"].isel(year=slice(-5, None)).sum(("sex", "age_band", "setting", "year"))).values
            for one in (with_cut, without)
        ]  # fmt: skip
        lost.append(unmet[0] - unmet[1])
    lost = np.array(lost)
    print("unmet hours a head lost, most to least deprived", lost.mean(axis=0).round(4))
    assert lost[:, 0].mean() > lost[:, 4].mean()


def test_widening_eligibility_crowds_out_a_few_percent_of_informal_hours(retreat):
    wide = [
        national("retreating-state", seed, **{"council.test_hours_per_week": 2.0, "funding.home_support_share": 0.8})
        for seed in SEEDS
    ]
    informal = [
        [sum(late(one, f"{source}_hours") for source in ("household", "kin", "friend", "neighbour")) for one in runs]
        for runs in (wide, retreat)
    ]
    change = np.array(informal[0]) / np.array(informal[1]) - 1
    print("informal hours", change.round(3))
    assert clear(change) < -3.0
    assert -0.15 < change.mean() < 0.0


def test_overstretched_volunteers_burn_out_and_needs_go_unmet():
    usual = [national("co-production", seed) for seed in SEEDS]
    stretched = [national("volunteers-overstretched", seed) for seed in SEEDS]
    assert clear(differences(stretched, usual, "unmet_share")) > 3.0
    assert clear(differences(stretched, usual, "strain")) > 3.0
    assert clear(differences(stretched, usual, "wellbeing")) < -3.0
    assert differences(stretched, usual, "burnt_out", 120).mean() > 0.0


def test_with_full_clawback_the_money_advantage_of_co_production_is_gone():
    """What natural support first frees stays with councils, or is taken: then packages cover no more than before."""
    more = {"care_service.natural_first": 0.2, "coproduction.builders_per_100000": 0, "coproduction.brokers_per_100000": 0}
    kept, taken, old = (
        [national(name, seed, **more, **{"funding.clawback": clawback}) for seed in SEEDS]
        for name, clawback in (("co-production", 0.0), ("co-production", 1.0), ("retreating-state", 0.0))
    )
    advantage = differences(kept, old, "package_share", 84)
    left = differences(taken, old, "package_share", 84)
    assert clear(advantage) > 2.0
    assert clear(advantage - left) > 3.0
    assert left.mean() < 0.5 * advantage.mean()


def test_after_2016_help_from_the_community_lessens_entitlement():
    """Twice the help from friends and neighbours: fewer clients under the national test than under a line."""
    community = {"sharing.friend_share": 0.6, "sharing.neighbour_share": 0.4, "sharing.kin_share": 1.0}
    clients = {}
    for rule, first in (("test", 2013), ("line", 2100)):
        for help_, more in (("usual", {}), ("more", community)):
            clients[rule, help_] = np.array([
                late(national("retreating-state", seed, **{"council.national_test_from_year": first}, **more), "council_clients")
                for seed in SEEDS
            ])  # fmt: skip
    lost = {rule: 1 - clients[rule, "more"] / clients[rule, "usual"] for rule in ("test", "line")}
    print({rule: share.round(3) for rule, share in lost.items()})
    assert clear(lost["test"]) > 3.0
    assert lost["test"].mean() > lost["line"].mean()
