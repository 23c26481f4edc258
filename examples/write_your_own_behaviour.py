# %% [markdown]
# # Write your own behaviour
# What if every thank-you counted? A process is a plain function over the citizens of a community: write it, say where in the
# month it happens, and the community changes.

# %%
import copro_sim as cs

village = cs.load_scenario("one-village").replace({"population.citizens": 800, "run.years": 3})


def thank(community):
    """Whoever was helped thanks the one who is closest; who is thanked feels that it matters, and remembers it."""
    for citizen in community.living():
        if sum(citizen.received[0]) > 0 and citizen.bonds:
            closest = max(citizen.bonds, key=lambda other: (citizen.bonds[other].strength, other.id))
            closest.thanked += 1
            closest.wellbeing = min(10.0, closest.wellbeing + 0.05)


# %%
models = {
    "as it is": cs.CareModel(village, seed=1),
    "with thanks": cs.CareModel(
        village, seed=1, processes=cs.MONTH.after("sharing", thank), own={"thanked": 0},
        indicators={"thanked": lambda model: model.citizens.agg("thanked", sum)},
    ),
}  # fmt: skip
for name, model in models.items():
    for _ in range(24):
        model.step()
    print(name)
    print(model.datacollector.get_model_vars_dataframe().tail(2).to_string(), end="\n\n")

# %% [markdown]
# Processes that take something away are as easy: `cs.MONTH.without("time_credits")`; `cs.MONTH.replace("sharing", mine)` puts
# yours in the place of another. What a citizen may hold is checked after yours has happened: a mistake is named with month,
# citizen and column.
#
# ## The same for all of Wales
# The kernels engine lives it too once it is written over arrays, from the same rule. `check_parity` says whether the two
# agree to the bit, and if not, where they first part (of one that takes another's place, give it the month:
# `cs.check_parity(cs.MONTH.replace("strain", mine))`); `cs.run(scenario, processes=...)` then compiles it (seconds, once a
# session).


# %%
@cs.rule
def worn(strain, given):
    """Return strain after a month: giving more than twenty hours wears on, less restores."""
    return min(1.0, strain + 0.01) if given > 1200 else max(0.0, strain - 0.01)


def wear_agents(community):
    for citizen in community.living():
        citizen.strain = worn(citizen.strain, citizen.given)


def wear_columns(c, here):
    for i in range(c.id.size):
        if c.life[i] == 1:  # alive
            c.strain[i] = worn(float(c.strain[i]), cs.whole(c.given[i]))


print(cs.check_parity(cs.Process("wear", wear_agents, wear_columns), scenario=village, months=3))

# %% [markdown]
# ## Exercise
# Chance of one's own is keyed, so that it is the same in every engine and order: `cs.chance(clock.seed, citizen.id,
# clock.month, 0)` is between 0 and 1. Let only one in four helped citizens say thanks.


# %% tags=["answer"]
def thank_sometimes(community):
    clock = community.clock
    for citizen in community.living():
        if sum(citizen.received[0]) > 0 and citizen.bonds and cs.chance(clock.seed, citizen.id, clock.month, 0) < 0.25:
            max(citizen.bonds, key=lambda other: (citizen.bonds[other].strength, other.id)).thanked += 1


model = cs.CareModel(village, seed=1, processes=cs.MONTH.after("sharing", thank_sometimes), own={"thanked": 0})
for _ in range(24):
    model.step()
print(model.citizens.agg("thanked", sum), "thanks instead of", models["with thanks"].citizens.agg("thanked", sum))
