"""Targets: each has a definition, and what is measured is what a plain count of the citizens gives."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.study.targets import _OF_PEOPLE, _OF_THE_PAST, PAST, People, fitted, measured, targets
from worlds import random_world

HOUR = MINUTES_PER_MONTH_OF_WEEKLY_HOUR


def test_every_target_has_one_definition_and_every_definition_a_target():
    names = [target.name for target in targets()]
    assert sorted(names) == sorted([*_OF_PEOPLE, *_OF_THE_PAST])
    assert len(set(names)) == len(names)


def test_targets_are_within_their_bounds_and_say_where_they_come_from():
    for target in targets():
        assert target.low < target.value < target.high, target.name
        assert target.hit(target.value)
        assert not target.hit(target.high + 1e-9)
        assert target.grade in ("seen", "derived", "assumption")
        assert target.source
        assert 2013 <= target.year <= 2022
    assert 0 < len(fitted()) < len(targets())


@pytest.fixture(scope="module")
def world():
    """Return a world whose citizens have given, need and receive at random."""
    state = random_world(7, (420, 380))
    chance, c = np.random.default_rng(3), state.citizens
    people = len(c.id)
    c.need[:] = chance.integers(0, 3_000, (people, 2)) * (chance.random((people, 1)) < 0.4)
    c.unmet[:] = c.need // 3 * (chance.random((people, 1)) < 0.5)
    c.given[:] = chance.integers(0, 80 * HOUR, people) * (chance.random(people) < 0.3)
    c.received[:] = chance.integers(0, 500, c.received.shape) * (chance.random(c.received.shape) < 0.2)
    c.household[:] = chance.integers(0, 300, people)
    c.lonely[:] = chance.random(people) < 0.2
    c.asked[:] = chance.random(people) < 0.3
    c.mode[:] = chance.integers(0, 5, people) * (chance.random(people) < 0.3)
    return state


WEIGHTS = np.array([10.0, 30.0])


def plainly(world):
    """Return the citizens as plain dictionaries."""
    content = world.content()
    authority = dict(zip(world.communities.id.tolist(), world.communities.authority.tolist(), strict=True))
    homes = {}
    for community, household in zip(content["community"].tolist(), content["household"].tolist(), strict=True):
        homes[community, household] = homes.get((community, household), 0) + 1
    for k in range(len(content["id"])):
        row = {name: column[k] for name, column in content.items()}
        row["weight"] = WEIGHTS[authority[int(row["community"])]]
        row["age"] = (world.month - 1 - int(row["birth_month"])) // 12
        row["alone"] = homes[int(row["community"]), int(row["household"])] == 1
        yield row


def asked(row):
    """Return whether surveys ask somebody: who lives in a care home has no household."""
    return row["mode"] != 4


def share(rows, true, among):
    among = [row for row in rows if among(row)]
    return sum(row["weight"] for row in among if true(row)) / sum(row["weight"] for row in among)


def test_what_people_answer_is_what_a_plain_count_gives(world):
    people, rows = People(world, WEIGHTS), list(plainly(world))
    paid, old = [5, 6, 7], lambda r: asked(r) and r["age"] >= 65
    expected = {
        "need_65_69": share(rows, lambda r: sum(r["need"]) > 0, lambda r: asked(r) and 65 <= r["age"] <= 69),
        "great_need_80_plus": share(rows, lambda r: r["need_level"] >= 2, lambda r: asked(r) and r["age"] >= 80),
        "unmet_personal": share(rows, lambda r: r["unmet"][0] > 0, old),
        "carers_20_34": 100 * share(rows, lambda r: 20 <= r["given"] / HOUR < 35, lambda r: r["age"] >= 5),
        "carers_50_plus": 100 * share(rows, lambda r: r["given"] / HOUR >= 50, lambda r: r["age"] >= 5),
        "informal_only_women": share(
            rows, lambda r: sum(r["received"][0][paid]) == 0,
            lambda r: old(r) and r["sex"] == 1 and sum(r["received"][0]) > 0,
        ),
        "clients": 100 * share(rows, lambda r: r["mode"] > 0, lambda r: r["age"] >= 18),
        "residents": sum(r["weight"] for r in rows if r["mode"] == 4),
        "direct_payments": 100 * share(rows, lambda r: r["mode"] in (2, 3), lambda r: r["mode"] > 0),
        "lonely": share(rows, lambda r: r["lonely"] == 1, lambda r: asked(r) and r["age"] >= 16),
        "alone_65_74": share(rows, lambda r: r["alone"] and r["mode"] != 4, lambda r: 65 <= r["age"] <= 74),
        "help_sought": share(rows, lambda r: r["asked"] == 1, lambda r: old(r) and sum(r["unmet"]) > 0),
        "women_give_50_54": share(rows, lambda r: r["given"] > 0, lambda r: asked(r) and 50 <= r["age"] <= 54 and r["sex"] == 1),
        "men_give_50_54": share(rows, lambda r: r["given"] > 0, lambda r: asked(r) and 50 <= r["age"] <= 54 and r["sex"] == 0),
        "helped_65_69": share(rows, lambda r: sum(r["received"][0]) > 0, lambda r: asked(r) and 65 <= r["age"] <= 69),
        "helped_85_plus": share(rows, lambda r: sum(r["received"][0]) > 0, lambda r: asked(r) and r["age"] >= 85),
        "no_help": share(rows, lambda r: r["received"].sum() == 0, lambda r: old(r) and sum(r["need"]) > 0),
        "share_65_plus": share(rows, lambda r: r["age"] >= 65, lambda r: True),
    }  # fmt: skip
    for name, value in expected.items():
        assert _OF_PEOPLE[name](people) == pytest.approx(value), name


def test_a_run_of_the_past_gives_every_target_a_number_the_same_with_more_threads():
    past = cs.load_scenario(PAST).replace({"population.citizens": 9_000})
    found = measured(past, seed=1, threads=2)
    assert found.shape == (len(targets()),)
    assert np.isfinite(found).all()
    assert np.array_equal(found, measured(past, seed=1))
