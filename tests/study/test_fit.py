"""What is said and written of a calibration is true of it."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from copro_sim.report.against_wales import against_wales, write_fit
from copro_sim.scenario.futures import fitted_settings, shipped_draws
from copro_sim.study.fit import ENOUGH, Calibration, Fit, moved_by_chance, sentences, table, write_draws, written
from copro_sim.study.targets import fitted, targets

PLAN = Calibration(draws=4, seeds=1, rounds=2, citizens=9_000)
VALUES = np.array([target.value for target in targets()])
TOLERANCES = np.array([target.high - target.value for target in targets()])


def a_fit(missed):
    """Return a fit of four draws, each of which misses so many fitted targets at the end, and all at first."""
    aims = [k for k, target in enumerate(targets()) if target.fitted]
    last = np.tile(VALUES, (4, 1))
    for draw, many in enumerate(missed):
        last[draw, aims[:many]] += 3 * TOLERANCES[aims[:many]]
    settings = [{key: record.value for key, (_, record) in fitted_settings().items()} for _ in range(4)]
    return Fit(PLAN, settings, np.tile(VALUES + 9 * TOLERANCES, (4, 1)), last, 0.1 * TOLERANCES)


def test_draws_that_hit_enough_are_kept():
    enough = next(many for many in range(99) if 1 - (many + 1) / len(fitted()) < ENOUGH)
    fit = a_fit([0, enough, enough + 1, len(fitted())])
    assert fit.kept == [0, 1]
    assert fit.hits(fit.last)[[0, 3]] == pytest.approx([1.0, 0.0])


def test_the_table_is_of_the_kept_draws():
    found = table(a_fit([0, 2, 25, 25])).set_index("target")
    assert sorted(found.index) == sorted(target.name for target in targets())
    first = found.iloc[0]
    assert first["hit"] == 0.5
    assert found.iloc[-1]["hit"] == 1.0
    assert first["median"] == pytest.approx(first["value"] + 1.5 * (first["high"] - first["value"]))


def test_fitted_come_first_and_each_part_by_subject():
    found = table(a_fit([0, 0, 0, 0]))
    assert found["use"].tolist() == sorted(found["use"], key=["fitted", "checked"].index)
    for _, part in found.groupby("use"):
        subjects = part["subject"].tolist()
        assert len(set(subjects)) == 1 + sum(one != other for one, other in pairwise(subjects))


def test_chance_is_what_differs_between_seeds_of_one_draw_and_not_between_draws():
    """Two seeds 2 apart in every draw: standard deviation the root of 2, of the mean of two 1; one seed tells nothing."""
    by_seed = np.array([[[0.0, 5.0], [2.0, 5.0]], [[100.0, 7.0], [102.0, 7.0]]])
    assert moved_by_chance(by_seed).tolist() == pytest.approx([1.0, 0.0])
    assert np.isnan(moved_by_chance(by_seed[:, :1])).all()


@pytest.mark.parametrize(
    ("value", "said"), [(12_940.0, "12,900"), (0.4999, "0.5"), (-0.0901, "-0.0901"), (679_000.0, "679,000"), (0.00468, "0.00468")]
)
def test_numbers_are_written_as_people_read_them(value, said):
    assert written(value) == said


def test_sentences_name_what_most_draws_miss():
    first, kept, missed = sentences(a_fit([1, 1, 1, 25]))
    assert first.startswith(f"Draws hit 0 percent of {len(fitted())} targets at first")
    assert kept == "3 of 4 draws hit at least 80 percent and are kept."
    assert missed.startswith(f"Missed by most of these: {targets()[0].what} (")
    assert targets()[1].what not in missed
    assert sentences(a_fit([0, 0, 0, 0]))[2] == "Missed by most of these: none."


def test_the_figure_counts_hits():
    drawing = against_wales(table(a_fit([2, 2, 2, 2])))
    many, checked = len(fitted()), len(targets()) - len(fitted())
    assert drawing.title == (
        f"Most draws hit {many - 2} of {many} targets to which they were fitted, and {checked} of {checked} to which nothing was"
    )
    assert drawing.svg() == against_wales(table(a_fit([2, 2, 2, 2]))).svg()


def test_a_folder_receives_draws_table_figure_and_page(tmp_path):
    page = write_fit(a_fit([0, 0, 25, 25]), tmp_path / "new").read_text()
    for target in targets():
        assert target.what.replace("'", "&#39;").replace('"', "&#34;") in page
    assert "<script" not in page
    lines = (tmp_path / "new" / "draws.csv").read_text().splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 2
    assert list(rows[0]) == list(fitted_settings())
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "against-wales.png", "against-wales.svg", "draws.csv", "fit.csv", "index.html", "provenance.json",
    ]  # fmt: skip


def test_the_same_draws_come_to_the_same_bytes_wherever_they_are_made(tmp_path, monkeypatch):
    made = []
    for words in (["--seed", "1"], ["--out", "/somewhere/else", "--workers", "7", "--resume"]):
        monkeypatch.setattr("sys.argv", ["copro-sim", "calibrate", *words])
        write_draws(a_fit([0, 0, 25, 25]), tmp_path / "draws.csv")
        made.append((tmp_path / "draws.csv").read_bytes())
    assert made[0] == made[1]


def test_the_page_that_stands_in_the_repository_is_of_the_draws_that_ship():
    root = Path(__file__).parents[2]
    shipped = root / "copro_sim" / "scenario" / "data" / "draws.csv"
    assert (root / "verification" / "against_wales" / "draws.csv").read_bytes() == shipped.read_bytes()
    assert f"{len(shipped_draws())} of " in (root / "verification" / "against_wales" / "index.html").read_text(encoding="utf-8")
