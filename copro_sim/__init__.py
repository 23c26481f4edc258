"""Test, citizen by citizen, when co-produced support beats a retreating state: for whom, at what cost, and if at all.

Names are loaded when first used, so that `import copro_sim` and `copro-sim --help` stay quick.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_WHERE = {
    "load_scenario": "copro_sim.scenario.load",
    "shipped_scenarios": "copro_sim.scenario.load",
    "Scenario": "copro_sim.scenario.schema",
    "ScenarioError": "copro_sim.scenario.problems",
    "run": "copro_sim.engines.simulate",
    "CareModel": "copro_sim.engines.model",
    "estimate": "copro_sim.engines.estimate",
    "load_population": "copro_sim.interchange.population",
    "population_of": "copro_sim.interchange.population",
    "Population": "copro_sim.interchange.population",
    "build_population": "copro_sim.engines.populate",
    "save_parquet": "copro_sim.interchange.parquet",
    "load_parquet": "copro_sim.interchange.parquet",
    "pack_archive": "copro_sim.results.archive",
    "check_archive": "copro_sim.results.archive",
    "zoom": "copro_sim.engines.zoom",
    "Citizen": "copro_sim.engines.agents",
    "Results": "copro_sim.results.results",
    "compare": "copro_sim.comparison.compare",
    "Comparison": "copro_sim.comparison.compare",
    "plot": "copro_sim.report.figures",
    "report": "copro_sim.report.page",
    "methods": "copro_sim.report.methods",
    "attribute": "copro_sim.comparison.attribution",
    "break_even": "copro_sim.comparison.break_even",
    "story": "copro_sim.comparison.story",
    "why": "copro_sim.comparison.why",
    "sweep": "copro_sim.study.sweep",
    "sensitivity": "copro_sim.study.sensitivity",
    "discover": "copro_sim.study.sensitivity",
    "MONTH": "copro_sim.processes.month",
    "Process": "copro_sim.processes.own",
    "chance": "copro_sim.processes.own",
    "rule": "copro_sim.core.compiled",
    "whole": "copro_sim.core.compiled",
    "check_parity": "copro_sim.engines.parity",
}

__all__ = ["__version__", *_WHERE]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"copro_sim has no {name!r}; it has {', '.join(sorted(_WHERE))}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
