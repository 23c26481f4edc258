"""Room for who is born or comes: free places beyond a community's citizens, and a year lived again where they run out."""

import numpy as np
import pytest

from copro_sim.engines import agents, kernels
from copro_sim.processes.tally import Tally
from copro_sim.state.arrange import bring, compact, rows_of
from copro_sim.state.arrivals import NO_PLACE, arrival_values, arrive
from copro_sim.state.codes import Arrival, Life
from copro_sim.state.columns import MOST_CITIZENS, Citizens, view
from copro_sim.state.context import Clock, Here, orders_for
from copro_sim.state.world import State, nobody_in
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

A_FEW = 16
"""Free places in every community, however little room was asked for."""


def places_of(state, number):
    """Return the columns of all places of a community, free ones too."""
    start = int(state.communities.start[number])
    cut: Citizens = view(state.citizens, start, start + int(state.communities.capacity[number]))
    return cut


def brought(state, room):
    """Return the state stored with more room, as a year begins."""
    new = state.emptied(room)
    for number in range(len(state.communities.id)):
        bring(
            rows_of(new.citizens), int(new.communities.start[number]), rows_of(state.citizens),
            int(state.communities.start[number]), int(state.communities.size[number]),
        )  # fmt: skip
    return new


@pytest.mark.parametrize("room", [0.0, 0.08, 1.0])
def test_a_world_with_more_room_holds_the_same(room):
    world = random_world(6, (40, 1, 23))
    before = world.content_hash()
    roomier = brought(world, room)
    assert roomier.content_hash() == world.content_hash() == before
    assert (roomier.communities.capacity == np.ceil((1 + room) * world.communities.size) + A_FEW).all()
    assert (roomier.communities.size == world.communities.size).all()
    for number, size in enumerate(roomier.communities.size.tolist()):
        places = places_of(roomier, number)
        assert (places.life[size:] == Life.EMPTY).all()
        assert not any(column[size:].any() for column in places)
    assert brought(roomier, 0.5).content_hash() == before
    roomier.citizens.wellbeing[:] = 0  # no array is shared
    assert world.content_hash() == before


def test_no_community_has_more_places_than_bonds_can_name():
    world = random_world(6, (30,))
    assert world.emptied(1e6).communities.capacity[0] == MOST_CITIZENS


def test_behind_all_are_a_quarter_as_many_places_as_are_free():
    roomier = random_world(6, (40, 1, 23)).emptied(0.5)
    assert roomier.communities.capacity.tolist() == [60 + A_FEW, 2 + A_FEW, 35 + A_FEW]
    assert {len(column) for column in roomier.citizens} == {97 + 3 * A_FEW + (33 + 3 * A_FEW) // 4}
    roomier.communities.capacity[1:] = 0  # others hold these
    assert len(nobody_in(roomier.communities).id) == 60 + A_FEW + (20 + A_FEW) // 4


@pytest.mark.parametrize("room", [0.0, 2.0], ids=["columns grow", "there is enough behind"])
def test_only_communities_that_ask_for_places_move(room):
    world = random_world(6, (40, 1, 23)).roomy(room)
    before, start = world.content_hash(), world.communities.start.tolist()
    old = {number: (start[number], int(world.communities.capacity[number])) for number in (0, 2)}
    end = int(world.communities.capacity.sum())
    world.communities.overflow[[0, 2]] = 1
    grown = world.grown(np.array([2, 0]), 0.25)
    assert grown.communities.overflow.tolist() == [0, 0, 0]
    assert grown.content_hash() == before
    assert grown.communities.capacity[[0, 2]].tolist() == [40 + 10 + A_FEW, 23 + 6 + A_FEW]
    assert grown.communities.capacity[1] == world.communities.capacity[1]
    assert grown.communities.start.tolist() == [end + 23 + 6 + A_FEW, start[1], end]
    needed = end + 40 + 10 + 23 + 6 + 2 * A_FEW
    assert {len(column) for column in grown.citizens} == {max(needed, len(world.citizens.id))}
    assert (len(world.citizens.id) >= needed) == (room > 0) or len(grown.citizens.id) == needed
    for first, places in old.values():
        assert not any(column[first : first + places].any() for column in grown.citizens)
    for number in range(3):
        free = places_of(grown, number)
        assert not any(column[int(grown.communities.size[number]) :].any() for column in free)
    assert world.communities.start.tolist() == start


def test_columns_that_belong_to_somebody_else_grow_as_copies():
    world = random_world(6, (40, 23))
    before = world.content_hash()
    lent = State(Citizens(*(column[:] for column in world.citizens)), world.communities, world.month)
    assert lent.grown(np.array([1]), 0.5).content_hash() == before
    assert len(world.citizens.id) == 40 + 23


def newcomer(k):
    return (1_000 + k, -240, k % 2, 77, int(Arrival.CAME))


def test_who_arrives_takes_the_next_place_until_there_is_none():
    world = brought(random_world(6, (40, 23)), 0.0)
    before = [places_of(world, number).id.copy() for number in range(2)]
    here = Here(world.communities, 0, Clock(5, 3, 0), orders_for(some_policy(), 3, 0))
    c = places_of(world, 0)
    assert [arrive(c, here, *newcomer(k)) for k in range(A_FEW)] == list(range(40, 40 + A_FEW))
    assert not world.communities.overflow.any()
    assert arrive(c, here, *newcomer(A_FEW)) == NO_PLACE
    assert world.communities.overflow.tolist() == [1, 0]
    assert world.communities.size.tolist() == [40 + A_FEW, 23]
    assert (c.id[:40] == before[0][:40]).all()
    assert (places_of(world, 1).id == before[1]).all()
    for k in range(A_FEW):
        for name, value in arrival_values(5, *newcomer(k)).items():
            assert getattr(c, name)[40 + k] == value, name
    assert not c.bonds[40:].any()


def test_room_left_over_goes_with_the_year_and_who_came_stays():
    world = brought(random_world(6, (40, 23)), 0.3)
    here = Here(world.communities, 1, Clock(5, 3, 0), orders_for(some_policy(), 3, 0))
    for k in range(4):
        arrive(places_of(world, 1), here, *newcomer(k))
    held = world.content()
    size = compact(places_of(world, 1), rows_of(world.citizens), int(world.communities.start[1]))
    world.communities.size[1] = size
    assert size == 27
    assert all((column == held[name]).all() for name, column in world.content().items())
    assert world.emptied(0.0).communities.capacity.tolist() == [40 + A_FEW, 27 + A_FEW]
    assert not world.emptied(0.0).communities.overflow.any()


def test_a_year_that_runs_out_of_places_is_lived_again_with_more():
    p = default_parameters()
    world, t, policy = random_world(6, (1_500, 300)), tables_for(p, 0.01), some_policy()
    tight, counts = kernels.live_year(world, policy, p, t, seed=4, room=0.0)
    arrived = counts.year[..., Tally.BIRTHS] + counts.year[..., Tally.NEWCOMERS]
    assert arrived.sum(axis=(1, 2)).max() > A_FEW, "no community ran out of places: nothing was lived again"
    ample, ample_counts = kernels.live_year(world, policy, p, t, seed=4, room=1.0)
    assert tight.content_hash() == ample.content_hash()
    assert (counts.year == ample_counts.year).all()
    assert (counts.month == ample_counts.month).all()
    threads, _ = kernels.live_year(world, policy, p, t, seed=4, room=0.0, threads=2)
    assert threads.content_hash() == tight.content_hash()
    lived, lived_counts = agents.live_year(world, policy, p, t, seed=4)
    assert lived.content_hash() == tight.content_hash()
    assert (lived_counts.year == counts.year).all()


@pytest.mark.parametrize("room", [0.0, 1.0])
def test_a_year_in_place_is_the_same_year(room):
    p = default_parameters()
    world, t, policy = random_world(6, (1_500, 300)), tables_for(p, 0.01), some_policy()
    kept, counts = kernels.live_year(world, policy, p, t, seed=4)
    before = world.content_hash()
    own = world.roomy(room)
    places = len(own.citizens.id)
    lived, own_counts = kernels.live_year(own, policy, p, t, seed=4, room=room, in_place=True, threads=2)
    assert lived.citizens.id is own.citizens.id
    assert (len(lived.citizens.id) > places) == (room == 0)  # without room, places run out and the same arrays grow
    assert lived.content_hash() == kept.content_hash()
    assert (own_counts.month == counts.month).all()
    assert (own_counts.year == counts.year).all()
    assert world.content_hash() == before
