"""Compiling for the first time, in two processes: what one compiles is kept in a file, from which the other loads it.

Nothing but time depends on the second: what it does not live to compile, the first compiles.
"""

import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from threading import Thread


class Ahead:
    """Names of what is to be compiled: a second process begins with the first one at once, who asks for `rest` with the last.

    Parameters
    ----------
    names
        In order.
    code
        What the second process runs. It reads names, a line each, and writes a line when it has compiled what has that name.
    """

    def __init__(self, names: Iterable[str], code: str) -> None:
        """Start the second process."""
        self._left = deque(names)
        self._other = subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._dealing = Thread(target=self._deal, daemon=True)
        self._dealing.start()

    def rest(self) -> Iterator[str]:
        """Yield what is left, the last first; then wait for the second process, and yield what it leaves behind."""
        yield from iter(self._last, None)
        self._dealing.join()
        yield from iter(self._last, None)

    def _last(self) -> str | None:
        try:
            return self._left.pop()
        except IndexError:
            return None

    def _deal(self) -> None:
        """Give the second process one name after the other, until none is left or it has died; then let it end."""
        with self._other as other:
            assert other.stdin is not None
            assert other.stdout is not None
            while self._left:
                try:
                    name = self._left.popleft()
                except IndexError:  # the last was taken meanwhile
                    return
                try:
                    print(name, file=other.stdin, flush=True)
                    compiled = other.stdout.readline() != ""
                except OSError:
                    compiled = False
                if not compiled:
                    self._left.appendleft(name)
                    return
