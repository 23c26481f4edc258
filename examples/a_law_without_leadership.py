# %% [markdown]
# # A law without leadership
# *You can lead the horse to water.* From April 2016 the Social Services and Well-being (Wales) Act makes co-production a duty.
# In one future that is all that happens. In another the same law comes with leaders, training and money. What does each reach:
# the assessment form, or the citizen?

# %%
import matplotlib.pyplot as plt
import numpy as np

import copro_sim as cs
from copro_sim.report.style import LINES, SETTINGS

plt.rcParams.update(SETTINGS)
small = {"population.citizens": 8_800, "run.years": 12}
NAMES = ("law-without-leadership", "top-down", "top-down-and-bottom-up")
runs = {name: cs.run(cs.load_scenario(name).replace(small), seed=1) for name in NAMES}

# %% [markdown]
# What is said is what the nation is committed to; what is done, the share of assessments that are co-produced. Between the two
# lies the implementation gap.

# %%
figure, axes = plt.subplots(1, 2, figsize=(9.6, 3.8), sharey=True, layout="constrained")
for (name, run), (colour, dash, _) in zip(runs.items(), LINES, strict=False):
    title = cs.load_scenario(name).title
    for panel, indicator in zip(axes, ("commitment", "coproduced_share"), strict=True):
        value = run.national()[indicator]
        panel.plot(value["month"], 100 * value, color=colour, linestyle=dash, label=title)
axes[0].set_title("What is said: commitment, percent of full")
axes[1].set_title("What is done: assessments co-produced, percent")
axes[0].axvline(np.datetime64("2016-04"), color="#505a5f", linewidth=0.8)  # the Act
axes[1].legend(frameon=False, loc="upper left")
plt.show()

# %%
for name, run in runs.items():
    last = run.national().isel(month=slice(-12, None)).mean()
    done, led, unmet = (float(last[key]) for key in ("coproduced_share", "leadership", "unmet_share"))
    print(f"{name}: {done:.0%} of assessments co-produced, leadership {led:.2f}, {unmet:.1%} of need unmet")

# %% [markdown]
# What moved the members of the Senedd, and what councils' leaders?

# %%
members = runs["top-down-and-bottom-up"].members()
print(members.filter(like="attention_by_").sum().round(3).to_string())

# %% [markdown]
# ## Exercise
# Is it the duty that lacks force, or the leadership? Give the lonely law full duties (`practitioners.duty` at the top of its
# range) and, separately, leaders (`leadership.given_level` of 0.6). Which brings more practice?

# %% tags=["answer"]
law = cs.load_scenario("law-without-leadership").replace(small)
for changes in ({"practitioners.duty": 0.3}, {"leadership.given_level": 0.6}):
    last = cs.run(law.replace(changes), seed=1).national().isel(month=slice(-12, None)).mean()
    print(changes, f"{float(last['coproduced_share']):.0%} of assessments co-produced")
