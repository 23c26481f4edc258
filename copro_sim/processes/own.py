"""Processes of one's own: a plain function over citizens, wherever in the month it belongs, and a month that holds it."""

import inspect
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import ModuleType
from typing import NamedTuple

from copro_sim.core.compiled import rule
from copro_sim.core.draws import Stream, uniform, words

_STREAM = int(Stream.OWN)


class Process(NamedTuple):
    """A process of one's own.

    Parameters
    ----------
    name
        What it is called.
    agents
        A function (community) or (community, p): lets it happen to the `Citizen`s of a community. `p` holds every process's
        parameters, such as `p.sharing.kin_share`.
    columns
        The same over one community's arrays, a function (c, here) or (c, here, p), for the kernels engine; what it calls must be
        marked with `cs.rule`. None: only agents live it.
    """

    name: str
    agents: Callable[..., None]
    columns: Callable[..., None] | None = None


Given = ModuleType | Process | Callable[..., None]
"""A process as it may be given: a plain function is one for agents only, of its own name."""


def name_of(process: ModuleType | Process) -> str:
    """Return the process's short name, as it stands in scenario files."""
    return process.__name__.rpartition(".")[2] if isinstance(process, ModuleType) else process.name


def parameters_taken(function: Callable[..., None]) -> int:
    """Return how many positional parameters a function takes."""
    return len(inspect.signature(function).parameters)


@rule
def chance(seed, who, month, k):
    """Return draw `k` (from 0) of a citizen in a month, from 0 up to 1, for processes of one's own: the same in both engines."""
    word, _, _, _ = words(seed, _STREAM, who, month, k)
    return uniform(word)


class Month(tuple[ModuleType | Process, ...]):
    """The processes of a month, in their order; each method returns another month and leaves this one as it is.

    Examples
    --------
    >>> from copro_sim.processes.month import MONTH
    >>> [name_of(process) for process in MONTH.without("bonds").before("tally", lambda community: None)][-3:]
    ['joining', '<lambda>', 'tally']
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the processes' names, in order."""
        return f"<Month of {', '.join(self.names)}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The processes' names, in order."""
        return tuple(name_of(process) for process in self)

    @property
    def own(self) -> tuple[Process, ...]:
        """Those that are one's own."""
        return tuple(process for process in self if isinstance(process, Process))

    def replace(self, name: str, process: Given) -> "Month":
        """Return a month in which `process` happens instead of the one of that name."""
        at = self._at(name)
        return self._with(at, at + 1, process)

    def before(self, name: str, process: Given) -> "Month":
        """Return a month in which `process` happens just before the one of that name."""
        at = self._at(name)
        return self._with(at, at, process)

    def after(self, name: str, process: Given) -> "Month":
        """Return a month in which `process` happens just after the one of that name."""
        at = self._at(name) + 1
        return self._with(at, at, process)

    def without(self, name: str) -> "Month":
        """Return a month in which the process of that name does not happen."""
        at = self._at(name)
        return Month((*self[:at], *self[at + 1 :]))

    def _with(self, first: int, last: int, process: Given) -> "Month":
        kept = (*self[:first], *self[last:])
        return Month((*self[:first], as_process(process, taken=[name_of(one) for one in kept]), *self[last:]))

    def _at(self, name: str) -> int:
        if name in self.names:
            return self.names.index(name)
        close = get_close_matches(str(name), self.names, 1)
        meant = f": did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"no process {name!r} in the month{meant} It has {', '.join(self.names)}")


def as_process(given: Given, *, taken: Iterable[str] = ()) -> ModuleType | Process:
    """Return a process as months hold it.

    Raises
    ------
    TypeError
        If it is not a process, or its functions take other parameters than they will be given.
    ValueError
        If its name is `taken`.
    """
    if isinstance(given, ModuleType) and hasattr(given, "agents") and hasattr(given, "columns"):
        process: ModuleType | Process = given
    elif isinstance(given, Process):
        process = given
    elif callable(given):
        process = Process(getattr(given, "__name__", type(given).__name__), given)
    else:
        raise TypeError(f"{given!r} is no process: give a function (community) or cs.Process(name, agents, columns)")
    if isinstance(process, Process):
        _check(process)
    if name_of(process) in taken:
        raise ValueError(f"a process named {name_of(process)!r} is in the month already: give yours another name")
    return process


def _check(process: Process) -> None:
    for what, function, said in (
        ("agents", process.agents, ("community", "p")), ("columns", process.columns, ("c", "here", "p")),
    ):  # fmt: skip
        if function is not None and parameters_taken(function) not in (len(said) - 1, len(said)):
            raise TypeError(f"process {process.name}: {what} must be a function ({', '.join(said[:-1])}) or ({', '.join(said)})")
