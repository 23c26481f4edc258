"""The workload in plain Mesa: an agent class, AgentSet.do and shuffle_do."""

from collections.abc import Callable

import mesa
import numpy as np
from workload import BONDS, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured


class Citizen(mesa.Agent):
    """Somebody who needs help at times and has a little time for others."""

    def __init__(self, model: "Exchange") -> None:
        """Start without credits and with middling trust."""
        super().__init__(model)
        self.bonds: list[Citizen] = []
        self.trust = [TRUST] * BONDS
        self.need = self.spare = self.balance = self.given = 0

    def begin(self) -> None:
        """Begin a month."""
        self.spare, self.need = SPARE, 0
        if self.random.random() < NEED_CHANCE and self.balance > -MOST_DEBT:
            self.need = self.random.randint(1, MOST_NEED)

    def ask(self) -> None:
        """Ask one bound one for help."""
        bond = self.random.randrange(BONDS)
        giver, felt = self.bonds[bond], self.trust[bond]
        hours = min(self.need, giver.spare) if self.random.random() < felt else 0
        giver.spare -= hours
        giver.given += hours
        giver.balance += hours
        self.balance -= hours
        self.need -= hours
        self.trust[bond] = felt + GAIN * (1 - felt) if hours else felt - LOSS * felt


class Exchange(mesa.Model):
    """All citizens."""

    def __init__(self, bonds: np.ndarray, seed: int) -> None:
        """Make the citizens and bind them."""
        super().__init__(rng=seed)
        citizens = list(Citizen.create_agents(self, len(bonds)))
        for citizen, others in zip(citizens, bonds.tolist(), strict=True):
            citizen.bonds = [citizens[other] for other in others]

    def step(self) -> None:
        """Live one month."""
        self.agents.do("begin")
        for _ in range(ROUNDS):
            self.agents.select(lambda citizen: citizen.need > 0).shuffle_do("ask")


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months; Mesa uses one thread."""
    model = Exchange(bonds, seed)

    def live() -> Outcome:
        for _ in range(months):
            model.step()
        return Outcome(*(np.array([getattr(one, name) for one in model.agents]) for name in Outcome._fields))

    return live


if __name__ == "__main__":
    measured(build)
