# %% [markdown]
# # Switch the invitation off
# A service-led system treats people with needs as recipients only. Co-production invites them to give. Zero that strength
# and see who stops giving.

# %%
import copro_sim as cs

village = cs.load_scenario("one-village").replace({"run.years": 3, "population.citizens": 2_000})
off = {
    "capacity.invitation_accepted": 0.0,
    "care_service.invitation": 0.0,
    "joining.friend_invites": 0.0,
    "joining.group_invites": 0.0,
}
tables = {
    "invited": cs.run(village, seed=1).reciprocity(),
    "not invited": cs.run(village.replace(off), seed=1).reciprocity(),
}

# %% [markdown]
# Adults by need level: who gave last month, who received, who did both.

# %%
for name, table in tables.items():
    print(name)
    print(table[["citizens", "gave", "received", "both"]].round(2).to_string(), end="\n\n")

# %% [markdown]
# And how strongly others outside the home feel bound to those who gave, and to those who did not (0 to 1). Being helped
# makes one feel bound to the helper; helping without return lets that feeling fade. Reciprocity is a measure of what goes
# on between people, never a win by itself.

# %%
print(tables["invited"][["felt_for_givers", "felt_for_others"]].round(2).to_string())

# %% [markdown]
# ## Exercise
# Switch off only one of the four. Which of them reaches most people?

# %% tags=["answer"]
reached = {"all four": village, **{f"without {key}": village.replace({key: 0.0}) for key in off}}
for name, scenario in reached.items():
    invited = cs.run(scenario, seed=1).national()["invited"].isel(month=-1)
    print(f"{name:<40} {float(invited):7.0f} people invited by the end")
