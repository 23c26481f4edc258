"""The workload in mesa-frames: agents are rows of a Polars frame, a month is a chain of expressions."""

from collections.abc import Callable

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from polars import col
from workload import BONDS, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured


class Citizens(AgentSetPolars):
    """All citizens, and a frame of their bonds, one row a bond."""

    def __init__(self, model: "Exchange", bonds: np.ndarray) -> None:
        """Make the citizens and bind them."""
        super().__init__(model)
        none = pl.zeros(len(bonds), dtype=pl.Int64, eager=True)
        self += pl.DataFrame(
            {"unique_id": np.arange(len(bonds)), "need": none, "spare": none, "balance": none, "given": none}
        )
        self.bonds = pl.DataFrame({"target": bonds.ravel(), "trust": np.full(bonds.size, TRUST)})

    def step(self) -> None:
        """Live one month."""
        self.begin()
        for _ in range(ROUNDS):
            self.ask()

    def begin(self) -> None:
        """Begin a month."""
        chance, count = self.model.random, len(self)
        hours = pl.Series(np.where(chance.random(count) < NEED_CHANCE, chance.integers(1, MOST_NEED + 1, count), 0))
        self["need"] = self.agents.select(pl.when(col("balance") > -MOST_DEBT).then(hours).otherwise(0).alias("need"))["need"]
        self["spare"] = pl.repeat(SPARE, count, dtype=pl.Int64, eager=True)

    def ask(self) -> None:
        """Let everybody who needs something ask one bound one; givers serve askers in random order."""
        chance = self.model.random
        asks = self.agents.filter(col("need") > 0).select("unique_id", "need")
        count = len(asks)
        row = asks["unique_id"] * BONDS + pl.Series(chance.integers(0, BONDS, count))
        asks = asks.with_columns(
            self.bonds["target"].gather(row), self.bonds["trust"].gather(row), row.alias("row"),
            pl.Series("ready", chance.random(count)) < self.bonds["trust"].gather(row),
            pl.Series("order", chance.random(count)),
        ).sort("order")  # fmt: skip
        spare = self.agents["spare"].gather(asks["target"])
        wanted = pl.when(col("ready")).then(col("need")).otherwise(0)
        before = wanted.cum_sum().over("target") - wanted
        asks = asks.with_columns(hours=pl.min_horizontal(wanted, (spare - before).clip(0)))
        felt = col("trust")
        after = pl.when(col("hours") > 0).then(felt + GAIN * (1 - felt)).otherwise(felt - LOSS * felt)
        self.bonds = self.bonds.with_columns(self.bonds["trust"].scatter(asks["row"], asks.select(after)["trust"]))
        received = asks.group_by("target").agg(col("hours").sum().alias("received"))
        spent = asks.select("unique_id", col("hours").alias("spent"))
        self.agents = (
            self.agents.join(received, left_on="unique_id", right_on="target", how="left", maintain_order="left")
            .join(spent, on="unique_id", how="left", maintain_order="left")
            .with_columns(col("received").fill_null(0), col("spent").fill_null(0))
            .with_columns(
                need=col("need") - col("spent"),
                spare=col("spare") - col("received"),
                given=col("given") + col("received"),
                balance=col("balance") + col("received") - col("spent"),
            )
            .drop("received", "spent")
        )


class Exchange(ModelDF):
    """All citizens."""

    def __init__(self, bonds: np.ndarray, seed: int) -> None:
        """Make the citizens."""
        super().__init__(seed=seed)
        self.agents += Citizens(self, bonds)

    def step(self) -> None:
        """Live one month."""
        self.agents.do("step")


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months; Polars takes the threads that POLARS_MAX_THREADS allows."""
    model = Exchange(bonds, seed)

    def live() -> Outcome:
        for _ in range(months):
            model.step()
        citizens = model.get_agents_of_type(Citizens)
        agents = citizens.agents.sort("unique_id")
        return Outcome(
            agents["given"].to_numpy(), agents["balance"].to_numpy(), citizens.bonds["trust"].to_numpy().reshape(-1, BONDS)
        )

    return live


if __name__ == "__main__":
    measured(build)
