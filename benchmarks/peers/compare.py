"""Agent-steps a second of the same exchange workload in this package and its peers, each as its users write it.

    uv run --group peers python benchmarks/peers/compare.py [--agents 1000000] [--months 24] [--out benchmarks/results]

Every peer runs in a process of its own, and must come to the same hours, balances and trust as the others within
sampling error, with no credit made or lost. Leaves peers.json, peers.svg and peers.png.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.figure import Figure
from workload import COMMUNITY

sys.path.insert(0, str(Path(__file__).parent.parent))
from common import RESULTS, at_least, draw, keep, options, show

from copro_sim.report.style import LINES

HERE = Path(__file__).parent
APART = 6.0
"""Standard errors by which two peers may differ: with errors from the fewest communities, luck does it once in 5,000 times."""

FEWEST = 10
"""Communities at least, so that there is a standard error to speak of."""

_OWN = ("uv", "run", "--no-project", "--isolated", "--python", sys.executable, "--with")


class Peer(NamedTuple):
    """One library in one setting."""

    label: str
    script: str
    threads: int = 1
    share: int = 1
    """Of the agents asked for, one in so many: what takes seconds elsewhere takes slow ones hours."""
    needs: str = ""
    """What it needs in an environment of its own; empty where it lives in the project's."""


PEERS = (
    Peer("Mesa", "with_mesa.py", share=50),
    Peer("mesa-frames, Polars", "with_mesa_frames.py", share=10, needs="mesa-frames==0.1.0a0"),
    Peer("Starsim", "with_starsim.py"),
    Peer("numpy", "with_numpy.py"),
    Peer("LASER", "with_laser.py"),
    Peer("LASER, 2 threads", "with_laser.py", threads=2),
    Peer("copro_sim's kernels", "with_copro_sim.py"),
    Peer("copro_sim's kernels, 2 threads", "with_copro_sim.py", threads=2),
)


def outcome(peer: Peer, agents: int, months: int, repeats: int) -> dict[str, Any]:
    """Return what a peer's script prints, or the `problem` if it does not run."""
    python = [*_OWN, peer.needs, "python"] if peer.needs else [sys.executable]
    size = max(FEWEST, round(agents / peer.share / COMMUNITY)) * COMMUNITY
    numbers = {"agents": size, "months": months, "threads": peer.threads, "repeats": 1 if peer.share > 1 else repeats}
    command = [*python, str(HERE / peer.script), *(part for name, n in numbers.items() for part in (f"--{name}", str(n)))]
    allowed = {**os.environ, "POLARS_MAX_THREADS": str(peer.threads), "OMP_NUM_THREADS": str(peer.threads)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=allowed)
    if done.returncode:
        return {"problem": (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def disagreements(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return, a line each, where a peer's outcome is not the same workload's as that of the last peer that ran."""
    said = []
    lived = {label: one for label, one in found.items() if "problem" not in one}
    *_, measure = lived.values()
    for label, one in lived.items():
        if one["credits in all"] != 0:
            said.append(f"{label}: {one['credits in all']} hours of credits in all; there must be none")
        for name, (mean, error) in one["checks"].items():
            other, other_error = measure["checks"][name]
            if abs(mean - other) > APART * (error**2 + other_error**2) ** 0.5:
                said.append(f"{label}: {name} {mean:.4f} where {other:.4f} was expected, beyond {APART:.0f} standard errors")
    return said


def paint(figure: Figure, speeds: dict[str, float]) -> None:
    """Paint one point for each peer, the figure beside it."""
    axes = figure.subplots()
    axes.plot(list(speeds.values()), list(speeds), "o", color=LINES[0][0])
    for label, speed in speeds.items():
        axes.annotate(f"{speed:.2g}", (speed, label), (8, -4), textcoords="offset points")
    axes.set(title="Million agent-steps in a second of processor time, one thread, the same workload", xscale="log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.margins(x=0.1, y=0.1)


def main() -> None:
    """Run every peer, print the table, say where they disagree, draw, and write JSON."""
    parser = options(__doc__)
    parser.add_argument("--agents", type=at_least(1), default=1_000_000, help="agents; slow peers get a stated share of them")
    parser.add_argument("--months", type=at_least(1), default=24)
    parser.add_argument("--repeats", type=at_least(1), default=3, help="times that fast peers live it; the quickest counts")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the figure and its data")
    chosen = parser.parse_args()
    found = {peer.label: outcome(peer, chosen.agents, chosen.months, chosen.repeats) for peer in PEERS}
    lived = {label: one for label, one in found.items() if "problem" not in one}
    if not lived:
        sys.exit("no peer ran: start with `uv run --group peers python benchmarks/peers/compare.py`")
    slowest = min(one["agent-steps a processor second"] for one in lived.values())
    show(
        f"the same exchange workload, {chosen.months} months: million agent-steps a second",
        ["library", "agents", "wall", "processor", "processor, times slowest"],
        [
            [label, one["agents"], one["agent-steps a second"] / 1e6, one["agent-steps a processor second"] / 1e6,
             one["agent-steps a processor second"] / slowest]
            for label, one in lived.items()
        ],
    )  # fmt: skip
    keep(chosen.json or chosen.out / "peers.json", {"peers": found})
    alone = {label: one["agent-steps a processor second"] / 1e6 for label, one in lived.items() if one["threads"] == 1}
    draw("peers", (9.6, 0.5 + 0.4 * len(alone)), lambda figure: paint(figure, alone), chosen.out)
    problems = [f"{label} did not run: {one['problem']}" for label, one in found.items() if "problem" in one]
    problems += disagreements(found)
    print("\n".join(problems) or "All agree on hours, balances and trust within sampling error; no credit was made or lost.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
