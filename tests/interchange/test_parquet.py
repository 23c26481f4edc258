"""Parquet: what was written comes back, and a file with any byte changed or cut is refused or still says the same."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import copro_sim as cs
from copro_sim.interchange.parquet import DamagedFile
from copro_sim.scenario.problems import ScenarioError
from tests.comparison.fakes import fake_comparison
from tests.results.fakes import fake_results

FRAME = pd.DataFrame(
    {"month": pd.date_range("2013-04-01", periods=40, freq="MS"), "council": ["Gwynedd", "Ynys Môn"] * 20,
     "hours": np.linspace(0.1, 9.7, 40), "count": np.arange(2**60, 2**60 + 40),
     "partner": pd.array([None, 2**62 + 1] * 20, "Int64")}
)  # fmt: skip


def test_a_frame_comes_back_as_it_was(tmp_path):
    path = cs.save_parquet(FRAME, tmp_path / "deep" / "frame.parquet")
    pd.testing.assert_frame_equal(cs.load_parquet(path), FRAME)
    assert [one.name for one in path.parent.iterdir()] == ["frame.parquet"]


def test_the_same_frame_gives_the_same_bytes(tmp_path):
    one, other = (cs.save_parquet(FRAME, tmp_path / name).read_bytes() for name in ("one.parquet", "other.parquet"))
    assert one == other


@pytest.mark.parametrize("made", [lambda: fake_results(), lambda: fake_comparison({"old": [0.0] * 3, "new": [0.01] * 3})])
def test_results_and_comparisons_say_what_they_are(tmp_path, made):
    import json

    import pyarrow.parquet

    what = made()
    path = cs.save_parquet(what, tmp_path / "what.parquet")
    pd.testing.assert_frame_equal(cs.load_parquet(path), what.frame(), check_dtype=False)
    about = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"copro_sim"])
    assert about["content_hash"] == what.content_hash()
    assert about["seed"] == what.seed
    assert about["versions"]["copro_sim"] == cs.__version__


def test_what_is_no_single_table_is_refused_in_words(tmp_path):
    people = cs.load_population(Path(__file__).parents[2] / "examples" / "village")
    with pytest.raises(ScenarioError, match=r"has several tables: \.save\(FOLDER, parquet=True\) writes them all"):
        cs.save_parquet(people, tmp_path / "x.parquet")
    for what in (3, None, [1], "table"):
        with pytest.raises(ScenarioError, match="must be results, a comparison, a sweep or a pandas DataFrame"):
            cs.save_parquet(what, tmp_path / "x.parquet")
    assert not list(tmp_path.iterdir())


def test_any_byte_that_changes_is_noticed_or_means_nothing(tmp_path):
    content = cs.save_parquet(FRAME, tmp_path / "whole.parquet").read_bytes()
    path, refused = tmp_path / "damaged.parquet", 0
    for at in range(0, len(content), 29):
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << at % 8)]) + content[at + 1 :])
        try:
            pd.testing.assert_frame_equal(cs.load_parquet(path), FRAME)
        except DamagedFile:
            refused += 1
    assert refused > 0.5 * len(content) / 29


def test_every_page_has_a_checksum_that_is_looked_at(tmp_path):
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "theirs.parquet"
    table = pyarrow.table({"hours": np.linspace(0.0, 9.0, 500)})
    pyarrow.parquet.write_table(table, path, write_page_checksum=True, use_dictionary=False, compression=None)
    assert len(cs.load_parquet(path)) == 500
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    assert len(pyarrow.parquet.read_table(path)) == 500
    with pytest.raises(DamagedFile):
        cs.load_parquet(path)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_file_cut_short_is_refused(tmp_path, share):
    path = cs.save_parquet(FRAME, tmp_path / "cut.parquet")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(DamagedFile, match="damaged, or no Parquet file"):
        cs.load_parquet(path)


def test_a_file_that_is_not_there_and_one_that_cannot_be_written_say_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        cs.load_parquet(tmp_path / "nowhere.parquet")
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        cs.save_parquet(FRAME, tmp_path / "file" / "frame.parquet")
