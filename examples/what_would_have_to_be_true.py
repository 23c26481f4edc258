# %% [markdown]
# # What would have to be true?
# Whether co-production leaves less need unmet than retreat depends on things that nobody has measured. Which decide? Sweep
# four of them with Sobol's design, and ask which share of the variance of the *difference* each explains.

# %%
import matplotlib.pyplot as plt

import copro_sim as cs
from copro_sim.report.sensitivity import sensitivity_figure
from copro_sim.report.style import BLUE, SETTINGS

plt.rcParams.update(SETTINGS)
study = {
    "scenarios": ["retreating-state", "co-production"], "design": "sobol", "points": 16, "years": 5, "citizens": 8_800,
    "indicators": ["unmet_share", "wellbeing"],
    "factors": {
        "funding.home_support_share": {"low": 0.2, "high": 0.4},
        "care_service.natural_first": {"low": 0.0, "high": 0.25},
        "capacity.invitation_accepted": {"low": 0.0, "high": 1.0},
        "sharing.displacement": {"low": 0.0, "high": 0.5},
    },
}  # fmt: skip
swept = cs.sweep(study, workers=2)

# %%
found = cs.sensitivity(swept, "unmet_share")
print(found.table.round(2).to_string(index=False))
sensitivity_figure(found)

# %% [markdown]
# Where in these ranges does co-production leave less need unmet? Each box says in which share of its points it does.

# %%
for box in cs.discover(swept, "unmet_share"):
    print(f"{box.share:.0%} of {box.points} points: {box.conditions}")

# %% [markdown]
# And by how much the difference goes with the strongest of them:

# %%
strongest = found.table["factor"].iloc[0]
figure, axes = plt.subplots(figsize=(9.6, 3.4), layout="constrained")
axes.plot(swept.data[strongest], 100 * swept.outcome("unmet_share"), "o", color=BLUE)
axes.axhline(0.0, color="#505a5f", linewidth=0.8)
axes.set_xlabel(strongest)
axes.set_title("Unmet need under co-production less under retreat, percentage points")
plt.show()

# %% [markdown]
# ## Exercise
# Ask the same of wellbeing. Is it decided by the same thing? And at which value does the strongest assumption of unmet need break
# even (`cs.break_even`)?

# %% tags=["answer"]
print(cs.sensitivity(swept, "wellbeing").table[["factor", "total"]].round(2).to_string(index=False))
small = [cs.load_scenario(name).replace({"population.citizens": 8_800, "run.years": 5}) for name in study["scenarios"]]
print(cs.break_even(small[1], "care_service.natural_first", against=small[0], points=3, futures=4, workers=2).sentence())
