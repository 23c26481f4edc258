"""An archive run again: does the same come of it?"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from copro_sim.comparison.replay import replay
from copro_sim.comparison.tasks import Tasks, seed_of_future
from copro_sim.engines.simulate import run
from copro_sim.interchange.population import Population, load_population
from copro_sim.interchange.reading import POPULATION, is_population
from copro_sim.results.archive import ArchiveError, unpack_archive
from copro_sim.results.export import PROVENANCE, load_dataset, load_provenance
from copro_sim.results.provenance import versions
from copro_sim.results.store import Study
from copro_sim.scenario.schema import Scenario


class Rerun(NamedTuple):
    """What came of running something of an archive again: a sentence, and whether it is what the archive holds."""

    said: str
    well: bool


def rerun(file: str | Path) -> list[Rerun]:
    """Check an archive, run something of it again, and say whether the same comes of it.

    Of a run all of it; of a comparison the first future of every scenario; of a sweep the first point.

    Raises
    ------
    ArchiveError
        If the archive is damaged, or holds nothing that can be run again.
    """
    with TemporaryDirectory(prefix="copro-sim-") as name:
        folder = Path(name)
        unpack_archive(file, folder)
        own = folder / POPULATION
        population = load_population(own) if is_population(own) else None
        about = _about(folder, Path(file))
        if about.get("own_processes"):
            raise ArchiveError(f"{file}: was run with processes of somebody's own ({', '.join(about['own_processes'])})")
        then = {key: value for key, value in about["versions"].items() if versions().get(key) != value}
        otherwise = "; ".join(f"{key} was {value} and is {versions().get(key)}" for key, value in then.items())
        found = list(_again(folder, about, population))
    if not found:
        raise ArchiveError(f"{file}: holds nothing that can be run again")
    note = f" Otherwise than then: {otherwise}." if otherwise else ""
    return [one._replace(said=one.said + ("" if one.well else note)) for one in found]


def _about(folder: Path, file: Path) -> dict[str, Any]:
    for place in (folder, folder / "data"):
        if (place / PROVENANCE).exists():
            return load_provenance(place)
    raise ArchiveError(f"{file}: has no {PROVENANCE} where run, compare or sweep leave it")


def _again(folder: Path, about: dict[str, Any], population: Population | None) -> Iterator[Rerun]:
    if "sweep" in about:
        yield _first_point(folder, about, population)
    elif "futures" in about:
        with Study.open(folder) as study:
            names = Tasks.of(study.plan).names
        for name in names:
            replayed = replay(folder, name, 0, population)
            yield Rerun(str(replayed), replayed.well)
    elif "content_hash" in about:
        (scenario,) = _scenarios(about)
        found = run(scenario, seed=about["seed"], population=population).content_hash()
        well = found == about["content_hash"]
        said = "the same comes of it" if well else f"its content is {found[:16]}, not {about['content_hash'][:16]}"
        yield Rerun(f"{scenario.name}, seed {about['seed']}: {said}.", well)


def _scenarios(about: dict[str, Any]) -> list[Scenario]:
    """Return the scenarios of a provenance."""
    raw = [{key: value for key, value in one.items() if key != "content_hash"} for one in about["scenarios"]]
    return [Scenario.of(one) for one in raw]


def _first_point(folder: Path, about: dict[str, Any], population: Population | None) -> Rerun:
    kept = load_dataset(folder / "sweep.nc").isel(point=0, run=0)
    well = True
    for k, scenario in enumerate(_scenarios(about)):
        national = run(scenario, seed=seed_of_future(about["seed"], 0), population=population).national_values()
        well &= all(float(np.mean(national[str(name)])) == float(column[k]) for name, column in kept.data_vars.items())
    return Rerun(f"first point of the sweep: {'the same comes of it' if well else 'something else comes of it'}.", well)
