"""Results of a run that never was: two councils, known tallies, a random world."""

import numpy as np

from copro_sim.institutions.accounts import ACCOUNTS
from copro_sim.processes.tally import TALLIES, Tally
from copro_sim.results.institutions import COUNCIL, PRACTICE, RECORDED
from copro_sim.results.results import Results
from copro_sim.results.tallies import MILLION, Tallies
from copro_sim.scenario.schema import Scenario
from laws import some_policy
from worlds import random_world

COUNCILS = ("Gwynedd", "Cardiff")
MONTHS = 12
MET = [tally for tally in Tally if tally.name.startswith(("PERSONAL_", "PRACTICAL_"))]


def a_scenario(title="Some scenario", **changes):
    return Scenario(
        name="some", title=title, question="What if?", run={"years": 1},
        population={"citizens": 500, "councils": list(COUNCILS)},
    ).replace(changes)  # fmt: skip


def random_tallies(seed=1, years=1):
    """Return tallies that obey need = met + unmet, the same by month and by group for councils of one weight each."""
    chance = np.random.default_rng(seed)
    group = chance.integers(0, 50, (years, MONTHS, len(COUNCILS), 2, 7, 5, 4, TALLIES))
    for need in ("PERSONAL", "PRACTICAL"):
        parts = [tally for tally in MET if tally.name.startswith(need)] + [Tally[f"UNMET_{need}"]]
        group[..., Tally[f"NEED_{need}"]] = group[..., parts].sum(axis=-1)
    return group


def fake_results(seed=1, years=1, weights=(300.0, 250.0), scenario=None, engine="kernels", price=15.0):
    cells = random_tallies(seed, years)
    weights = np.array(weights)
    month = cells.sum(axis=(3, 4, 5, 6)).reshape(years * MONTHS, len(COUNCILS), TALLIES)
    millionths = np.rint(weights * MILLION).astype(np.int64)
    group = (cells.sum(axis=1) * millionths[:, None, None, None, None, None]).sum(axis=1)
    pence = np.array([[120_000, 60_000]] * years)
    accounts = {name: pence * k for k, name in enumerate(ACCOUNTS, 1)}
    chance = np.random.default_rng(seed)
    shape = {"attention_by_cause": (6,), "members_by_cause": (6,), "leadership_by_cause": (8, len(COUNCILS))}
    shape |= dict.fromkeys((*PRACTICE, *COUNCIL), (len(COUNCILS),))
    institutions = {name: chance.random((years * MONTHS, *shape.get(name, ()))) for name in RECORDED}
    return Results(
        scenario=scenario or a_scenario(**{"run.years": years}), seed=seed, engine=engine, authorities=COUNCILS,
        weights=weights, tallies=Tallies(month, group), decided=(some_policy(),) * years, accounts=accounts,
        prices=np.full(years, price), institutions=institutions, state=random_world(seed, (40, 30)).later(MONTHS * years),
    )  # fmt: skip
