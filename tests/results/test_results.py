"""Results: the same numbers by month, by place, by group and for the nation; a hash of all that came out."""

from dataclasses import replace

import numpy as np
import pytest

from copro_sim.processes.tally import Tally
from copro_sim.results.export import load_dataset, load_provenance
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.tallies import Tallies
from tests.results.fakes import a_scenario, fake_results


def test_data_has_every_indicator_with_its_meaning():
    data = fake_results().data
    assert set(data.data_vars) == set(INDICATORS)
    assert dict(data.sizes) == {"month": 12, "authority": 2}
    assert data["authority"].values.tolist() == ["Gwynedd", "Cardiff"]
    assert str(data["month"].values[0])[:10] == "2013-04-01"
    assert str(data["month"].values[-1])[:10] == "2014-03-01"
    for name, column in data.items():
        assert column.dtype == np.float64
        assert {"unit", "long_name", "meaning"} <= set(column.attrs), name


def test_people_are_weighted():
    results = fake_results(weights=(300.0, 250.0))
    counted = results.tallies.month[:, :, Tally.CITIZENS]
    np.testing.assert_array_equal(results.data["citizens"], counted * [300.0, 250.0])


def test_the_nation_is_the_sum_of_its_councils_and_means_are_by_citizens():
    results = fake_results()
    data, nation = results.data, results.national()
    for name in ("need_hours", "citizens", "council_cost", "budget"):
        np.testing.assert_allclose(nation[name], data[name].sum("authority"), rtol=1e-12)
    for name in ("wellbeing", "trust", "package_share", "eligibility_line"):
        expected = (data[name] * data["citizens"]).sum("authority") / data["citizens"].sum("authority")
        np.testing.assert_allclose(nation[name], expected, rtol=1e-12)
    expected = nation["unmet_hours"] / nation["need_hours"]
    np.testing.assert_allclose(nation["unmet_share"], expected, rtol=1e-12)


def test_groups_add_up_to_the_nation():
    results = fake_results(years=2)
    summed = results.groups.sum(["sex", "age_band", "fifth", "setting"])
    for name in ("need_hours", "citizens", "carers_50_plus"):
        yearly = results.national()[name].values.reshape(2, 12).mean(axis=1)
        np.testing.assert_allclose(summed[name], yearly, rtol=1e-9)
    assert results.groups["sex"].values.tolist() == ["men", "women"]
    assert results.groups["age_band"].values[-1] == "85 and over"


def test_a_frame_is_tidy():
    results = fake_results()
    frame = results.frame()
    assert list(frame.columns) == ["month", "authority", "indicator", "value"]
    assert len(frame) == 12 * 2 * len(INDICATORS)
    row = frame[(frame.authority == "Cardiff") & (frame.indicator == "deaths")].iloc[4]
    assert row.value == results.data["deaths"].sel(authority="Cardiff").values[4]


def test_citizens_are_the_living_in_words_and_hours():
    results = fake_results()
    citizens = results.citizens()
    content = results.state.content()
    assert len(citizens) == 70
    assert citizens["id"].is_unique
    assert set(citizens["sex"]) == {"male", "female"}
    assert set(citizens["authority"]) == {"Gwynedd", "Cardiff"}
    assert (citizens["age"].to_numpy() == (11 - content["birth_month"]) // 12).all()
    assert (citizens["wellbeing"].to_numpy() == content["wellbeing"]).all()
    np.testing.assert_allclose(citizens["kin_hours"], content["received"][:, :, 1].sum(axis=1) / 260)
    assert (citizens["partner"].to_numpy() == content["partner"]).all()


def test_the_hash_is_of_the_content_and_not_of_the_engine():
    results = fake_results()
    same = replace(fake_results(), engine="agents")
    assert results.content_hash() == same.content_hash()
    month = results.tallies.month.copy()
    month[5, 1, 7] += 1
    others = [
        replace(results, seed=2),
        replace(results, tallies=Tallies(month, results.tallies.group)),
        replace(results, prices=results.prices + 1),
        replace(results, scenario=a_scenario(**{"funding.home_support_share": 0.5})),
        replace(results, decided=(results.decided[0]._replace(package_share=np.zeros((12, 2))),)),
    ]
    hashes = {other.content_hash() for other in others}
    assert len(hashes) == len(others)
    assert results.content_hash() not in hashes


def test_saved_results_are_read_back_and_say_where_they_come_from(tmp_path):
    results = fake_results()
    folder = results.save(tmp_path / "deep" / "out")
    assert load_dataset(folder / "months.nc").identical(results.data)
    assert load_dataset(folder / "groups.nc").identical(results.groups)
    about = load_provenance(folder)
    assert about["scenarios"][0]["question"] == "What if?"
    assert about["content_hash"] == results.content_hash()
    assert about["seed"] == 1
    assert set(about["versions"]) == {"copro_sim", "sources", "python", "numpy", "numba"}
    assert sorted(p.name for p in folder.iterdir()) == ["groups.nc", "months.csv", "months.nc", "provenance.json"]


@pytest.mark.parametrize("part", range(8))
def test_one_flipped_bit_is_refused(tmp_path, part):
    path = fake_results().save(tmp_path) / "months.nc"
    content = bytearray(path.read_bytes())
    content[len(content) * part // 8 + 3] ^= 1 << part
    path.write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        load_dataset(path)


def test_what_is_missing_or_unlisted_is_refused(tmp_path):
    folder = fake_results().save(tmp_path)
    with pytest.raises(ValueError, match="cannot be read"):
        load_dataset(folder / "none.nc")
    (folder / "other.nc").write_bytes(b"anything")
    with pytest.raises(ValueError, match="not the file that was saved"):
        load_dataset(folder / "other.nc")
    (folder / "provenance.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="no provenance"):
        load_dataset(folder / "months.nc")
