"""Comparisons whose every difference is known."""

import numpy as np

from copro_sim.comparison.comparison import assemble
from copro_sim.comparison.essence import GROUPED, GROUPS, NAMES
from copro_sim.comparison.places import ADDED
from copro_sim.comparison.tasks import seed_of_future
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.results import AGE_NAMES, SEX_NAMES, months
from copro_sim.scenario.schema import Scenario


def fake_comparison(effects, *, years=2, seed=1, level=0.3, stance="evidence-only", **titles):
    """Return a comparison in which scenario `name` has `effects[name]` [futures] more unmet need than the first.

    Each future has a level of its own, shared by all scenarios; wellbeing falls by ten times what unmet need rises.
    """
    names = tuple(effects)
    scenarios = tuple(
        Scenario(
            name=name,
            title=titles.get(name.replace("-", "_"), name.title()),
            question=f"What of {name}?",
            run={"years": years},
        )
        for name in names
    )
    futures = len(next(iter(effects.values())))
    luck = np.random.default_rng(seed).normal(0, 0.02, futures)
    kept = [
        [_run(level + luck[f], effects[name][f], years, len(scenarios[0].council_names())) for f in range(futures)]
        for name in names
    ]
    coords = {
        "month": months(years), "authority": list(scenarios[0].council_names()), "year": np.arange(2013, 2013 + years),
        "sex": list(SEX_NAMES), "age_band": list(AGE_NAMES),
        "run_seed": [seed_of_future(seed, f) for f in range(futures)],
    }  # fmt: skip
    return assemble(scenarios, names, kept, seed=seed, engine="kernels", stance=stance, coords=coords)


def _run(level, effect, years, authorities):
    national = dict.fromkeys(NAMES, 1000000.0 * (1 + level))
    national |= {"unmet_share": level + effect, "wellbeing": 7 + level - 10 * effect, "third_sector_hours": 0.0}
    national |= {"bought_hours": 0.0, "reserved": 0.0, "unmet_hours": 1_000_000.0 * (level + effect)}
    month = np.repeat(np.array([[national[name] for name in NAMES]]), 12 * years, axis=0)
    place = np.array([national[name] / (authorities if INDICATORS[name].kind in ADDED else 1) for name in NAMES])
    groups = sum(len(names) for names in GROUPS.values())
    group = {**national, "unmet_share": level + effect, "given_hours": 1000.0 * (1 - effect), "citizens": 1000.0}
    return {
        "month": month,
        "place": np.tile(place, (authorities, years, 1)),
        "given_by_sex_age": np.full((years, 2, 7), 1000.0 * (1 - effect)),
        "carers_by_sex_age": np.full((years, 2, 7), 10.0),
        "group": np.tile(np.array([group[name] for name in GROUPED]), (years, groups, 1)),
    }
