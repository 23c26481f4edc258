"""`copro-sim compare` in a child process, on comparisons small enough to be stopped in every way twenty times over.

Children are forked from a server that has everything loaded; each is a process of its own, with its own place in the file of
lines that it prints.
"""

import multiprocessing
import os
import resource
import signal
import sys
import time
from pathlib import Path

from copro_sim.results.store import STUDY
from copro_sim.scenario.stances import USUAL

SIZE = 6
"""Runs of the comparison: two scenarios, three futures."""

PATIENCE = 120
"""Seconds after which a child is said to hang."""

_SMALL = """
extends = "one-village"
title = "{title}"
question = "What if?"
[run]
years = 2
[population]
citizens = 450
community_size = 450
[funding]
reserved_pounds_per_head = {reserved}
"""


def scenarios(folder):
    """Write the scenarios that are compared and return their paths."""
    found = []
    for name, reserved in (("poorer", 0.0), ("richer", 3.0)):
        path = Path(folder) / f"{name}.toml"
        path.write_text(_SMALL.format(title=name.title(), reserved=reserved), encoding="utf-8")
        found.append(str(path))
    return found


def _compare(words, lines, fails, room):
    """Run the command in this process; runs with a seed in `fails` fail, files may have `room` bytes."""
    from copro_sim.cli import cli
    from copro_sim.engines import simulate

    signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal: who starts the tests may ignore it
    os.dup2(os.open(lines, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    run = simulate.run

    def run_or_fail(scenario, *, seed, **how):
        if seed in fails:
            raise ArithmeticError("no such luck")
        return run(scenario, seed=seed, **how)

    simulate.run = run_or_fail
    cli(words, prog_name="copro-sim")


class Child:
    """A comparison under way; use `with`, so that none outlives its test."""

    def __init__(self, folder, out, *more, fails=(), room=None):
        """Start comparing into `out`; what it prints is kept in `folder`."""
        self.study = Path(out) / STUDY
        self._lines = Path(folder) / "lines.txt"
        self._lines.write_text("")
        words = ["compare", *scenarios(folder), "--futures", "3", "--stance", USUAL, "--workers", "2"]
        words += ["--out", str(out), *more]
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.comparison.driver", "copro_sim.engines.simulate", "copro_sim.report.page"])
        self._process = context.Process(target=_compare, args=(words, str(self._lines), tuple(fails), room))
        self._process.start()

    def __enter__(self):
        """Return the child."""
        return self

    def __exit__(self, *_):
        """Leave nothing running."""
        self._process.kill()
        self._process.join()

    @property
    def lines(self):
        """What it printed on standard error."""
        return self._lines.read_text().splitlines()

    @property
    def finished(self):
        """Number of runs that it has said are finished."""
        counts = [int(line.split()[0]) for line in self.lines if line.endswith(f" of {SIZE} runs")]
        return max(counts, default=0)

    def stop(self, signal, *, after, later=0.0):
        """Send a signal `later` seconds after so many runs have finished, unless it has ended before; return its status."""
        self._until(lambda: self.finished >= after and self.study.exists())
        time.sleep(later)
        if self._process.is_alive():
            os.kill(self._process.pid, signal)
        return self.status()

    def status(self):
        """Wait for its end and return its exit status."""
        self._process.join(PATIENCE)
        assert not self._process.is_alive(), f"hangs: {self.lines}"
        return self._process.exitcode

    def _until(self, condition):
        start = time.monotonic()
        while not condition() and self._process.is_alive():
            assert time.monotonic() < start + PATIENCE, f"hangs: {self.lines}"
            time.sleep(0.001)
