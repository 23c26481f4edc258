# %% [markdown]
# # Two futures of Wales
# The state retreats; or the same money is co-produced. Both futures share every shock that policy does not touch, so what
# differs is not luck.

# %%
import copro_sim as cs

small = {"population.citizens": 8_800, "run.years": 6}
scenarios = [cs.load_scenario(name).replace(small) for name in ("retreating-state", "co-production")]

# %%
comparison = cs.compare(scenarios, futures=2, seed=1)
print(comparison.table().to_string())
for sentence in comparison.headlines():
    print("-", sentence)

# %% [markdown]
# A figure, with the finding as its title. `copro-sim compare` makes a whole page of them.

# %%
cs.plot(comparison, "who-meets-need")

# %% [markdown]
# ## Exercise
# Set every harm of conventional service to zero (`scenario.with_zero("conventional harm")`) in both. Does co-production
# still do what it did?

# %% tags=["answer"]
harmless = cs.compare([scenario.with_zero("conventional harm") for scenario in scenarios], futures=2, seed=1)
for name in ("unmet_share", "wellbeing"):
    for label, found in (("as it is", comparison), ("without harms", harmless)):
        print(f"{name}, {label}: {found.table([name])['difference'].iloc[0]:+.4f}")
