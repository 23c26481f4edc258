# %% [markdown]
# # The small band that teeters
# One practitioner in ten works the co-produced way in April 2013. Nobody trains them, nobody recognises their alliance, and some
# of their posts hang on grants. Does such a band grow, hold, or die out? And is it one band, or twenty-two?

# %%
import matplotlib.pyplot as plt

import copro_sim as cs
from copro_sim.report.style import LINES, SETTINGS

plt.rcParams.update(SETTINGS)
band = cs.load_scenario("small-band").replace({"population.citizens": 8_800, "run.years": 12})


def share_of_adopters(scenario, seed):
    """Return the share of practitioners who practise the co-produced way, [month, council] as a table."""
    counted = cs.run(scenario, seed=seed).practitioners()
    wide = counted.pivot(index="month", columns="authority", values=["adopters", "practitioners"])
    return wide["adopters"] / wide["practitioners"]


# %% [markdown]
# The same band, by itself and with an alliance that is recognised: meetings held, a secretary paid. Practitioners are agents with
# real numbers, some 3,000 in Wales, so that a council of fifty of them has luck of its own.

# %%
futures = {
    "unrecognised": share_of_adopters(band, seed=1),
    "recognised in 2015": share_of_adopters(band.replace({"alliance.recognised_year": 2015}), seed=1),
}
figure, axes = plt.subplots(1, 2, figsize=(9.6, 3.8), sharey=True, layout="constrained")
for panel, (name, share), (colour, _, _) in zip(axes, futures.items(), LINES, strict=False):
    panel.plot(share.index, 100 * share, color=colour, linewidth=0.7, alpha=0.6)
    panel.plot(share.index, 100 * share.mean(axis=1), color="#0b0c0c", linewidth=2.5)
    panel.set_title(f"{name.capitalize()}: each council, and their mean in black")
axes[0].set_ylabel("percent who practise it")
plt.show()

# %% [markdown]
# ## Why they gave up, and who took it up
# Every practitioner who changes does so for a recorded cause.

# %%
CAUSES = ["by_training", "by_peers", "by_leadership", "by_duty", "gave_up_isolated", "gave_up_overloaded", "gave_up_unled",
          "gave_up_without_hope", "left"]  # fmt: skip
for name, changes in (("unrecognised", {}), ("recognised in 2015", {"alliance.recognised_year": 2015})):
    flows = cs.run(band.replace(changes), seed=1).practitioners()[CAUSES].sum()
    print(name, flows.to_dict())

# %% [markdown]
# ## Exercise
# Fewer cases each is one way to save a band, company another. With `practitioners.gives_up_isolated` at zero nobody gives up for
# being alone: how much of the band is left after twelve years? Compare with `practitioners.turnover` at zero.

# %% tags=["answer"]
for key in ("practitioners.gives_up_isolated", "practitioners.turnover"):
    left = share_of_adopters(band.replace({key: 0.0}), seed=1).iloc[-1].mean()
    print(f"{key} = 0: {left:.0%} practise it in the end, {futures['unrecognised'].iloc[-1].mean():.0%} otherwise")
