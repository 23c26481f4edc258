"""Files are whole or not at all, and a folder holds what its provenance lists."""

import pytest

from copro_sim.results.export import containing, save, whole, write_text


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "page.html"
    write_text(path, "old")

    def fail():
        with whole(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_what_an_earlier_provenance_lists_goes_unless_somebody_has_changed_it(tmp_path):
    save(tmp_path, {name: containing(b"old") for name in ("both.csv", "old.csv", "changed.csv")}, {"of": "old"})
    (tmp_path / "changed.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    save(tmp_path, {"both.csv": containing(b"new"), "new.csv": containing(b"new")}, {"of": "new"})
    assert {path.name for path in tmp_path.iterdir()} == {"both.csv", "new.csv", "changed.csv", "notes.txt", "provenance.json"}
    assert (tmp_path / "both.csv").read_bytes() == b"new"
