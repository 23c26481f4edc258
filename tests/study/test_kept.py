"""A sweep that is there already: what another outcome hangs on is said from its folder, and whatever is no sweep is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray
from click.testing import CliRunner

from copro_sim.cli import cli
from copro_sim.results import export
from copro_sim.results.plan import plan_of
from copro_sim.results.store import STUDY, Study, StudyError
from copro_sim.results.verify import verify
from copro_sim.study.design import sweep_of
from copro_sim.study.kept import load_swept
from copro_sim.study.sensitivity import sensitivity
from copro_sim.study.sweep import Swept

KEYS = ("capacity.invitation_accepted", "care_service.natural_first")
ASKED = {"scenarios": ["one-village"], "years": 1, "citizens": 400, "indicators": ["unmet_share", "wellbeing"]}


def made(design="morris", points=8):
    """Return a sweep in which unmet need hangs on the first factor and wellbeing on the second."""
    asked = sweep_of(ASKED | {"design": design, "points": points, "factors": {key: {"low": 0.0, "high": 1.0} for key in KEYS}})
    x, dims = asked.values(), ("point", "scenario", "run")
    columns = {"unmet_share": 3 * x[:, 0] + x[:, 1], "wellbeing": x[:, 0] - 2 * x[:, 1]}
    data = {name: (dims, column[:, None, None]) for name, column in columns.items()}
    return Swept(asked, xarray.Dataset(data, {key: ("point", x[:, k]) for k, key in enumerate(KEYS)}))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Save a sweep and go where its folder is."""
    monkeypatch.chdir(tmp_path)
    return made().save("village")


def call(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="copro-sim")


def refused(*words):
    """Return the lines that refuse a command, which writes nothing."""
    before = sorted(Path().rglob("*"))
    result = call("sensitivity", *words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert sorted(Path().rglob("*")) == before
    return [" ".join(line.split()) for line in result.stderr.splitlines()]


def test_what_was_saved_is_read_back_whole_without_its_scenarios(folder, monkeypatch):
    monkeypatch.setattr("copro_sim.study.design.load_scenario", lambda name: 1 / 0)
    swept = load_swept(folder)
    monkeypatch.undo()
    assert swept.sweep == made().sweep
    xarray.testing.assert_identical(swept.data, made().data)


def test_another_outcome_is_said_and_kept_beside_the_sweep(folder):
    result = call("sensitivity", folder, "--on", "wellbeing")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].endswith("one-village: Morris's elementary effects")
    assert result.stdout.splitlines()[2].split() == [KEYS[1], "2", "2", "2", "0"]
    kept = pd.read_csv(folder / "sensitivity-wellbeing.csv")
    expected = sensitivity(made(), "wellbeing").table
    assert kept["factor"].tolist() == expected["factor"].tolist() == [KEYS[1], KEYS[0]]
    assert np.allclose(kept["mean_effect"], [2.0, 1.0])
    assert (folder / "sensitivity-wellbeing.svg").read_bytes().startswith(b"<?xml")
    assert call("sensitivity", folder).exit_code == 0
    assert verify(folder).damage == []
    assert {f"sensitivity-unmet_share.{kind}" for kind in ("csv", "svg", "png")} <= set(export.load_provenance(folder)["files"])


def test_all_that_is_wrong_is_said_at_once(folder):
    assert refused("nowhere", "--on", "welbeing") == [
        '--on = "welbeing" unknown indicator. Did you mean wellbeing?',
        "nowhere: there is no sweep; `copro-sim sweep STUDY.toml --out DIR` leaves one in DIR",
        "2 problems; nothing was run.",
    ]
    assert refused(folder, "--on", "lonely")[0] == (
        '--on = "lonely" was not kept by the sweep: there are unmet_share, wellbeing'
    )
    made("latin-hypercube", 10).save("few")
    assert refused("few")[0] == "few: 10 points are too few for Borgonovo's delta: take 64 or more"


def test_whatever_is_no_sweep_or_no_whole_one_is_refused(folder):
    export.save(Path("run"), {}, {"seed": 1})
    assert refused("run")[0].startswith("run: holds no sweep but something else")
    plan = plan_of(tuple(made().sweep.at()[0]), futures=1, seed=1, engine="kernels", sweep=made().sweep.dump())
    Study.begin(Path("begun", STUDY), plan).close()
    assert refused("begun")[0].startswith("begun: holds a sweep that has not ended: the command that began it")
    plan = {key: value for key, value in plan.items() if key != "sweep"}
    Study.begin(Path("compared", STUDY), plan).close()
    assert refused("compared")[0].startswith("compared: holds no sweep but something else")
    (folder / "sweep.nc").write_bytes(b"other")
    assert refused(folder)[0].startswith("village/sweep.nc: damaged or not the file that was saved")


@pytest.mark.parametrize(
    "change", [{"points": 4}, {"design": "sobol"}, {"factors": {}}, {"seed": 2}, {"factors": 3}, {"more": 1}]
)
def test_a_design_that_is_not_that_of_the_data_is_refused(folder, change):
    about = export.load_provenance(folder)
    export._list(folder, about | {"sweep": about["sweep"] | change}, about["files"])
    with pytest.raises(StudyError, match="its design is not what this version makes"):
        load_swept(folder)
