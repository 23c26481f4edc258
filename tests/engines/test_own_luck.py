"""Nobody's luck changes because somebody else's life did."""

import numpy as np

from copro_sim.engines import kernels
from copro_sim.state.columns import Citizens, view
from copro_sim.state.world import State
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

UNMOVED = default_parameters(
    health={"unmet_speeds_decline": 0.0, "loneliness_speeds_decline": 0.0, "met_speeds_recovery": 0.0},
    ageing={"grief_months": 0, "grief_lift": 0},
    moving={"leave_home_percent": 0.0, "partner_percent": 0.0, "separation_percent": 0.0, "separation_45_percent": 0.0,
            "separation_65_percent": 0.0},
    migration={"arrivals_per_1000": 0.0, "leaving_ratio": 0.0},
)  # fmt: skip
"""With what others do kept away from health, only one's own draws are left."""


def without(state: State, place: int) -> State:
    """Return the state without the citizen at `place` of the first community, who never was."""
    new = state.copy()
    c: Citizens = view(new.citizens, 0, int(new.communities.size[0]))
    for other in range(len(c.id)):
        held = c.bond[other, : c.bonds[other]]
        kept = [bond for bond in held.tolist() if bond & 0xFFFF != place] if other != place else []
        c.bond[other] = 0
        c.bond[other, : len(kept)] = kept
        c.bonds[other] = len(kept)
        if c.partner[other] == place:
            c.partner[other] = 65_535
    new.communities.issuer[0] += int(c.balance[place])
    c.life[place] = 0
    return new


def fates(state, policies, p, seed=9):
    """Return {id: (need level, episode, still alive)} after the policies' years."""
    for policy in policies:
        state, _ = kernels.live_year(state, policy, p, tables_for(p, 0.05), seed=seed)
    content = state.content()
    return dict(zip(content["id"].tolist(), zip(content["need_level"], content["acute_months"], strict=True), strict=True))


def test_removing_a_citizen_leaves_the_luck_of_all_others_as_it_was():
    world = random_world(4, (120, 40))
    gone = 17
    with_all = fates(world, [some_policy(reablement_share=0.0)] * 2, UNMOVED)
    without_one = fates(without(world, gone), [some_policy(reablement_share=0.0)] * 2, UNMOVED)
    with_all.pop(int(world.citizens.id[gone]), None)
    assert without_one == with_all
    assert len(with_all) > 100


def test_another_policy_from_year_five_leaves_luck_and_the_first_years_as_they_were():
    world = random_world(4, (120, 40))
    usual = some_policy(reablement_share=0.0)
    generous = some_policy(reablement_share=0.0, package_share=1.0, eligibility_line=1, coproduced_share=1.0)
    a = b = world
    for year in range(7):
        a, _ = kernels.live_year(a, usual, UNMOVED, tables_for(UNMOVED), seed=3)
        b, _ = kernels.live_year(b, usual if year < 5 else generous, UNMOVED, tables_for(UNMOVED), seed=3)
        assert (a.content_hash() == b.content_hash()) == (year < 5)
    one, other = a.content(), b.content()
    for name in ("id", "need_level", "acute_months", "acute_lift"):
        assert (one[name] == other[name]).all()


def test_another_community_changes_nothing_here():
    world = random_world(4, (120, 40))
    p = default_parameters()
    alone = State(
        Citizens(*(column[120:] for column in world.citizens)),
        type(world.communities)(*(column[1:].copy() for column in world.communities)),
        0,
    )
    alone.communities.start[0] = 0
    both, _ = kernels.live_year(world, some_policy(), p, tables_for(p), seed=3)
    one, _ = kernels.live_year(alone, some_policy(), p, tables_for(p), seed=3)
    here = both.content()["community"] == world.communities.id[1]
    assert all(np.array_equal(both.content()[name][here], column) for name, column in one.content().items())
