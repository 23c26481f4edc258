"""The workload in Starsim: a module of states and distributions, stepped by a Sim."""

from collections.abc import Callable

import numpy as np
import starsim as ss
from with_numpy import granted
from workload import BONDS, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured


class Exchange(ss.Module):
    """Need, asking in rounds, credits and trust."""

    def __init__(self, bonds: np.ndarray, seed: int) -> None:
        """Define states, and a distribution for each draw of a step."""
        super().__init__(name="exchange")
        self.define_states(
            ss.FloatArr("need", default=0), ss.FloatArr("spare", default=SPARE), ss.FloatArr("balance", default=0),
            ss.FloatArr("given", default=0),
        )  # fmt: skip
        self.bonds, self.trust = bonds, np.full(bonds.shape, TRUST)
        self.needs, self.hours = ss.bernoulli(p=NEED_CHANCE), ss.randint(low=1, high=MOST_NEED + 1)
        self.choices = [ss.randint(low=0, high=BONDS) for _ in range(ROUNDS)]
        self.willing = [ss.random() for _ in range(ROUNDS)]
        self.order = np.random.default_rng(seed)

    def step(self) -> None:
        """Live one month."""
        self.spare[:] = SPARE
        self.need[:] = 0
        needy = self.needs.filter((self.balance > -MOST_DEBT).uids)
        self.need[needy] = self.hours.rvs(needy)
        for choice, willing in zip(self.choices, self.willing, strict=True):
            askers = (self.need > 0).uids
            bond = choice.rvs(askers).astype(int)
            target, felt = ss.uids(self.bonds[askers, bond]), self.trust[askers, bond]
            ready = willing.rvs(askers) < felt
            hours = np.zeros(len(askers))
            hours[ready] = granted(target[ready], self.need[askers[ready]], self.spare.raw, self.order)
            self.trust[askers, bond] = np.where(hours > 0, felt + GAIN * (1 - felt), felt - LOSS * felt)
            received = np.bincount(target, hours, len(self.bonds))
            self.spare[:] -= received
            self.given[:] += received
            self.balance[:] += received
            self.balance[askers] -= hours
            self.need[askers] -= hours


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months; Starsim uses one thread."""
    exchange = Exchange(bonds, seed)
    when = {"start": 0, "dur": months - 1, "dt": 1}  # the first and the last month are both lived
    sim = ss.Sim(n_agents=len(bonds), modules=exchange, rand_seed=seed, verbose=0, copy_inputs=False, **when)
    sim.init()

    def live() -> Outcome:
        sim.run()
        return Outcome(np.array(exchange.given.values), np.array(exchange.balance.values), exchange.trust)

    return live


if __name__ == "__main__":
    measured(build)
