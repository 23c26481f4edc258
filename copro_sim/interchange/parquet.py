"""Tables as Parquet: every page with a checksum, the whole content with another; a damaged file is refused, never read."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.results.canonical import content_hash
from copro_sim.results.export import whole
from copro_sim.results.provenance import versions
from copro_sim.scenario.arguments import refuse
from copro_sim.scenario.problems import Problem

_OURS, _CONTENT = b"copro_sim", "content"
NEEDS = "needs pyarrow: install copro-sim[study]"


class DamagedFile(ValueError):
    """A file that is not as it was written, or no Parquet at all."""


def save_parquet(what: Any, path: str | Path) -> Path:
    """Write a table as Parquet with a checksum on every page, whole or not at all, and return its path.

    Parameters
    ----------
    what
        Results of a run, a comparison or a sweep, of which `frame()` is written, or any pandas DataFrame.
    path
        The file; its folder is made if it is not there.

    Raises
    ------
    ScenarioError
        If it is none of these.
    ImportError
        If pyarrow is not there: it comes with the extra `study`.

    Examples
    --------
    >>> frame = pd.DataFrame({"month": [1, 2], "unmet_hours": [3.5, 4.0]})
    >>> load_parquet(save_parquet(frame, folder / "months.parquet")).equals(frame)
    True
    """
    if hasattr(what, "tables"):
        refuse([Problem(key="what", value=what, message="has several tables: .save(FOLDER, parquet=True) writes them all")])
    if not isinstance(what, pd.DataFrame) and not callable(getattr(what, "frame", None)):
        refuse([Problem(key="what", value=what, message="must be results, a comparison, a sweep or a pandas DataFrame")])
    pa, parquet = _arrow()
    frame = what if isinstance(what, pd.DataFrame) else what.frame()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    about = {_CONTENT: _hash(frame), "versions": versions()} | _about(what)
    table = table.replace_schema_metadata({**table.schema.metadata, _OURS: json.dumps(about, sort_keys=True)})
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as temporary:
        parquet.write_table(table, temporary, write_page_checksum=True, compression="zstd")
    return path


def load_parquet(path: str | Path) -> pd.DataFrame:
    """Return a table from a Parquet file, of this or of another program, with the checksums of its pages verified.

    Parameters
    ----------
    path
        The file. If `save_parquet` wrote it, the whole content is compared with its checksum, too.

    Raises
    ------
    DamagedFile
        If it is damaged, or no Parquet.
    OSError
        If it cannot be read.
    ImportError
        If pyarrow is not there: it comes with the extra `study`.
    """
    pa, parquet = _arrow()
    with Path(path).open("rb") as file:
        try:
            table = parquet.read_table(file, page_checksum_verification=True)
            about = json.loads((table.schema.metadata or {}).get(_OURS, b"{}"))
            frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
        except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            why = " ".join(str(error).split())[:200]
            raise DamagedFile(f"{path}: damaged, or no Parquet file ({why})") from None
    if about.get(_CONTENT, _hash(frame) if not about else "") != _hash(frame):
        raise DamagedFile(f"{path}: damaged or changed since it was written: its content has another checksum")
    return frame


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ImportError(f"Parquet {NEEDS}") from None
    return pyarrow, pyarrow.parquet


def _about(what: Any) -> dict[str, Any]:
    """Return the scenarios, seed and content of what was run, as far as it has any."""
    scenarios = getattr(what, "scenarios", None) or ([what.scenario] if hasattr(what, "scenario") else [])
    found: dict[str, Any] = {"scenarios": {scenario.name: scenario.content_hash for scenario in scenarios}} if scenarios else {}
    if hasattr(what, "seed"):
        found["seed"] = what.seed
    if hasattr(what, "content_hash"):
        found["content_hash"] = what.content_hash()
    return found


def _hash(frame: pd.DataFrame) -> str:
    """Return the hash of a frame's names, types of numbers, and values."""
    arrays = [_plain(frame.iloc[:, k]) for k in range(frame.shape[1])]
    return content_hash([str(name) for name in frame.columns], {str(k): array for k, array in enumerate(arrays)})


def _plain(column: "pd.Series[Any]") -> np.ndarray[Any, Any]:
    """Return the values of a column: numbers as they are, all else as the bytes of its text."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufM":
        return column.to_numpy()
    return np.frombuffer("\0".join("" if pd.isna(cell) else f"={cell!r}" for cell in column).encode(), np.uint8)
