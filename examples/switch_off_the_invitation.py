# %% [markdown]
# # Switch the invitation off
# A service-led system treats people with needs as recipients only. Co-production invites them to give. Zero that strength
# and see who stops giving.

# %%
import copro_sim as cs

village = cs.load_scenario("one-village").replace({"run.years": 3, "population.citizens": 2_000})
off = {"capacity.invitation_accepted": 0.0, "care_service.invitation": 0.0, "joining.group_invites": 0.0}

# %%
for name, scenario in {"invited": village, "not invited": village.replace(off)}.items():
    citizens = cs.run(scenario, seed=1).citizens()
    needy = citizens[citizens["need_level"] > 0]
    beyond = (needy["invited"] == 1).mean()
    print(f"{name}: {beyond:.0%} of people with needs are invited to give beyond the home")

# %% [markdown]
# ## Exercise
# Switch off only one of the three. Which of them reaches most people?
