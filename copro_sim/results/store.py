"""The study: one SQLite file that holds a plan and every run of it that has ended, so that no finished run is ever lost.

A run is written in one transaction when it ends. Whoever writes holds the file alone until it closes it. Whoever opens the
file checks its form, and whoever reads a run its checksum: a damaged file is refused, never read.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from copro_sim.results.canonical import canonical_text
from copro_sim.results.plan import Plan, differences
from copro_sim.results.rows import COLUMNS, Row, Run, run_of

STUDY = "study.sqlite"
"""Name of the study in the folder of a comparison."""

APPLICATION_ID = int.from_bytes(b"copr", "big")
"""Tells a study from the SQLite files of other programs."""

FORM = 1
"""Number of the form below: another form, another number."""

_TABLES = (
    "CREATE TABLE plan (content TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT",
    f"CREATE TABLE runs ({COLUMNS}) STRICT",
)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_MOST_DIFFERENCES = 5


class StudyError(ValueError):
    """A study that cannot be used: damaged, in use, of another plan, or not a study."""


class StudyNotWritten(OSError):
    """A study that cannot be written: no room, no right. What was written before is whole."""


class Study:
    """A study that is open, to be read (`Study.open`) or to be written (`Study.begin`); close it, or use `with`.

    Parameters
    ----------
    path
        The file, or the folder in which it is `study.sqlite`.
    """

    def __init__(self, path: str | Path) -> None:
        """Connect; `open` and `begin` check what is there."""
        self.path = Path(path) / STUDY if Path(path).is_dir() else Path(path)
        self.plan: Plan = {}
        self._plan_hash = ""
        self._connection = sqlite3.connect(self.path.absolute().as_uri() + "?mode=rwc", uri=True, timeout=0, isolation_level=None)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return a study to be read.

        Raises
        ------
        StudyError
            If it is not there, damaged, no study, or being written.
        """
        file = Path(path) / STUDY if Path(path).is_dir() else Path(path)
        if not file.is_file():
            raise StudyError(f"{file}: there is no study; `copro-sim compare --out DIR` leaves one in DIR")
        study = cls(file)
        with study._closed_if_refused(), study._reading():
            study._check()
        return study

    @classmethod
    def begin(cls, path: str | Path, plan: Plan, *, resume: bool = False) -> Self:
        """Return a study to be written, held alone until it is closed: a new one, or one to go on with.

        Parameters
        ----------
        path
            The file; its folder is made if it is not there. A finished study is replaced.
        plan
            From `plan_of`.
        resume
            Go on with the runs that are there.

        Raises
        ------
        StudyError
            If what is there is damaged, no study, being written, of another plan, or unfinished and not to be resumed.
        StudyNotWritten
            If it cannot be written.
        """
        file = Path(path)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StudyNotWritten(f"{file.parent}: cannot be made ({error.strerror})") from None
        study = cls(file)
        with study._closed_if_refused():
            with study._writing():
                study._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                study._connection.execute("BEGIN EXCLUSIVE")
            with study._reading():
                new = not study._value("SELECT count(*) FROM sqlite_master") and not study._value("PRAGMA application_id")
                if not new:
                    study._check()
            if new or not resume:
                if not new:
                    study._refuse_unfinished()
                study._replace(plan, new)
            elif found := differences(study.plan, plan):
                more = f"; and {len(found) - _MOST_DIFFERENCES} more" if len(found) > _MOST_DIFFERENCES else ""
                raise StudyError(
                    f"{study.path}: this study has another plan: {'; '.join(found[:_MOST_DIFFERENCES])}{more}. "
                    "Ask for the same as it did, or choose another folder"
                )
            else:
                study._connection.execute("COMMIT")
        return study

    @property
    def size(self) -> int:
        """Number of runs in the plan."""
        return len(self.plan["scenarios"]) * int(self.plan["futures"])

    def keep(self, run: Run) -> None:
        """Write a run that has ended; one that failed before is replaced.

        Raises
        ------
        StudyNotWritten
            If there is no room or no right to write; what was there stays.
        """
        row = run.row(self._plan_hash)
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def runs(self) -> Iterator[Run]:
        """Yield every run that is there, by scenario and future, after comparing it with its checksum.

        Raises
        ------
        StudyError
            If one is damaged.
        """
        with self._reading():
            for row in self._connection.execute("SELECT * FROM runs ORDER BY scenario, future"):
                yield self._checked(row)

    def run(self, scenario: int, future: int) -> Run | None:
        """Return one run, compared with its checksum, or None if it is not there."""
        with self._reading():
            row = self._connection.execute(
                "SELECT * FROM runs WHERE scenario = ? AND future = ?", (scenario, future)
            ).fetchone()
            return None if row is None else self._checked(row)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the study."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def _checked(self, row: Row) -> Run:
        try:
            return run_of(row, self._plan_hash)
        except ValueError as error:
            raise self._damaged(str(error)) from None

    def _check(self) -> None:
        """Refuse anything but a whole study of this form, and read its plan."""
        if self._value("PRAGMA application_id") != APPLICATION_ID:
            raise StudyError(f"{self.path}: is not a study of copro_sim but a file of another program, or a damaged one")
        if (form := self._value("PRAGMA user_version")) != FORM:
            raise StudyError(f"{self.path}: is of form {form} and this copro_sim reads form {FORM}: use the one that wrote it")
        if (found := self._value("PRAGMA integrity_check(1)")) != "ok":
            raise self._damaged(str(found))
        made = self._connection.execute("SELECT sql FROM sqlite_master WHERE sql NOTNULL ORDER BY name").fetchall()
        if made != [(table,) for table in _TABLES]:
            raise self._damaged("its tables are not those of a study")
        rows = self._connection.execute("SELECT content, sha256 FROM plan").fetchall()
        if len(rows) != 1 or _sha256(rows[0][0]) != rows[0][1]:
            raise self._damaged("its plan differs from its checksum")
        self.plan, self._plan_hash = json.loads(rows[0][0]), rows[0][1]

    def _refuse_unfinished(self) -> None:
        """Refuse to replace what would have to be run again."""
        finished = self._value("SELECT count(*) FROM runs WHERE error ISNULL")
        if self._value("SELECT count(*) FROM runs") > 0 and finished < self.size:
            raise StudyError(
                f"{self.path}: holds an unfinished study ({finished} of {self.size} runs). Go on with it by --resume "
                "(resume=True), or choose another folder, or remove it to begin again"
            )

    def _replace(self, plan: Plan, new: bool) -> None:
        """Begin a plan with no run: everything in the transaction that is open."""
        text = canonical_text(plan)
        self.plan, self._plan_hash = json.loads(text), _sha256(text)
        with self._writing():
            for table in _TABLES if new else ("DELETE FROM runs", "DELETE FROM plan"):
                self._connection.execute(table)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {FORM}")
            self._connection.execute("INSERT INTO plan VALUES (?, ?)", (text, self._plan_hash))
            self._connection.execute("COMMIT")

    def _value(self, question: str) -> Any:
        return self._connection.execute(question).fetchone()[0]

    def _damaged(self, why: str) -> StudyError:
        why = " ".join(why.split())
        return StudyError(f"{self.path}: damaged ({why}); nothing was taken from it. Restore it, or remove it and run it again")

    @contextmanager
    def _closed_if_refused(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say in one line what SQLite finds wrong with a file."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in _IN_USE:
                raise self._in_use() from None
            raise self._damaged(str(error)) from None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in one line why SQLite cannot write."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = error.sqlite_errorcode & 0xFF
            if code in _IN_USE:
                raise self._in_use() from None
            if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise self._damaged(str(error)) from None
            raise StudyNotWritten(
                f"{self.path}: cannot be written ({error}); the runs written before are whole"
            ) from None

    def _in_use(self) -> StudyError:
        return StudyError(f"{self.path}: is being written by another process; wait until it has ended")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
