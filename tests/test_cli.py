"""The command line: quick help, honest exit statuses, and nothing run when anything is wrong."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli
from copro_sim.cli.comparing import FOUR
from copro_sim.comparison.compare import RunsFailed, compare
from copro_sim.engines import memory, simulate
from copro_sim.processes.month import MONTH, name_of
from copro_sim.results.export import save
from copro_sim.results.store import STUDY, Study, StudyError, StudyNotWritten
from copro_sim.scenario.load import load_scenario, shipped_scenarios
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import setting_records
from copro_sim.scenario.tables import TABLES
from tests.results.test_store import PLAN, a_run

WRONG = """question = "What if?"

population.citizens = -5
[funding]
real_growth_percent_per_yaer = 1
"""


class Engine:
    """Stands in for what runs, compares and reports; remembers what it was asked."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked = []
        self.error = self.reasons = None
        self.nobody = False

    def compare(self, scenarios, **how):
        """Pretend to compare."""
        self._ask(scenarios, how)
        return self

    def said_before(self, scenario, **how):
        """Return what is worth saying."""
        self.said = how
        return ["this takes about a week"] if scenario.population.citizens > 1_000_000 else []

    def run(self, scenario, **how):
        """Pretend to run."""
        self._ask([scenario], how)
        return self

    def _ask(self, scenarios, how):
        progress = how.pop("progress")
        for done in range(1, 41):
            progress(done, 40)
        self.asked.append((scenarios, how))
        if self.error:
            raise self.error

    def headlines(self):
        """Return what a comparison found."""
        return ["Co-production beats retreat in 3 of 4 futures."]

    def stance_sentences(self, comparisons):
        """Return what becomes of it by stance."""
        self.compared = comparisons
        return ["It hangs on what one believes."] if len(comparisons) > 1 else []

    def methods(self, given):
        """Say how it was made."""
        return "We used a model."

    def report(self, comparison, directory, others=(), place="Wales", story=None, why=None, lang="en"):
        """Write a page."""
        self.place, self.told, self.reasons, self.lang = place, story, why, lang
        Path(directory).mkdir(parents=True, exist_ok=True)
        page = Path(directory) / "index.html"
        page.write_text("page")
        return page

    def story(self, given, **how):
        """Pretend to follow somebody."""
        how.pop("progress")(1, 2)
        self.followed = (given, how)
        if self.nobody:
            raise ScenarioError([Problem(key="story", message="nobody to follow")])
        return "a story"

    def why(self, comparison, **how):
        """Pretend to run more."""
        self.asked_why = how
        return "reasons"

    def write_story(self, told, folder, *, lang="en"):
        """Return what a story says, and in which languages."""
        return [f"{told} in {folder}, {lang}"]

    def save(self, directory):
        """Write results."""
        self.report(None, directory)
        save(Path(directory), {}, {})


@pytest.fixture
def engine(monkeypatch, tmp_path):
    """Put a stand-in where the engines are, in an empty folder."""
    stand_in = Engine()
    stands_for = {
        "engines.simulate": "run", "engines.estimate": "said_before", "comparison.compare": "compare", "report.page": "report",
        "comparison.by_stance": "stance_sentences", "comparison.story": "story", "comparison.why": "why",
        "report.story": "write_story", "report.methods": "methods",
    }  # fmt: skip
    for name, function in stands_for.items():
        module = ModuleType(f"copro_sim.{name}")
        setattr(module, function, getattr(stand_in, function))
        monkeypatch.setitem(sys.modules, f"copro_sim.{name}", module)
        package = name.split(".")[0]
        if f"copro_sim.{package}" not in sys.modules:
            monkeypatch.setitem(sys.modules, f"copro_sim.{package}", ModuleType(f"copro_sim.{package}"))
    monkeypatch.chdir(tmp_path)
    return stand_in


def call(*words):
    """Run a command in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="copro-sim")


def refused(engine, *words):
    """Return the lines that refuse a command; nothing was run and nothing written."""
    before = sorted(Path().rglob("*"))
    result = call(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert engine.asked == []
    assert sorted(Path().rglob("*")) == before
    return [" ".join(line.split()) for line in result.stderr.splitlines()]


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from click.testing import CliRunner; from copro_sim.cli import cli\n"
        "for words in (['--help'], ['compare', '--help'], ['--version']):\n"
        "    assert CliRunner().invoke(cli, words).exit_code == 0\n"
        "heavy = {'numpy', 'numba', 'pydantic', 'pandas', 'xarray', 'mesa', 'matplotlib', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_compare_compares_the_four_over_shared_futures_under_every_stance(engine):
    result = call("compare", "--futures", 24, "--citizens", "5,000", "--years", 10, "--seed", 3, "--workers", 2, "--out", "a/b")
    assert result.exit_code == 0, result.output
    how = {"seed": 3, "engine": "kernels", "workers": 2, "cluster": None, "resume": False, "population": None}
    folders = {"evidence-only": "a/b", "sceptic": "a/b/sceptic", "advocate": "a/b/advocate"}
    assert [said for _, said in engine.asked] == [
        {**how, "stance": stance, "futures": futures, "study": Path(folders[stance], "study.sqlite")}
        for stance, futures in (("evidence-only", 24), ("sceptic", 12), ("advocate", 12))
    ]
    for scenarios, _ in engine.asked:
        assert [scenario.name for scenario in scenarios] == list(FOUR)
        assert {(scenario.population.citizens, scenario.run.years) for scenario in scenarios} == {(5_000, 10)}
    assert result.stdout.splitlines() == [
        "It hangs on what one believes.", "Co-production beats retreat in 3 of 4 futures.", "", "We used a model.", "",
        "The report is a/b/index.html",
    ]  # fmt: skip


@pytest.mark.parametrize(("futures", "others"), [(1, 1), (10, 10), (16, 10), (40, 20)])
def test_other_stances_take_half_as_many_futures_and_at_least_ten(engine, futures, others):
    assert call("compare", "--futures", futures).exit_code == 0
    assert [how["futures"] for _, how in engine.asked] == [futures, others, others]


def test_progress_counts_the_runs_of_all_stances(engine):
    result = call("compare", "--futures", 10)  # the stand-in says 40 runs each, as many as there are
    lines = [line for line in result.stderr.splitlines() if line.endswith("runs")]
    assert lines == [f"{done} of 120 runs" for done in range(12, 121, 12)]


def test_a_page_of_one_place(engine):
    assert call("compare", "--stance", "sceptic", "--place", "Sir Benfro").exit_code == 0
    assert engine.place == "Sir Benfro"
    assert call("compare", "--stance", "sceptic").exit_code == 0
    assert engine.place == "Wales"


def test_a_page_in_welsh_and_in_both_languages(engine):
    for lang in ("cy", "both"):
        result = call("compare", "--stance", "sceptic", "--lang", lang)
        assert result.exit_code == 0, result.output
        assert engine.lang == lang
        assert result.stdout.count("Co-production beats retreat") == (2 if lang == "both" else 1)
    engine.asked.clear()
    assert refused(engine, "compare", "--lang", "welsh")[0].startswith('--lang = "welsh" must be one of en, cy, both.')


def test_the_page_has_two_futures_of_one_citizen_and_further_runs_if_told_to(engine):
    assert call("compare", "--stance", "sceptic", "--place", "Powys", "--workers", 3).exit_code == 0
    assert (engine.told, engine.reasons) == ("a story", None)
    assert engine.followed[1] == {"place": "Powys", "workers": 3}
    result = call("compare", "--stance", "sceptic", "--why", "--resume")
    assert result.exit_code == 0
    assert engine.reasons == "reasons"
    assert engine.asked_why["folder"] == Path("out/comparison/why")
    assert engine.asked_why["resume"]


def test_further_runs_begin_with_a_population_of_ones_own_and_that_no_story_is_told_is_said(engine):
    village = Path(__file__).parent.parent / "examples" / "village"
    result = call("compare", "--stance", "sceptic", "--population", village, "--why")
    assert result.exit_code == 0, result.output
    ((_, how),) = engine.asked
    assert engine.asked_why["population"] is how["population"]
    assert how["population"].size == 120
    assert engine.told is None
    assert "No futures of one citizen on the page: they are not told with --population." in result.stderr
    both = call("compare", "--stance", "sceptic", "--population", village, "--dask", "tcp://nowhere:1")
    assert "they are not told with --dask and --population." in both.stderr
    assert "No futures" not in call("compare", "--stance", "sceptic").stderr


def test_where_nobody_can_be_followed_the_page_is_written_all_the_same(engine):
    engine.nobody = True
    result = call("compare", "--stance", "sceptic")
    assert result.exit_code == 0
    assert engine.told is None
    assert "No futures of one citizen on the page: nobody to follow." in result.stderr


def test_a_story_is_told_of_two_scenarios_unless_others_are_named(engine):
    result = call("story", "--years", 5, "--seed", 4, "--by", "wellbeing", "--lang", "both")
    assert result.exit_code == 0, result.output
    chosen, how = engine.followed
    assert [(one.name, one.run.years) for one in chosen] == [("retreating-state", 5), ("co-production", 5)]
    assert (how["seed"], how["by"], how["place"]) == (4, "wellbeing", "Wales")
    assert result.stdout.splitlines() == ["a story in out/story, both", "Figures and data are in out/story"]


def test_a_story_that_cannot_be_is_refused_with_everything_that_is_wrong(engine):
    lang, seed, by, few = refused(engine, "story", "co-production", "--by", "wellbein", "--seed", -1, "--lang", "fr")[:4]
    assert lang.startswith("--lang = ")
    assert seed.startswith("--seed = -1")
    assert by == '--by = "wellbein" must be unmet_hours or wellbeing. Did you mean wellbeing?'
    assert "name at least 2" in few


def test_who_is_helped_by_what_is_said_in_one_way():
    from copro_sim.cli.running import _BY
    from copro_sim.comparison.chosen import BY

    assert tuple(BY) == _BY


def test_a_place_that_there_is_not_is_refused_with_everything_else(engine):
    futures, place, _ = refused(engine, "compare", "--place", "Ceredigon", "--futures", 0)
    assert place.startswith('--place = "Ceredigon" must be a council of Wales')
    assert "Did you mean Ceredigion?" in place
    assert futures == "--futures = 0 must be a whole number from 1 to 10,000"


def test_help_says_how_many_futures_the_other_stances_take():
    from copro_sim.cli.comparing import _futures_by_stance

    said = " ".join(call("compare", "--help").stdout.split())
    assert "half as many futures, but at least ten, or all if there are fewer than ten." in said
    assert [_futures_by_stance("all", futures)["sceptic"] for futures in (40, 12, 4)] == [20, 10, 4]


def test_one_stance_may_be_chosen(engine):
    result = call("compare", "--stance", "sceptic", "--futures", 4)
    assert result.exit_code == 0, result.output
    ((_, how),) = engine.asked
    assert (how["stance"], how["futures"], how["study"]) == ("sceptic", 4, Path("out/comparison/study.sqlite"))
    engine.asked.clear()
    assert refused(engine, "compare", "--stance", "skeptic") == [
        '--stance = "skeptic" must be one of sceptic, evidence-only, advocate, all. Did you mean sceptic?',
        "1 problem; nothing was run.",
    ]


def test_run_lives_one_scenario_and_keeps_the_results(engine):
    result = call("run", "one-village", "--engine", "agents", "--out", "there")
    assert result.exit_code == 0, result.output
    (((scenario,), how),) = engine.asked
    assert (scenario.name, scenario.population.citizens, scenario.run.years) == ("one-village", 500, 5)
    assert how == {"seed": 1, "engine": "agents", "workers": None, "cluster": None, "snapshots": None, "resume": False, "keep": 1,
                   "population": None}  # fmt: skip
    assert result.stdout == "We used a model.\n\nThe results are in there\n"
    assert Path("there/index.html").exists()
    assert Path("there/methods.txt").read_text() == "We used a model.\n"


def test_a_population_of_ones_own_is_checked_and_handed_on(engine):
    village = Path(__file__).parent.parent / "examples" / "village"
    assert call("run", "one-village", "--population", village).exit_code == 0
    (((scenario,), how),) = engine.asked
    assert (scenario.population.citizens, how["population"].size) == (120, 120)
    assert call("check", village).output.endswith("village: ok, 120 citizens of Ceredigion\n")
    engine.asked.clear()
    for table in ("communities", "households"):
        Path(f"{table}.csv").write_text((village / f"{table}.csv").read_text())
    Path("citizens.csv").write_text((village / "citizens.csv").read_text().replace("female,69,", "female,690,", 1))
    asked = ("one-village", "time-bank", "--population", ".", "--citizens", "500", "--years", "x")
    assert refused(engine, "compare", *asked)[:3] == [
        '--years = "x" must be a whole number from 1 to 100',
        'citizens.csv:2: age = "690" must be a whole number from 0 to 105',
        "--citizens cannot be chosen: the population has as many as it has; leave it out",
    ]


def test_the_models_own_people_are_written_as_tables(tmp_path):
    made = call("population", "one-village", "--citizens", 60, "--out", tmp_path / "mine", "--parquet")
    assert made.exit_code == 0, made.output
    assert made.output == f"60 citizens are in {tmp_path / 'mine'}\n"
    assert call("check", tmp_path / "mine").exit_code == 0
    assert {path.suffix for path in (tmp_path / "mine").iterdir()} == {".parquet"}


def test_a_run_is_kept_each_april_and_gone_on_with(engine):
    assert call("run", "one-village", "--snapshots", "kept", "--resume", "--keep", 3).exit_code == 0
    ((_, how),) = engine.asked
    assert (how["snapshots"], how["resume"], how["keep"]) == ("kept", True, 3)
    engine.asked.clear()
    Path("file").write_text("precious")
    assert refused(engine, "run", "one-village", "--snapshots", "file/inside", "--keep", "0")[:2] == [
        "--keep = 0 must be a whole number from 1 to 100",
        '--snapshots = "file/inside" cannot be written: not a directory',
    ]


def test_what_a_long_run_takes_is_said_before_it_starts(engine):
    long = call("run", "co-production", "--citizens", "2,000,000", "--workers", 2)
    assert long.stderr.splitlines()[:2] == ["this takes about a week", "4 of 40 years"]
    assert engine.said == {"engine": "kernels", "workers": 2}
    assert call("compare", "--citizens", "2,000,000", "--futures", 5).stderr.startswith("this takes about a week\n")
    assert engine.said == {"engine": "kernels", "workers": None, "runs": 60}
    assert call("run", "co-production").stderr.splitlines()[0] == "4 of 40 years"


def test_that_code_is_compiled_first_is_said_before_anything_runs(engine, monkeypatch):
    monkeypatch.setattr(memory, "compiled", lambda: False)
    lines = call("story").stderr.splitlines()
    assert lines == ["code is compiled first, once, which takes about a minute", "1 of 2 years"]
    assert call("run", "one-village", "--engine", "dask").stderr.startswith(lines[0])
    assert lines[0] not in call("run", "one-village", "--dask", "tcp://nowhere:1").stderr  # its workers compile, not this machine
    monkeypatch.setattr(memory, "compiled", lambda: True)
    assert call("story").stderr == "1 of 2 years\n"


def test_all_bad_input_is_said_at_once_before_anything_runs(engine):
    Path("wales.toml").write_text(WRONG)
    words = ("--citizens", "-5", "--years", "abc", "--seed", "1e3", "--futures", "0", "--engine", "kernel", "--workers", "1.5")
    assert refused(engine, "compare", "wales.toml", "co-prodution", *words, "--out", "wales.toml") == [
        "--citizens = -5 must be a whole number from 50 to 50,000,000",
        '--years = "abc" must be a whole number from 1 to 100',
        "--futures = 0 must be a whole number from 1 to 10,000",
        '--seed = "1e3" must be a whole number from 0 to 9,223,372,036,854,775,807',
        '--engine = "kernel" must be kernels or agents. Did you mean kernels?',
        '--workers = "1.5" must be a whole number from 1 to 1,024',
        "wales.toml:3: population.citizens = -5 must be a whole number from 50 to 50,000,000",
        "wales.toml:5: funding.real_growth_percent_per_yaer unknown setting. "
        "Did you mean real_growth_percent_per_year (-20 to 20, percent a year)?",
        '"co-prodution" is not a scenario that ships. Did you mean co-production? '
        f"There are {', '.join(shipped_scenarios())}; the name of a file ends in .toml",
        '--out = "wales.toml" cannot be written: not a directory',
        "10 problems; nothing was run.",
    ]


@pytest.mark.parametrize("number", ["nan", "inf", "", " ", "0x10", "1.0", "-1", "9" * 5_000])
@pytest.mark.parametrize("option", ["--citizens", "--years", "--seed", "--workers"])
def test_numbers_that_are_none(engine, option, number):
    first, count = refused(engine, "run", "one-village", option, number)
    assert first.startswith(f"{option} = ")
    assert " must be a whole number from " in first
    assert count == "1 problem; nothing was run."


@pytest.mark.parametrize("out", ["file", "file/inside/it", "/proc/nothing/here", "/dev/null", "x" * 500, "a\0b"])
@pytest.mark.parametrize("command", [("run", "one-village"), ("compare",)])
def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(engine, command, out):
    Path("file").write_text("precious")
    first, count = refused(engine, *command, "--out", out)
    assert first.startswith("--out = ")
    assert " cannot be written: " in first
    assert count == "1 problem; nothing was run."
    assert Path("file").read_text() == "precious"


def test_scenarios_that_share_no_futures_are_refused_with_every_setting_that_differs(engine):
    for command in ("compare", "story"):
        lines = refused(engine, command, "one-village", "co-production")
        assert [line.split()[0] for line in lines[:2]] == ["run.years", "population.citizens"]
        assert "differs: one-village has 5, co-production 30" in lines[0]
        assert [line.split(" differs")[0] for line in lines if "(--years does)" in line] == ["run.years"]
        assert [line.split(" differs")[0] for line in lines if line.endswith("that extends the other scenario")][-1:] == [
            "population.councils"
        ]


def test_a_sample_too_small_for_its_councils_and_a_scenario_named_twice(engine):
    assert refused(engine, "run", "co-production", "--citizens", 500)[0].startswith(
        "population.citizens = 500 is too few: 22 councils need at least 1,100"
    )
    assert refused(engine, "compare", "one-village", "one-village")[0] == 'SCENARIOS = "one-village" is there more than once'
    assert refused(engine, "compare", "one-village")[0].startswith("SCENARIOS name at least 2 to compare")


def test_a_failed_run_is_one_line_and_status_1_and_a_traceback_only_on_request(engine, monkeypatch):
    engine.error = ZeroDivisionError("division\nby zero")
    result = call("run", "one-village")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == [
        "failed: ZeroDivisionError: division by zero",
        "If that is a defect, please report it with this line, the command and the scenario file; "
        "with COPRO_SIM_DEBUG=1 it shows where it happened.",
    ]
    assert "Traceback" not in result.output
    assert list(Path().iterdir()) == []
    monkeypatch.setenv("COPRO_SIM_DEBUG", "1")
    assert call("run", "one-village").exception is engine.error


def test_an_interrupted_run_ends_with_130(engine):
    engine.error = KeyboardInterrupt()
    result = call("compare")
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "interrupted"


def test_compare_goes_on_when_told_to(engine):
    said = "There is no out/comparison/study.sqlite to go on with: everything is run from the beginning."
    result = call("compare", "--resume")
    assert result.exit_code == 0
    assert said in result.stderr.splitlines()
    assert [how["resume"] for _, how in engine.asked] == [True, True, True]
    Path("out/comparison/study.sqlite").write_text("")
    assert said not in call("compare", "--resume").stderr


def test_a_finished_study_is_said_to_be_replaced(engine, tmp_path):
    said = f"{tmp_path / STUDY}: the finished study there is replaced."
    for runs in range(4):
        with Study.begin(tmp_path / STUDY, PLAN, resume=True) as study:
            study.keep(a_run(runs // 2, runs % 2))
        assert (said in call("compare", "--out", str(tmp_path)).stderr.splitlines()) == (runs == 3)
    assert said not in call("compare", "--resume", "--out", str(tmp_path)).stderr
    assert said not in call("compare").stderr


@pytest.mark.parametrize(
    ("error", "status", "last"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (RunsFailed("old, future 3 of 20: no luck\n1 of 80 runs failed."), 1, "1 of 80 runs failed."),
        (StudyNotWritten("study.sqlite: cannot be written"), 1, "study.sqlite: cannot be written"),
        (OSError(28, "No space left on device"), 1, "failed: OSError: [Errno 28] No space left on device"),
    ],
)
def test_a_comparison_that_was_stopped_says_how_to_go_on(engine, error, status, last):
    Path("out").mkdir()
    Path("out/study.sqlite").write_text("a study")
    engine.error = error
    result = call("compare", "--out", "out")
    assert result.exit_code == status
    said = "What has finished is kept in out/study.sqlite: the same command with --resume goes on with it."
    lines = result.stderr.splitlines()
    assert (lines.count(said), lines[-1]) == (1, last)


def test_a_study_that_cannot_be_used_is_bad_input(engine):
    engine.error = StudyError("out/study.sqlite: damaged")
    result = call("compare")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, "out/study.sqlite: damaged")
    assert "--resume" not in result.stderr


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Make a study of one run of a village that has failed, and go to its folder."""
    monkeypatch.chdir(tmp_path)
    village = load_scenario("one-village").replace({"population.citizens": 450, "run.years": 1})
    with monkeypatch.context() as broken:
        broken.setattr(simulate, "run", lambda *_, **__: 1 / 0)
        with pytest.raises(RunsFailed):
            compare([village], futures=1, study="out/study.sqlite")
    return village


def test_replay_shows_what_goes_wrong_or_that_the_same_comes_of_it(study, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(simulate, "run", lambda *_, **__: 1 / 0)
        result = call("replay", "out/study.sqlite", "one-village", 0)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "one-village, future 0: fails with ZeroDivisionError: division by zero.\n"
        broken.setenv("COPRO_SIM_DEBUG", "1")
        assert isinstance(call("replay", "out", "one-village", 0).exception, ZeroDivisionError)
    compare([study], futures=1, study="out/study.sqlite", resume=True)
    result = call("replay", "out", "one-village", 0)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "one-village, future 0: the same comes of it as the study keeps.\n"


def test_replay_refuses_what_is_not_there(study):
    for words, last in (
        (("out", "one-vilage", 0), "Did you mean one-village?"),
        (("out", "one-village", 1), "futures are from 0 to 0"),
        (("out", "one-village", "last"), "'last' is not a valid integer."),
        (("elsewhere", "one-village", 0), "leaves one in DIR"),
    ):
        result = call("replay", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines()[-1].endswith(last)


def test_verify_says_what_is_well_and_every_damage(study):
    result = call("verify", "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "out/study.sqlite: 1 of 1 runs, 1 of them failed: ok\n"
    content = bytearray(Path("out/study.sqlite").read_bytes())
    content[len(content) // 2 :] = b""
    Path("out/study.sqlite").write_bytes(content)
    result = call("verify", "out", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    damage, nothing = result.stderr.splitlines()
    assert damage.startswith("out/study.sqlite: damaged (")
    assert nothing.startswith("nowhere: there is nothing to check")


def test_scenarios_are_listed_with_what_they_ask():
    result = call("scenarios")
    assert result.exit_code == 0
    for name in shipped_scenarios():
        assert f"{name}: " in result.stdout
    assert "Is anybody better off, who does" in " ".join(result.stdout.split())


def test_check_says_ok_or_every_problem_of_every_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("wales.toml").write_text(WRONG)
    Path("empty.toml").write_text("")
    assert call("check", "co-production").stdout == "co-production: ok\n"
    result = call("check", "wales.toml", "one-village", "empty.toml")
    assert result.exit_code == 2
    assert result.stdout == "one-village: ok\n"
    assert result.stderr.splitlines()[-2:] == [f"{'empty.toml:':<53}is empty", "3 problems; nothing was run."]


def test_a_study_file_is_checked_as_a_study(engine):
    Path("f.toml").write_text('scenarios = ["one-village"]\nseeds = 2\n[factors]\n"funding.clawback" = [0.0, 0.5, 1.0]\n')
    assert call("check", "f.toml").stdout == "f.toml: ok, a study of one-village: points 3, runs at each 2\n"
    Path("f.toml").write_text('scenarios = ["one-village"]\nsedes = 2\n[factors]\n"funding.clawbak" = [0.0, 0.5]\n')
    said = [" ".join(line.split()) for line in refused(engine, "check", "f.toml")]
    assert said[0] == "f.toml: is checked as a study, since it has factors or scenarios and no question."
    assert [line.split(" ")[0] for line in said[1:-1]] == ["f.toml:2:", "f.toml:4:"]
    assert said[1].endswith("unknown key. Did you mean seeds?")
    assert refused(engine, "run", "f.toml")[0].startswith("f.toml:1: is a study, not a scenario: `copro-sim sweep` runs it")


def test_check_says_that_a_scenario_changes_nothing(engine):
    same = 'extends = "co-production"\nquestion = "Does it?"\n[coproduction]\nbuilders_per_100000 = 5\n'
    Path("same.toml").write_text(same)
    Path("mine.toml").write_text(f"{same}brokers_per_100000 = 7\n")
    said = call("check", "same.toml", "mine.toml", *shipped_scenarios()).stdout.splitlines()
    assert said[:2] == ["same.toml: ok, but nothing in it differs from co-production", "mine.toml: ok"]
    assert said[2:] == [f"{name}: ok" for name in shipped_scenarios()]


def test_explain_says_everything_of_every_setting():
    for key, (_, record) in setting_records().items():
        result = call("explain", key)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"{key}\n  {record.meaning}\n")
        for text in (record.unit, record.source, record.grade, record.role):
            assert text in result.stdout
    assert call("explain", "funding.real_growth_percent_per_year").stdout.splitlines()[2:7] == [
        "  value    -0.7",
        "  range    -20 to 20, percent a year",
        "  unit     percent a year",
        "  kind     number",
        "  futures  varied from -1.5 to 0.5",
    ]


def test_explain_lists_tables_and_beginnings_and_suggests():
    tables = call("explain").stdout.splitlines()
    assert [line.split("  ")[0] for line in tables] == list(TABLES)
    assert len({len(line) - len(line.split("  ", 1)[1].lstrip()) for line in tables}) == 1  # meanings stand in a column
    assert {line.split()[0] for line in call("explain", "coproduction.b").stdout.splitlines()} == {
        key for key in setting_records() if key.startswith("coproduction.b")
    }
    assert "population.councils" in call("explain", "population").stdout
    assert call("explain", "population.councils").stdout.startswith("population.councils\n")
    assert call("explain", "builders_per_100000").stdout.startswith("coproduction.builders_per_100000\n")
    assert "What the scenario asks" in call("explain", "question").stdout
    for typo, meant in (("asking.lable", "label (0 to 1)"), ("sharng", "sharing"), ("fundng.basis", "funding.basis (")):
        result = call("explain", typo)
        assert result.exit_code == 2
        assert f"Did you mean {meant}" in result.stderr


def test_month_is_the_list():
    lines = [line.split() for line in call("month").stdout.splitlines() if line[:2].strip()]
    assert [line[:2] for line in lines] == [[str(k), name_of(process)] for k, process in enumerate(MONTH, 1)]


def test_describe_prints_or_writes_one_document(tmp_path):
    printed = call("describe", "--parameters").stdout
    assert all(f"`{key}`" in printed for key in setting_records())
    path = tmp_path / "new" / "parameters.md"
    assert call("describe", "--parameters", "--out", path).stdout == f"The description is {path}\n"
    assert path.read_text(encoding="utf-8") == printed


def test_describe_offers_every_document():
    from copro_sim.report.describe import DOCUMENTS

    options = [option for parameter in cli.commands["describe"].params for option in parameter.opts]
    assert options == [*(f"--{name}" for name in DOCUMENTS), "--out"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "describe needs one of --odd, --parameters, --trace, --stress, and only one"),
        (("--odd", "--stress"), "describe needs one of --odd, --parameters, --trace, --stress, and only one"),
        (("--odd", "--out", "."), '--out = "." is a folder: name a file'),
        (("--odd", "--out", "file/odd.md"), '--out = "file" cannot be written: '),
    ],
)
def test_describe_refuses_what_it_cannot_do(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("no folder", encoding="utf-8")
    result = call("describe", *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert " ".join(result.stderr.split()).startswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_schema_is_json():
    import json

    assert json.loads(call("schema").stdout)["properties"]["question"]


def test_unknown_commands_and_options_are_refused_with_2():
    assert call("expain").exit_code == 2
    assert call("run", "one-village", "--citizen", "3", "--foo").exit_code == 2
