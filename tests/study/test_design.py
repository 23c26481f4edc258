"""Designs: which points they have, and what is refused before anything runs."""

from pathlib import Path

import numpy as np
import pytest

from copro_sim.scenario.problems import ScenarioError
from copro_sim.study.design import Sweep, load_sweep, sweep_of

GROWTH, ACCEPTED = "funding.real_growth_percent_per_year", "capacity.invitation_accepted"
RANGES = {GROWTH: {"low": -2.0, "high": 2.0}, ACCEPTED: {"low": 0.0, "high": 0.5}}
SHIPPED = sorted((Path(__file__).parents[2] / "scenarios" / "studies").glob("*.toml"))


def made(**changes):
    return sweep_of({"scenarios": ["co-production"], "factors": RANGES, "design": "latin-hypercube"} | changes)


def test_a_grid_has_every_combination_and_a_list_the_ones_side_by_side():
    values = {GROWTH: [-1.0, 0.0, 1.0], ACCEPTED: [0.1, 0.2, 0.3]}
    grid, side = (made(factors=values, design=design).values() for design in ("grid", "list"))
    assert len({tuple(row) for row in grid.tolist()}) == 9
    assert side.tolist() == [[-1.0, 0.1], [0.0, 0.2], [1.0, 0.3]]


def test_a_latin_hypercube_has_one_point_in_each_stripe():
    values = made(points=20).values()
    for k, key in enumerate(RANGES):
        low, high = RANGES[key]["low"], RANGES[key]["high"]
        assert sorted(((values[:, k] - low) / (high - low) * 20).astype(int)) == list(range(20))


@pytest.mark.parametrize(("design", "count"), [("sobol", 16 * 4), ("morris", 16 * 3), ("latin-hypercube", 16)])
def test_samples_have_their_size_stay_in_the_ranges_and_depend_on_the_seed_alone(design, count):
    values = made(design=design).values()
    assert values.shape == (count, 2)
    assert (values.min(axis=0) >= [-2.0, 0.0]).all()
    assert (values.max(axis=0) <= [2.0, 0.5]).all()
    assert (values == made(design=design).values()).all()
    assert (values != made(design=design, seed=2).values()).any()


def test_settings_that_are_whole_numbers_are_rounded():
    values = made(factors={"council.first_line": {"low": 1.0, "high": 4.0}}).values()
    assert (values == np.rint(values)).all()


def test_every_point_is_every_scenario_with_its_values_and_all_else_alike():
    points = made(scenarios=["retreating-state", "co-production"], points=3, years=2, citizens=9_000)
    for row, scenarios in zip(points.values(), points.at(), strict=True):
        assert [scenario.name for scenario in scenarios] == ["retreating-state", "co-production"]
        for scenario in scenarios:
            assert [scenario.get(GROWTH), scenario.get(ACCEPTED)] == row.tolist()
            assert (scenario.run.years, scenario.population.citizens) == (2, 9_000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pints": 3}, "unknown key. Did you mean points?"),
        ({"design": "sobel"}, "design"),
        ({"points": 0}, "points"),
        ({"points": 12, "design": "sobol"}, "needs a power of two"),
        ({"seeds": 1.5}, "seeds"),
        ({"scenarios": []}, "scenarios"),
        ({"scenarios": ["co-productoin"]}, "Did you mean co-production?"),
        ({"factors": {}}, "factors"),
        ({"factors": {"funding.real_growth": [1.0]}, "design": "grid"}, "unknown setting"),
        ({"factors": {"funding.basis": [1.0]}, "design": "grid"}, "unknown setting|only settings that are numbers"),
        ({"factors": {GROWTH: [1.0]}}, "needs a range"),
        ({"factors": RANGES, "design": "grid"}, "needs a list of values"),
        ({"factors": {GROWTH: {"low": 1.0, "high": 1.0}}}, "low must be below high"),
        ({"factors": {GROWTH: [1.0], ACCEPTED: [0.1, 0.2]}, "design": "list"}, "as many values of each"),
        ({"factors": {ACCEPTED: [0.1, 7.0]}, "design": "grid"}, "must be a number from 0 to 1"),
        ({"indicators": ["unmet_shar"]}, "Did you mean unmet_share?"),
        ({"factors": RANGES | {"population.citizens": {"low": 100, "high": 1000}}}, "set for all runs alike, by citizens = "),
        ({"factors": {"run.years": [1, 2, 3]}, "design": "grid"}, "run.years +is no factor: .* by years = "),
        ({"points": 2**19, "design": "sobol"}, "2,097,152 runs"),
    ],
)
def test_what_is_no_sweep_is_refused(changes, said):
    with pytest.raises(ScenarioError, match=said):
        made(**changes)


def test_all_mistakes_of_a_file_are_named_at_once_with_their_lines(tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(
        'scenarios = ["co-production"]\nyears = 0\npionts = 3\npoints = 3\ndesign = "sobol"\n[factors]\n'
        '"capacity.invitation_accepted" = "a"\n"funding.clawback" = [0.1]\n'
    )
    with pytest.raises(ScenarioError) as error:
        load_sweep(file)
    lines = {problem.line for problem in error.value.problems}
    assert lines == {2, 3, 4, 7, 8}  # what does not fit the design, too
    assert all(problem.file == str(file) for problem in error.value.problems)


MINE = 'question = "What if?"\nrun.years = 3\n'
STUDY = 'scenarios = ["retreating-state", "mine.toml"]\nyears = 1\ncitizens = 2000\n[factors]\n"funding.clawback" = [0.0]\n'


def test_a_scenario_is_looked_for_beside_the_study_file_then_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "sc"
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY)
    with pytest.raises(ScenarioError, match=r'study.toml:1: scenarios = "sc/mine.toml" +there is no such file'):
        load_sweep("sc/study.toml")
    (tmp_path / "mine.toml").write_text(MINE)
    assert load_sweep("sc/study.toml").scenarios == ("retreating-state", "mine.toml")
    (folder / "mine.toml").write_text(MINE)
    found = load_sweep(Path("sc/study.toml"))
    assert found.scenarios == ("retreating-state", "sc/mine.toml")
    assert sweep_of(found.dump()) == found  # a stored study finds it again from the same folder
    monkeypatch.chdir(folder)
    assert load_sweep("study.toml").scenarios == ("retreating-state", "mine.toml")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a = ", b"x" * 2_000_000])
def test_what_is_no_study_file_is_refused(tmp_path, content):
    file = tmp_path / "study.toml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError):
        load_sweep(file)
    with pytest.raises(ScenarioError, match="there is no such file"):
        load_sweep(tmp_path / "none.toml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_study_that_ships_is_valid(path):
    assert isinstance(load_sweep(path), Sweep)
