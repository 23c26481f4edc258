"""Compiling for the first time, in several processes: what one compiles is kept in a file, from which the others load it.

Nothing but time depends on the others: what they do not live to compile, this one compiles.
"""

import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Thread


class Ahead:
    """Names of what is to be compiled: other processes begin with the first at once, who asks for `rest` with the last.

    Parameters
    ----------
    names
        In order.
    code
        What the other processes run. It reads names, a line each, and writes a line when it has compiled what has that name.
    others
        How many there are, 1 or more.
    """

    def __init__(self, names: Iterable[str], code: str, others: int = 1) -> None:
        """Start the other processes."""
        self._left = deque(names)
        self._dealing = [Thread(target=self._deal, args=(code,), daemon=True) for _ in range(others)]
        for thread in self._dealing:
            thread.start()

    def rest(self) -> Iterator[str]:
        """Yield what is left, the last first; then wait for the others, and yield what they leave behind."""
        yield from iter(self._last, None)
        self.wait()
        yield from iter(self._last, None)

    def wait(self) -> None:
        """Wait until the other processes have ended."""
        for thread in self._dealing:
            thread.join()

    def _last(self) -> str | None:
        try:
            return self._left.pop()
        except IndexError:
            return None

    def _deal(self, code: str) -> None:
        """Give another process one name after the other, until none is left or it has died; then let it end."""
        command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        with suppress(OSError), subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, text=True) as other:
            assert other.stdin is not None
            assert other.stdout is not None
            while self._left:
                try:
                    name = self._left.popleft()
                except IndexError:  # the last was taken meanwhile
                    return
                compiled = False
                try:
                    print(name, file=other.stdin, flush=True)
                    compiled = other.stdout.readline() != ""
                finally:
                    if not compiled:
                        self._left.appendleft(name)
                if not compiled:
                    return
