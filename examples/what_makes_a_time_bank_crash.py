# %% [markdown]
# # What makes a time bank crash?
# In the 1970s a baby-sitting co-op in Washington had too little scrip: everybody saved, nobody went out. It printed more,
# and that helped; then it printed too much, and nobody wanted to baby-sit. Here is a time bank with nothing else in it.
# Everybody now and then wants a favour of an hour, pays an hour of credit for it, and serves others to have enough in hand
# for the months that it takes to earn another hour. Try other amounts of credit.

# %%
import copro_sim as cs
from copro_sim.processes.tally import Tally

bank = cs.load_scenario("time-bank").replace({"run.years": 25, "time_credits.favour_chance": 0.1, "time_credits.caution": 1.0})


def served(scenario):
    """Return the share of requests that were served in the last five years."""
    counted = cs.run(scenario, seed=1).tallies.month[-60:].sum(axis=(0, 1))
    return counted[Tally.EXCHANGES] / counted[Tally.CREDIT_REQUESTS]


# %%
print("credit each   targets fixed   targets that adapt")
for hours in (0.5, 1, 2, 4, 5, 7, 9):
    with_credit = bank.replace({"joining.opening_hours": hours})
    shares = [served(with_credit.replace({"time_credits.target_adapts": adapts})) for adapts in (0, 1)]
    print(f"{hours:>5} hours  {shares[0]:>13.0%}  {shares[1]:>19.0%}")

# %% [markdown]
# With fixed targets of ten hours, more credit serves more, up to ten hours each. Where members notice how easily credit is
# earned, they hold less of it the more there is: fewer volunteer, earning is easier still, and beyond some six hours each
# nobody volunteers at all.
#
# ## Exercise
# Which brings exchange back at nine hours each: hoarders (`joining.hoarder_percent`), or altruists
# (`joining.altruist_percent`)? And which of them does harm at one hour each?

# %% tags=["answer"]
for hours in (1, 9):
    for key in ("joining.hoarder_percent", "joining.altruist_percent"):
        shares = [
            served(bank.replace({"joining.opening_hours": hours, "time_credits.target_adapts": 1, key: percent}))
            for percent in (0.0, 20.0)
        ]
        print(f"{hours} hours each, {key} 0 and 20: {shares[0]:.0%} and {shares[1]:.0%} served")
