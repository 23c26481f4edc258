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
from copro_sim.scenario.arguments import is_whole

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
_NOT_WRITTEN = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
)  # fmt: skip
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
        self.path = _file(path)
        self.plan: Plan = {}
        self._plan_hash = ""
        if self.path.exists() and not self.path.is_file() and not self.path.is_dir():
            raise StudyError(f"{self.path}: is not a plain file")  # a pipe or a device might never answer
        with self._explained():
            self._connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return a study to be read.

        Raises
        ------
        StudyError
            If it is not there, damaged, no study, or being written.
        StudyNotWritten
            If the last write was cut off and cannot be undone, since the folder is read-only.
        """
        file = _file(path)
        if not file.is_file():
            raise StudyError(f"{file}: there is no study; `copro-sim compare --out DIR` leaves one in DIR")
        study = cls(file)
        with study._closed_if_refused(), study._explained():
            if study._is_empty():
                raise StudyError(f"{file}: is empty, as when a comparison is stopped before its first run; begin it again")
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
        folder = Path(path).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StudyNotWritten(f"{folder}: cannot be made ({error.strerror})") from None
        study = cls(path)
        with study._closed_if_refused(), study._explained():
            study._execute("PRAGMA locking_mode = EXCLUSIVE")
            study._execute("BEGIN EXCLUSIVE")
            new = study._is_empty()
            if not new:
                study._check()
            if resume and not new:
                study._refuse_another(plan)
            else:
                study._make() if new else study._refuse_unfinished()
                study._put(plan)
            study._execute("COMMIT")
        return study

    @property
    def size(self) -> int:
        """Number of runs in the plan."""
        return len(self.plan["scenarios"]) * int(self.plan["futures"])

    @property
    def finished(self) -> bool:
        """Whether every run of the plan is there and none failed."""
        return bool(self._value("SELECT count(*) FROM runs WHERE error ISNULL") == self.size)

    def keep(self, run: Run) -> None:
        """Write a run that has ended; one that failed before is replaced.

        Raises
        ------
        StudyNotWritten
            If there is no room or no right to write; what was there stays.
        """
        row = run.row(self._plan_hash)
        with self._explained():
            self._execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)

    def runs(self) -> Iterator[Run]:
        """Yield every run that is there, by scenario and future, after comparing it with its checksum.

        Raises
        ------
        StudyError
            If one is damaged.
        """
        with self._explained():
            for row in self._execute("SELECT * FROM runs ORDER BY scenario, future"):
                yield self._checked(row)

    def run(self, scenario: int, future: int) -> Run | None:
        """Return one run, compared with its checksum, or None if it is not there."""
        with self._explained():
            row = self._execute("SELECT * FROM runs WHERE scenario = ? AND future = ?", scenario, future).fetchone()
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

    def _is_empty(self) -> bool:
        """Return whether there is nothing: a new file, or one whose first write was cut off."""
        self._value("SELECT count(*) FROM sqlite_master")  # undoes a write that was cut off
        return self.path.stat().st_size == 0

    def _check(self) -> None:
        """Refuse anything but a whole study of this form, and read its plan."""
        if self._value("PRAGMA application_id") != APPLICATION_ID:
            raise StudyError(f"{self.path}: is not a study of copro_sim but a file of another program, or a damaged one")
        if (form := self._value("PRAGMA user_version")) != FORM:
            raise StudyError(
                f"{self.path}: is of form {form} and this copro_sim reads form {FORM}: use the one that wrote it, or run it again"
            )
        if (found := self._value("PRAGMA integrity_check(1)")) != "ok":
            raise self._damaged(str(found))
        if self._value("PRAGMA page_count") * self._value("PRAGMA page_size") != self.path.stat().st_size:
            raise self._damaged("it is longer than its pages")
        made = self._execute("SELECT sql FROM sqlite_master WHERE sql NOTNULL ORDER BY name").fetchall()
        if made != [(table,) for table in _TABLES]:
            raise self._damaged("its tables are not those of a study")
        rows = self._execute("SELECT content, sha256 FROM plan").fetchall()
        if len(rows) != 1 or _sha256(rows[0][0]) != rows[0][1]:
            raise self._damaged("its plan differs from its checksum")
        self.plan, self._plan_hash = self._plan_of(rows[0][0]), rows[0][1]

    def _plan_of(self, text: str) -> Plan:
        """Return the plan that a text holds; a checksum says that it is as it was written, not who wrote it."""
        try:
            plan = json.loads(text)
            whole = isinstance(plan["scenarios"], list) and is_whole(plan["futures"]) and plan["futures"] > 0
        except (ValueError, KeyError, TypeError, RecursionError):
            whole = False
        if not whole:
            raise self._damaged("its plan is none")
        return dict(plan)

    def _refuse_another(self, plan: Plan) -> None:
        """Refuse to go on with another plan."""
        found = differences(self.plan, plan)
        if found:
            more = f"; and {len(found) - _MOST_DIFFERENCES} more" if len(found) > _MOST_DIFFERENCES else ""
            raise StudyError(
                f"{self.path}: this study has another plan: {'; '.join(found[:_MOST_DIFFERENCES])}{more}. "
                "Ask for the same as it did, or choose another folder"
            )

    def _refuse_unfinished(self) -> None:
        """Refuse to replace what would have to be run again."""
        ended, finished = self._value("SELECT count(*) FROM runs"), self._value("SELECT count(*) FROM runs WHERE error ISNULL")
        if ended and finished < self.size:
            raise StudyError(
                f"{self.path}: holds an unfinished study ({finished} of {self.size} runs). Go on with it by --resume "
                "(resume=True), or choose another folder, or remove it to begin again"
            )

    def _make(self) -> None:
        """Give an empty file its form."""
        for table in _TABLES:
            self._execute(table)
        self._execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._execute(f"PRAGMA user_version = {FORM}")

    def _put(self, plan: Plan) -> None:
        """Begin a plan, with no run."""
        text = canonical_text(plan)
        self.plan, self._plan_hash = json.loads(text), _sha256(text)
        self._execute("DELETE FROM runs")
        self._execute("DELETE FROM plan")
        self._execute("INSERT INTO plan VALUES (?, ?)", text, self._plan_hash)

    def _execute(self, command: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(command, values)

    def _value(self, question: str) -> Any:
        return self._execute(question).fetchone()[0]

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
    def _explained(self) -> Iterator[None]:
        """Say in one line what SQLite finds wrong with the file, or why it cannot use it."""
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # text that is none has no code
            if code in _IN_USE:
                raise StudyError(f"{self.path}: is being written by another process; wait until it has ended") from None
            if code in _NOT_WRITTEN:
                raise StudyNotWritten(f"{self.path}: cannot be written ({error}); the runs written before are whole") from None
            raise self._damaged(str(error)) from None


def _file(path: str | Path) -> Path:
    return Path(path) / STUDY if Path(path).is_dir() else Path(path)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
