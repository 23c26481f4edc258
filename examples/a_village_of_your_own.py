# %% [markdown]
# # A village of your own
# The model builds its people from Welsh tables. Perhaps you have a survey, a register, or a street that you know: tables of
# communities, households and citizens are enough. What they do not say is drawn as the model draws its own people.

# %%
from pathlib import Path

import networkx
import pandas as pd

import copro_sim as cs

here = Path("examples/village") if Path("examples/village").is_dir() else Path("village")
citizens = pd.read_csv(here / "citizens.csv")
print(citizens.head().to_string(index=False))
print(f"{len(citizens)} citizens, {(citizens['age'] >= 65).sum()} of them 65 or over")

# %%
people = cs.load_population(here)
results = cs.run(cs.load_scenario("one-village"), population=people, seed=1, years=3)
print(results.national()[["unmet_share", "wellbeing"]].mean().to_pandas().round(3).to_string())

# %% [markdown]
# Every mistake is said at once, with its place. Nothing is run until there is none.

# %%
spoilt = citizens.assign(age=citizens["age"].where(citizens["citizen"] > 2, 130), sex=citizens["sex"].replace("male", "man"))
try:
    cs.population_of(
        communities=pd.read_csv(here / "communities.csv"), households=pd.read_csv(here / "households.csv"), citizens=spoilt
    )
except cs.ScenarioError as error:
    print("\n".join([*str(error).splitlines()[:4], "...", str(error).splitlines()[-1]]))

# %% [markdown]
# Who is bound to whom was drawn, since the village has no `bonds.csv`. It comes back as a graph.

# %%
graph = results.bonds()
print(f"{graph.number_of_nodes()} people, {graph.number_of_edges() / graph.number_of_nodes():.1f} bonds each")
print(f"friends of friends who are friends: {networkx.average_clustering(graph.to_undirected()):.0%}")

# %% [markdown]
# What else you know of your people may come along: a column that begins with `own_` is left alone by the model, and is an
# attribute of each citizen for a behaviour of your own. Here every third sings in a choir.

# %%
tables = {name: pd.read_csv(here / f"{name}.csv") for name in ("communities", "households")}
singers = cs.population_of(**tables, citizens=citizens.assign(own_choir=citizens["citizen"] % 3 == 0))


def sing(community):
    for citizen in community.living():
        if citizen.own_choir:
            citizen.wellbeing = min(10.0, citizen.wellbeing + 0.05)


# whoever is born or comes later does not sing
model = cs.CareModel("one-village", population=singers, own={"own_choir": 0}, processes=cs.MONTH.before("tally", sing))
for _ in range(6):
    model.step()
for sings, group in model.citizens.groupby("own_choir"):
    print(f"{'in the choir' if sings else 'others':<12} {group.agg('wellbeing', sum) / len(group):.2f}")

# %% [markdown]
# ## Exercise
# Let everybody over 80 be in critical need (`need_level` 4) from the start, and compare: how many more hours go unmet? Does it
# matter who is bound to whom, or only how many are old?

# %% tags=["answer"]
frailer = citizens.assign(need_level=citizens["need_level"].where(citizens["age"] <= 80, 4))
older = cs.run(cs.load_scenario("one-village"), population=cs.population_of(**tables, citizens=frailer), seed=1, years=3)
for name, found in (("as it is", results), ("frailer", older)):
    print(f"{name}: {float(found.national()['unmet_hours'].mean() / found.weights[0]):.0f} hours a week unmet in the village")
