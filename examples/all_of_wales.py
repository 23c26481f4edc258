# %% [markdown]
# # All of Wales
# Three million citizens are as easy as ten thousand: the same rules, compiled, community by community. Here are four councils;
# for the whole country change two lines and have a coffee. First ask what it will take.

# %%
import matplotlib.pyplot as plt

import copro_sim as cs
from copro_sim.report.style import LINES, SETTINGS

plt.rcParams.update(SETTINGS)
print(cs.estimate(cs.load_scenario("co-production").replace({"population.citizens": 3_063_000}), years=30))

# %%
some = {
    "population.councils": ["Ceredigion", "Merthyr Tydfil", "Cardiff", "Gwynedd"],
    "population.citizens": 120_000, "run.years": 5,
}  # fmt: skip
runs = {name: cs.run(cs.load_scenario(name).replace(some), seed=1) for name in ("retreating-state", "co-production")}

# %% [markdown]
# Results are xarray, month by council: whatever you would do with a data set, do.

# %%
figure, axes = plt.subplots(1, 4, figsize=(9.6, 3.2), sharey=True, layout="constrained")
for panel, council in zip(axes, some["population.councils"], strict=True):
    for (name, run), (colour, dash, _) in zip(runs.items(), LINES, strict=False):
        share = run.data["unmet_share"].sel(authority=council).rolling(month=12).mean()
        panel.plot(share["month"], 100 * share, color=colour, linestyle=dash, label=name)
    panel.set_title(council)
    panel.tick_params(axis="x", labelrotation=90)
axes[0].set_ylabel("percent of need unmet, year's mean")
axes[0].legend(frameon=False, fontsize=8)
plt.show()

# %% [markdown]
# One of its communities as Mesa agents, with the same future: every citizen can be looked at.

# %%
village = cs.zoom(runs["co-production"], community=0, year=2016)
village.step()
print(len(village.citizens), "citizens;", len(village.citizens.select(lambda citizen: citizen.need_level >= 3)), "in great need")

# %% [markdown]
# ## Exercise
# Does the size of the sample change the answer? Compare the share of unmet need with 30,000 and with 120,000 citizens.

# %% tags=["answer"]
for citizens in (30_000, 120_000):
    run = cs.run(cs.load_scenario("retreating-state").replace(some | {"population.citizens": citizens}), seed=1)
    print(f"{citizens} citizens: {float(run.national()['unmet_share'].mean()):.1%} of need unmet")
