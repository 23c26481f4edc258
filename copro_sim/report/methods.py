"""The methods paragraph that belongs to a result: what somebody who reports it should say of how it was made."""

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import CLEAR, FEWEST_FOR_CLEAR, SEEDS_PER_DRAW, TENDS
from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR, month_label
from copro_sim.language import N_, _, listed
from copro_sim.results.provenance import versions
from copro_sim.results.results import Results
from copro_sim.scenario.futures import shipped_draws, varied_settings
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.stances import called

_MADE = N_(
    "We used copro_sim {version} (sources {sources}), an agent-based model of care in Wales in which {citizens:,} simulated "
    "citizens of {councils} live month by month from April {start} to March {end}, under rules whose every number is a "
    "documented parameter."
)
_COMPARED = N_(
    "{titles} lived through the same {futures} futures (seed {seed}): common random numbers give every scenario the same "
    "people and shocks, and each future one of {draws} draws of {settings} settings that nobody knows, lived under {seeds} "
    "seeds each. What the past speaks to was drawn from {shipped} sets of values with which a run of 2013 to 2022 gives "
    "what Wales counted; strengths without evidence from the ranges of the stance '{stance}'. Differences are paired by "
    "future; intervals hold 50 and 90 percent of the futures and are no confidence intervals. A finding is called clear "
    "from {clear:.0%} of at least {fewest} futures on one side, and a tendency from {tends:.0%}."
)
_RUN = N_("{titles} was run once, with seed {seed} and every setting at its own value: one run shows no uncertainty.")
_WITH = N_("Computed with Python {python}, numpy {numpy} and numba {numba}; scenarios by content: {hashes}.")


def methods(given: Results | Comparison) -> str:
    """Return the methods paragraph of a run or a comparison; the same result always gives the same text.

    Parameters
    ----------
    given
        What is to be reported.
    """
    used = versions()
    scenarios: tuple[Scenario, ...]
    if isinstance(given, Results):
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
    made = _(
        _MADE, version=__version__, sources=used["sources"], citizens=scenarios[0].population.citizens, start=START_YEAR,
        councils=_("all 22 councils") if councils == 22 else _("{count} of 22 councils", count=councils),
        end=month_label(years * MONTHS_PER_YEAR - 1)[:4],
    )  # fmt: skip
    hashes = ", ".join(f"{scenario.name} {scenario.content_hash[:10]}" for scenario in scenarios)
    return " ".join((made, how, _(_WITH, hashes=hashes, **used)))


def _titles(scenarios: tuple[Scenario, ...]) -> str:
    lines = [" ".join(scenario.title.split()) or scenario.name for scenario in scenarios]
    return listed([_(line) for line in lines])
