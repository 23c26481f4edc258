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
# ## Exercise
# Set every harm of conventional service to zero (`scenario.with_zero("conventional harm")`) in both. Does co-production
# still do what it did?
