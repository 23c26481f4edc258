"""The workload in LASER: a LaserFrame of properties, components of Numba kernels that are called once a tick."""

from collections.abc import Callable

import numba
import numpy as np
from laser.core import LaserFrame
from workload import BONDS, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured


class Needing:
    """A month begins: who needs something, and everybody's time."""

    def __call__(self, model: "Model", tick: int) -> None:
        """Draw everybody's need."""
        people = model.people
        self.draw(people.count, people.need, people.spare, people.balance)

    @staticmethod
    @numba.njit(parallel=True, nogil=True, cache=True)
    def draw(count, need, spare, balance):
        """Draw everybody's need, in parallel."""
        for i in numba.prange(count):
            spare[i] = SPARE
            need[i] = 0
            if np.random.random() < NEED_CHANCE and balance[i] > -MOST_DEBT:  # noqa: NPY002 - what Numba compiles
                need[i] = np.random.randint(1, MOST_NEED + 1)  # noqa: NPY002


class Asking:
    """Who needs something asks, round by round."""

    def __call__(self, model: "Model", tick: int) -> None:
        """Ask and give in rounds; givers are shared, so giving is one thread's, in random order."""
        people = model.people
        for _ in range(ROUNDS):
            askers = np.flatnonzero(people.need[: people.count] > 0)
            model.prng.shuffle(askers)
            self.choose(askers, people.trust, people.chosen, people.ready)
            self.give(
                askers, people.bonds, people.trust, people.chosen, people.ready, people.need, people.spare, people.balance,
                people.given,
            )  # fmt: skip

    @staticmethod
    @numba.njit(parallel=True, nogil=True, cache=True)
    def choose(askers, trust, chosen, ready):
        """Choose whom each asker asks and whether that one is willing, in parallel."""
        for at in numba.prange(len(askers)):
            i = askers[at]
            chosen[i] = np.random.randint(0, BONDS)  # noqa: NPY002
            ready[i] = np.random.random() < trust[chosen[i], i]  # noqa: NPY002

    @staticmethod
    @numba.njit(nogil=True, cache=True)
    def give(askers, bonds, trust, chosen, ready, need, spare, balance, given):
        """Give in the askers' order."""
        for at in range(len(askers)):
            i = askers[at]
            b = chosen[i]
            j = bonds[b, i]
            hours = min(need[i], spare[j]) if ready[i] else 0
            spare[j] -= hours
            need[i] -= hours
            given[j] += hours
            balance[j] += hours
            balance[i] -= hours
            trust[b, i] += GAIN * (1 - trust[b, i]) if hours > 0 else -LOSS * trust[b, i]


class Model:
    """People and components."""

    def __init__(self, bonds: np.ndarray, seed: int) -> None:
        """Make the frame."""
        self.prng = np.random.default_rng(seed)
        self.people = people = LaserFrame(len(bonds))
        for name in ("need", "spare", "balance", "given", "chosen", "ready"):
            people.add_scalar_property(name, dtype=np.int32)
        people.add_vector_property("bonds", BONDS, dtype=np.int32)
        people.add_vector_property("trust", BONDS, dtype=np.float32, default=TRUST)
        people.bonds[:] = bonds.T
        self.components = (Needing(), Asking())

    def run(self, ticks: int) -> None:
        """Call every component once a tick."""
        for tick in range(ticks):
            for component in self.components:
                component(self, tick)


@numba.njit
def seeded(seed):
    """Seed Numba's own generator, in this thread."""
    np.random.seed(seed)  # noqa: NPY002


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months; what is parallel on as many threads as asked for."""
    numba.set_num_threads(threads)
    seeded(seed)
    model = Model(bonds, seed)

    def live() -> Outcome:
        model.run(months)
        people = model.people
        return Outcome(people.given, people.balance, people.trust.T)

    return live


if __name__ == "__main__":
    measured(build)
