# %% [markdown]
# # One village, citizen by citizen
# `CareModel` is a Mesa model: `agents`, `AgentSet` selections and `DataCollector` work as everywhere in Mesa.

# %%
import copro_sim as cs
from copro_sim.state.codes import Source

model = cs.CareModel("one-village", seed=1)
for _ in range(12):
    model.step()

# %%
print(model.datacollector.get_model_vars_dataframe().tail(3).to_string())

# %% [markdown]
# Who has needs and gives all the same?

# %%
givers = model.citizens.select(lambda citizen: citizen.need_level > 0 and citizen.given + citizen.credit_given > 0)
for citizen in list(givers)[:5]:
    print(f"{citizen.age} years, need level {citizen.need_level}, gave {citizen.given / 60:.0f} hours this month")

# %% [markdown]
# ## Exercise
# Select everybody with critical need. Who helps them: household, kin, friends, the council? (`citizen.received`)

# %% tags=["answer"]
critical = model.citizens.select(lambda citizen: citizen.need_level == 4)
for source in Source:
    hours = sum(citizen.received[0][source] + citizen.received[1][source] for citizen in critical) / 60
    print(f"{source.name.lower():<14} {hours:8.0f} hours this month")
