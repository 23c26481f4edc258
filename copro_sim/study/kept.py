"""A sweep that is there already: read from its folder, without running anything."""

from pathlib import Path
from typing import Any

import numpy as np
import xarray

from copro_sim.interchange.population import load_population
from copro_sim.interchange.reading import POPULATION, is_population
from copro_sim.results.export import PROVENANCE, load_dataset, load_provenance
from copro_sim.results.store import STUDY, Study, StudyError
from copro_sim.study.check import points_of
from copro_sim.study.design import Sweep, sweep_dumped
from copro_sim.study.sweep import Swept

_LEAVES_ONE = "`copro-sim sweep STUDY.toml --out DIR` leaves one in DIR"


def load_swept(folder: str | Path) -> Swept:
    """Return what came of a sweep, from the folder into which `Swept.save` wrote it.

    Its scenarios are not read again: what came of them is there.

    Raises
    ------
    StudyError
        If the folder holds no sweep, or one that has not ended, is damaged, or has a design that this version does not make.
    """
    where = Path(folder)
    about = _about(where)
    if "sweep" not in about:
        raise StudyError(f"{where}: holds no sweep but something else; {_LEAVES_ONE}")
    try:
        data = load_dataset(where / "sweep.nc")
    except ValueError as error:
        raise StudyError(str(error)) from None
    own = where / POPULATION
    return Swept(_sweep(where, about["sweep"], data), data, load_population(own) if is_population(own) else None)


def _about(folder: Path) -> dict[str, Any]:
    """Return the provenance of a sweep's folder, or refuse the folder with what is missing."""
    if not (folder / PROVENANCE).exists():
        if not (folder / STUDY).exists():
            raise StudyError(f"{folder}: there is no sweep; {_LEAVES_ONE}")
        with Study.open(folder) as study:
            if "sweep" not in study.plan:
                raise StudyError(f"{folder}: holds no sweep but something else; {_LEAVES_ONE}")
        raise StudyError(f"{folder}: holds a sweep that has not ended: the command that began it goes on with --resume")
    try:
        return load_provenance(folder)
    except ValueError as error:
        raise StudyError(str(error)) from None


def _sweep(folder: Path, dumped: Any, data: xarray.Dataset) -> Sweep:
    """Return the sweep that was asked for, whose design is that of the data."""
    try:
        sweep = sweep_dumped(dumped)
        lengths = [len(factor) for factor in sweep.factors.values()]
        same = points_of(sweep.design, lengths, sweep.points) == data.sizes["point"] and np.array_equal(
            sweep.values(), np.array([data[key].values for key in sweep.keys]).T
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        same = False
    if not same:
        raise StudyError(f"{folder}: its design is not what this version makes: use the one that wrote it, or run it again")
    return sweep
