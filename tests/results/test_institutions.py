"""Tables of institutions: one row for each month and council, in order, holding what was recorded."""

import numpy as np

from copro_sim.results.institutions import COUNCIL, NATION, PRACTICE, RECORDED
from tests.results.fakes import fake_results

months_, councils_ = 24, 2


def test_each_table_holds_what_was_recorded():
    results = fake_results(years=2)
    kept = results.institutions
    for table, names in ((results.councils(), COUNCIL), (results.practitioners(), PRACTICE)):
        assert len(table) == months_ * councils_
        assert list(table["authority"][:councils_]) == list(results.authorities)
        for name in names:
            np.testing.assert_array_equal(table[name].to_numpy().reshape(months_, councils_), kept[name])
    nation = results.members()
    assert len(nation) == months_
    for name in NATION:
        np.testing.assert_array_equal(nation[name], kept[name])
    np.testing.assert_array_equal(nation["attention_by_champion"], kept["attention_by_cause"][:, 1])
    np.testing.assert_array_equal(
        results.councils()["leadership_by_director"].to_numpy().reshape(months_, councils_), kept["leadership_by_cause"][:, 0]
    )


def test_policies_are_what_was_decided_month_by_month():
    results = fake_results(years=2)
    table = results.policies()
    assert len(table) == months_ * councils_
    for name in ("package_share", "eligibility_line", "national_test", "direct_payment_share"):
        told = np.concatenate([getattr(policy, name) for policy in results.decided])
        np.testing.assert_array_equal(table[name].to_numpy().reshape(told.shape), told)


def test_what_institutions_did_is_part_of_the_content():
    results = fake_results()
    assert set(results.institutions) == set(RECORDED)
    before = results.content_hash()
    results.institutions["leadership"][0, 0] += 0.5
    assert results.content_hash() != before
