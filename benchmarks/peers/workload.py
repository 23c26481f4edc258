"""The workload that every peer lives, and how each is timed; README.md beside this says it in words.

Each peer is a script with one function `build(bonds, months, seed, threads)`, which makes the agents and returns a
function that lives the months; `measured` times that function and prints what came of it as JSON. Nothing here needs
more than numpy, so that a peer may run in an environment of its own.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

COMMUNITY = 2_000
BONDS = 10
NEED_CHANCE = 0.2
MOST_NEED = 8
SPARE = 4
ROUNDS = 3
MOST_DEBT = 20
TRUST = 0.5
GAIN = 0.10
LOSS = 0.05


class Outcome(NamedTuple):
    """What came of it, agent by agent."""

    given: np.ndarray
    """Hours given over all months, [agent]."""
    balance: np.ndarray
    """Credits held at the end, hours, [agent]."""
    trust: np.ndarray
    """Trust in each bond at the end, [agent, bond]."""


Build = Callable[[np.ndarray, int, int, int], Callable[[], Outcome]]


def network(agents: int, seed: int) -> np.ndarray:
    """Return whom each agent may ask: [agent, bond], others of the same community, anybody at most once."""
    made, own = np.random.default_rng(seed), np.arange(agents)
    step, again = np.zeros((agents, BONDS), np.int64), own
    while len(again):
        step[again] = np.sort(made.integers(1, COMMUNITY, (len(again), BONDS)), axis=1)
        again = np.flatnonzero((np.diff(step, axis=1) == 0).any(axis=1))
    bonds: np.ndarray = own[:, None] // COMMUNITY * COMMUNITY + (own[:, None] + step) % COMMUNITY
    return bonds


def by_community(values: np.ndarray) -> tuple[float, float]:
    """Return the mean over communities, which do not touch, and its standard error."""
    means = values.reshape(-1, COMMUNITY).mean(axis=1)
    return float(means.mean()), float(means.std(ddof=1) / len(means) ** 0.5)


def measured(build: Build) -> None:
    """Live the workload as the command line says and print how long it took and what came of it, as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=1)
    chosen = parser.parse_args()
    build(network(COMMUNITY, 0), 2, 0, chosen.threads)()  # what is compiled or imported on first use is not timed
    bonds = network(chosen.agents, 1)
    walls, processors = [], []
    for _ in range(chosen.repeats):
        live = build(bonds, chosen.months, 1, chosen.threads)
        wall, processor = time.perf_counter(), time.process_time()
        outcome = live()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    steps = chosen.agents * chosen.months
    checks = {
        "hours given a month": outcome.given / chosen.months,
        "variance of balances": outcome.balance.astype(float) ** 2,
        "trust": np.asarray(outcome.trust, float).mean(axis=1),
    }
    figures = {
        "agents": chosen.agents,
        "months": chosen.months,
        "threads": chosen.threads,
        "agent-steps a second": steps / min(walls),
        "agent-steps a processor second": steps / min(processors),
        "credits in all": int(outcome.balance.sum()),
        "checks": {name: by_community(values) for name, values in checks.items()},
    }
    print(json.dumps(figures))
