"""The methods paragraph that belongs to a result: what somebody who reports it should say of how it was made."""

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import CLEAR, FEWEST_FOR_CLEAR, SEEDS_PER_DRAW, TENDS
from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR, month_label
from copro_sim.engines.populate import lived_by
from copro_sim.language import N_, _, listed
from copro_sim.results.provenance import versions
from copro_sim.results.results import Results
from copro_sim.scenario.futures import shipped_draws, varied_settings
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.stances import called
from copro_sim.study.sweep import Swept

_MADE = N_(
    "We used copro_sim {version} (sources {sources}), an agent-based model of care in Wales in which {citizens:,} simulated "
    "citizens of {councils} live month by month from April {start} to March {end}, under rules whose every number is a "
    "documented parameter."
)
_COMPARED = N_(
    "{titles} lived through the same futures ({futures} in all, seed {seed}): common random numbers give every scenario the "
    "same people and shocks, and each future a draw of {settings} settings that nobody knows ({draws} in all, each for up to "
    "{seeds} seeds). What the past speaks to was drawn from {shipped} sets of values with which a run of 2013 to 2022 gives "
    "what Wales counted; strengths without evidence from the ranges of the stance '{stance}'. Differences are paired by "
    "future; intervals hold 50 and 90 percent of the futures and are no confidence intervals. A finding is called clear "
    "from {clear:.0%} of at least {fewest} futures on one side, and a tendency from {tends:.0%}."
)
_SWEPT = (
    "{titles} {were} lived at {points} points of a design ({design}, seed {seed}) over {factors}, with {runs} at each point; "
    "every other setting kept its own value."
)
_OWN = N_("Citizens, households and bonds at the start are the authors' own (population {population}).")
_RUN = N_("{titles} was run once, with seed {seed} and every setting at its own value: one run shows no uncertainty.")
_WITH = N_("Computed with Python {python}, numpy {numpy} and numba {numba}; scenarios by content: {hashes}.")


def methods(given: Results | Comparison | Swept) -> str:
    """Return the methods paragraph of a run, a comparison or a sweep; the same result always gives the same text.

    Parameters
    ----------
    given
        What is to be reported.
    """
    used = versions()
    scenarios: tuple[Scenario, ...]
    own = given.population if isinstance(given, Comparison) else getattr(given.population, "content_hash", None)
    if isinstance(given, Swept):
        scenarios = tuple(lived_by(scenario, given.population) for scenario in given.sweep.at()[0])
        years, councils = scenarios[0].run.years, len(scenarios[0].council_names())
        how = _swept(given, scenarios)
    elif isinstance(given, Results):
        scenarios, years, councils = (given.scenario,), given.years, len(given.authorities)
        how = _(_RUN, titles=_titles(scenarios), seed=given.seed)
        if given.own_processes:
            how += " " + _("Processes of the authors' own: {names}.", names=", ".join(given.own_processes))
    else:
        scenarios, years, councils = given.scenarios, given.years, len(given.authorities)
        how = _(
            _COMPARED, titles=_titles(scenarios), futures=given.futures, seed=given.seed,
            draws=-(-given.futures // SEEDS_PER_DRAW), settings=len(varied_settings()), seeds=SEEDS_PER_DRAW,
            shipped=len(shipped_draws()), stance=called(given.stance), clear=CLEAR, fewest=FEWEST_FOR_CLEAR, tends=TENDS,
        )  # fmt: skip
    if own is not None:
        how += " " + _(_OWN, population=own[:10])
    made = _(
        _MADE, version=__version__, sources=used["sources"], citizens=scenarios[0].population.citizens, start=START_YEAR,
        councils=_("all 22 councils") if councils == 22 else _("{count} of 22 councils", count=councils),
        end=month_label(years * MONTHS_PER_YEAR - 1)[:4],
    )  # fmt: skip
    hashes = ", ".join(f"{scenario.name} {scenario.content_hash[:10]}" for scenario in scenarios)
    return " ".join((made, how, _(_WITH, hashes=hashes, **used)))


def _swept(swept: Swept, scenarios: tuple[Scenario, ...]) -> str:
    """Return how a sweep was made."""
    seeds = swept.sweep.seeds
    return _SWEPT.format(
        titles=_titles(scenarios), were="were" if len(scenarios) > 1 else "was", points=swept.data.sizes["point"],
        design=swept.sweep.design, seed=swept.sweep.seed, factors=", ".join(swept.sweep.keys),
        runs="one run" if seeds == 1 else f"{seeds} runs",
    )  # fmt: skip


def _titles(scenarios: tuple[Scenario, ...]) -> str:
    lines = [" ".join(scenario.title.split()) or scenario.name for scenario in scenarios]
    return listed([_(line) for line in lines])
