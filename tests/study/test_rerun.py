"""An archive runs again to the same content, from nothing but itself."""

import json

import pytest
from click.testing import CliRunner

import copro_sim as cs
from copro_sim.cli import cli
from copro_sim.results import export
from copro_sim.results.archive import ArchiveError, pack_archive
from copro_sim.study.rerun import rerun

SMALL = {"population.citizens": 400, "run.years": 1}
VILLAGE = cs.load_scenario("one-village").replace(SMALL)


@pytest.fixture(scope="module")
def people():
    return cs.build_population(VILLAGE.replace({"population.citizens": 450}), seed=9)


def packed(folder):
    pack_archive(folder, folder.with_suffix(".zip"))
    return folder.with_suffix(".zip")


def test_a_run_with_a_population_of_ones_own(people, tmp_path):
    file = packed(cs.run(VILLAGE, seed=5, population=people).save(tmp_path / "run"))
    ((said, well),) = rerun(file)
    assert well
    assert said == "one-village, seed 5: the same comes of it."
    shown = CliRunner().invoke(cli, ["archive", "check", str(file), "--rerun"])
    assert (shown.exit_code, shown.output.splitlines()[-1]) == (0, said)


def test_a_run_of_which_something_else_comes(tmp_path):
    folder = cs.run(VILLAGE, seed=5).save(tmp_path / "run")
    about = json.loads((folder / "provenance.json").read_text())
    about["seed"], about["versions"]["sources"] = 6, "0" * 16
    del about["sha256"]
    export._list(folder, about, about.pop("files"))
    file = packed(folder)
    ((said, well),) = rerun(file)
    assert not well
    assert "sources was 0000000000000000 and is" in said
    assert CliRunner().invoke(cli, ["archive", "check", str(file), "--rerun"]).exit_code == 1


def test_a_comparison_and_its_studies(tmp_path):
    toml = tmp_path / "smaller.toml"
    toml.write_text('extends = "one-village"\nquestion = "And with less?"\n[funding]\nreserved_pounds_per_head = 1.0\n')
    small = ["--citizens", "400", "--years", "1", "--futures", "1", "--stance", "evidence-only", "--out", str(tmp_path / "out")]
    made = CliRunner().invoke(cli, ["compare", "one-village", str(toml), *small])
    assert made.exit_code == 0, made.output
    toml.unlink()
    assert (tmp_path / "out" / "methods.txt").read_text().split()[:3] == ["We", "used", "copro_sim"]
    assert "We used copro_sim" in made.output
    found = rerun(packed(tmp_path / "out"))
    assert [one.well for one in found] == [True, True]
    assert found[1].said.startswith("smaller, future 0: the same")


def test_a_sweep(tmp_path):
    asked = {
        "scenarios": ["one-village"], "years": 1, "citizens": 400, "seeds": 1, "indicators": ["unmet_share", "wellbeing"],
        "factors": {"capacity.invitation_accepted": [0.1, 0.3]},
    }  # fmt: skip
    file = packed(cs.sweep(asked).save(tmp_path / "sweep"))
    assert rerun(file)[0].well


def test_what_cannot_be_run_again_says_so(tmp_path):
    own = cs.run(VILLAGE, seed=5, engine="agents", processes=cs.MONTH.before("tally", lambda community: None))
    with pytest.raises(ArchiveError, match="processes of somebody's own"):
        rerun(packed(own.save(tmp_path / "own")))


def test_the_command_packs_and_refuses_in_words(tmp_path):
    cs.run(VILLAGE, seed=5).save(tmp_path / "run")
    file = tmp_path / "run.zip"
    made = CliRunner().invoke(cli, ["archive", "pack", str(tmp_path / "run"), str(file)])
    assert made.exit_code == 0, made.output
    assert "SHA-256" in made.output
    assert CliRunner().invoke(cli, ["archive", "check", str(file)]).output.endswith("ok, 5 files\n")
    file.write_bytes(file.read_bytes()[:-30])
    refused = CliRunner().invoke(cli, ["archive", "check", str(file)])
    assert refused.exit_code == 2
    assert "is no zip file, or damaged" in refused.output
