# %% [markdown]
# # Direct payments and circles
# A council can hand over the money and step back; or round every holder there is a circle of family, friends and others who
# help to find assistants and keep an eye on things. The money is the same.

# %%
import matplotlib.pyplot as plt

import copro_sim as cs
from copro_sim.report.style import LINES, SETTINGS

plt.rcParams.update(SETTINGS)
small = {"population.citizens": 22_000, "run.years": 8}
NAMES = ("retreating-state", "direct-payments-alone", "citizen-directed-support")
comparison = cs.compare([cs.load_scenario(name).replace(small) for name in NAMES], futures=3, seed=1, stance="advocate")

# %% [markdown]
# Nobody has measured how well a circle protects: these futures believe it as an advocate would.
#
# Paired differences: the same citizens, the same luck, another way of paying.

# %%
WATCHED = ["direct_payment_clients", "not_found_hours", "harmed", "agency", "wellbeing", "unmet_share"]
table = comparison.table(WATCHED)
print(table[["scenario", "title", "reference_mean", "scenario_mean", "difference", "verdict"]].to_string(index=False))

# %%
figure, axes = plt.subplots(1, 2, figsize=(9.6, 3.8), layout="constrained")
for panel, indicator, title in zip(
    axes, ("not_found_hours", "harmed"),
    ("Thousand hours a month for which nobody is found", "People on whom a harm by an assistant weighs"), strict=True,
):
    for name, (colour, dash, _) in zip(NAMES, LINES, strict=False):
        value = comparison.data[indicator].sel(scenario=name).mean("future").rolling(month=12).mean()
        size = 1000 if "hours" in indicator else 1
        panel.plot(value["month"], value / size, color=colour, linestyle=dash, label=comparison.titles[name])
    panel.set_title(title)
axes[0].legend(frameon=False)
plt.show()

# %% [markdown]
# ## Exercise
# Councils feared that assistants would exploit people, and so offered few direct payments. Is the harm that was feared the harm
# that comes? Set `direct_payments.harm` to zero in all three and see what of the difference in wellbeing is left.

# %% tags=["answer"]
harmless = [cs.load_scenario(name).replace(small | {"direct_payments.harm": 0.0}) for name in NAMES]
without = cs.compare(harmless, futures=3, seed=1, stance="advocate")
print(without.table(["wellbeing", "harmed"])[["scenario", "title", "difference", "verdict"]].to_string(index=False))
