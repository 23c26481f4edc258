"""Estimates: time follows from what a few communities cost; a probe is small, whatever is to be run."""

import pytest

import copro_sim as cs
from copro_sim.engines import estimate, memory


def scenario(citizens=100_000, years=10, **changes):
    return cs.load_scenario("co-production").replace({"population.citizens": citizens, "run.years": years} | changes)


@pytest.fixture
def costs(monkeypatch):
    """Let a probe find known costs, on a machine of four processors."""
    monkeypatch.setattr(estimate, "_probe", lambda *asked: estimate._Costs(4e-6, 2e-7, 0.01))
    monkeypatch.setattr(estimate.os, "cpu_count", lambda: 4)


def test_time_is_that_of_all_citizens_months_and_governments_years(costs):
    one = 100_000 * (4e-6 + 12 * 10 * 2e-7)
    assert cs.estimate(scenario()).seconds == pytest.approx(one + 0.1)
    assert cs.estimate(scenario(), years=20).seconds == pytest.approx(100_000 * (4e-6 + 12 * 20 * 2e-7) + 0.2)
    assert cs.estimate(scenario(), workers=2).seconds == pytest.approx(one / 2 + 0.1)
    assert cs.estimate(scenario(), workers=64).seconds == pytest.approx(one / 4 + 0.1)
    assert cs.estimate(scenario(), workers=2, runs=80).seconds == pytest.approx((one + 0.1) * 80 / 2)
    assert cs.estimate(scenario(), runs=3).seconds == pytest.approx(one + 0.1)


def test_memory_is_what_the_process_has_and_what_the_runs_need(costs, monkeypatch):
    monkeypatch.setattr(memory, "in_use", lambda: 1_000)
    monkeypatch.setattr(memory, "available", lambda: 50_000)
    found = cs.estimate(scenario(), workers=3, runs=80)
    assert found.memory == 1_000 + memory.needed(scenario(), workers=3, runs=80)
    assert found.available == 51_000


@pytest.mark.parametrize(
    ("probe", "threads"), [*((estimate._SIZES["kernels"], threads) for threads in (1, 2, 16)), (estimate._SIZES["agents"], 1)]
)
@pytest.mark.parametrize("given", [scenario(), scenario(3_000_000), scenario(1_100), cs.load_scenario("one-village")])
def test_a_probe_is_a_small_part_of_what_is_to_be_run(given, probe, threads):
    small = estimate._few(given, probe, threads)
    assert small.population.citizens <= min(given.population.citizens, probe.citizens)
    assert small.population.community_size <= given.population.community_size
    assert set(small.council_names()) <= set(given.council_names())
    assert small.parameters() == given.parameters()
    if given.population.citizens > 60_000 and probe is estimate._SIZES["kernels"]:
        assert small.population.citizens >= min(60_000, 2 * threads * given.population.community_size)
        assert len(small.council_names()) > 1


@pytest.mark.parametrize("engine", ["kernels", "agents"])
def test_a_probe_measures_every_part(engine):
    assert min(estimate._probe(cs.load_scenario("one-village"), engine, 1)) > 0


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match='engine = "steam"   must be kernels or agents'):
        cs.estimate(scenario(), engine="steam")


def test_only_what_takes_more_than_a_few_seconds_is_announced(costs):
    assert memory.compiled() or cs.run(scenario(1_100, 1))
    assert list(estimate.said_before(scenario(10_000, 30))) == []
    assert list(estimate.said_before(scenario(500, 1, **{"population.councils": ["Cardiff"]}), engine="agents")) == []
    (line,) = estimate.said_before(scenario(10_000, 30), runs=80, workers=4)
    assert line.startswith("this takes about 21 seconds where nothing else runs, and ")
    (line,) = estimate.said_before(scenario(2_000, 30, **{"population.councils": ["Cardiff"]}), engine="agents")
    assert " of memory, of " in line


def test_what_must_be_compiled_first_is_announced(monkeypatch):
    monkeypatch.setattr(memory, "compiled", lambda: False)
    assert list(estimate.said_before(scenario(10_000, 1))) == ["code is compiled first, once, which takes about a minute"]


def test_what_cannot_fit_is_refused_rather_than_estimated(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 10**8)
    with pytest.raises(cs.ScenarioError, match=r"0.1 GB can be had"):
        list(estimate.said_before(scenario(3_000_000)))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (1.4, "1 second"), (40, "40 seconds"), (89, "89 seconds"), (90, "1.5 minutes"), (3_000, "50 minutes"),
     (9_000, "2.5 hours"), (90_000, "25 hours")],
)  # fmt: skip
def test_times_are_said_as_people_say_them(seconds, words):
    assert estimate._duration(seconds) == words
