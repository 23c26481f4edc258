"""A letter gone wrong in any word that people write: refused, and nearly always with the word that was meant."""

from unicodedata import normalize

import pytest

from copro_sim.comparison.compare import ENGINES, compare
from copro_sim.comparison.places import find_place, places
from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.load import load_scenario, shipped_scenarios
from copro_sim.scenario.problems import ScenarioError
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.stances import STANCES
from copro_sim.scenario.tables import TABLES, council_table
from copro_sim.study.check import DESIGNS, KNOWN
from copro_sim.study.design import sweep_of
from tests.bad_input.corpus import typos

ENOUGH = 0.95
USUAL = Scenario(question="What if?")
SWEEP = {"scenarios": ["one-village"], "factors": {"funding.clawback": [0.0]}, "years": 2, "citizens": 500}
SETTINGS = tuple(setting_records())


def scenario(**raw):
    return Scenario(**({"question": "?"} | raw))


def event(**raw):
    return scenario(events=[{"date": "2014-04", "set": {}} | raw])


WAYS = {
    "tables": (tuple(TABLES), lambda word: scenario(**{word: {}})),
    "of a scenario": (("name", "title", "question", "extends", "events"), lambda word: scenario(**{word: "x"})),
    "of an event": (("date", "title", "set"), lambda word: event(**{word: "x"})),
    "settings in events": (SETTINGS[::12], lambda word: event(set={word: 1})),
    "settings that vary": (SETTINGS[::5], lambda word: sweep_of(SWEEP | {"factors": {word: [0]}})),
    "settings asked for": (SETTINGS[::5], USUAL.get),
    "councils": (tuple(council_table()), lambda word: scenario(population={"councils": [word]})),
    "scenarios": (shipped_scenarios(), load_scenario),
    "of a study": (KNOWN, lambda word: sweep_of(SWEEP | {word: 1})),
    "designs": (DESIGNS, lambda word: sweep_of(SWEEP | {"design": word})),
    "indicators": (tuple(INDICATORS)[::2], lambda word: sweep_of(SWEEP | {"indicators": [word]})),
    "stances": (STANCES, lambda word: compare(["one-village"], stance=word)),
    "engines": (ENGINES, lambda word: compare(["one-village"], engine=word)),
    "places": (tuple(place.name_cy for place in places()), find_place),
}
"""Words by what they name: the words, and what is called with a misspelt one."""


def right_and_tried(words, way, places):
    """Return how many typos there were, and how often the word that was meant was suggested; none is accepted."""
    right = tried = 0
    for word in words:
        for typo in typos(word, places=places):
            if typo in words or _letters(typo) == _letters(word):
                continue
            tried += 1
            with pytest.raises(ScenarioError) as refused:
                way(typo)
            said = str(refused.value)
            right += f"Did you mean {word}" in said or f"Did you mean {word.partition('.')[2]} (" in said
    return right, tried


def _letters(word):
    """Return what is left where spaces, hyphens, accents and capitals do not matter: such a typo may be understood."""
    return [letter for letter in normalize("NFD", word).lower() if letter.isalnum()]


@pytest.mark.parametrize("table", TABLES)
def test_of_a_setting(table):
    words = [key.partition(".")[2] for key in SETTINGS if key.startswith(f"{table}.")]
    right, tried = right_and_tried(words, lambda word: scenario(**{table: {word: 0}}), places=1)
    assert tried >= 3 * len(words)
    assert right >= ENOUGH * tried


@pytest.mark.parametrize("what", WAYS)
def test_of_any_other_word(what):
    words, way = WAYS[what]
    right, tried = right_and_tried(words, way, places=1)
    assert tried >= 3 * len(words)
    assert right >= ENOUGH * tried


@pytest.mark.full
@pytest.mark.parametrize("table", TABLES)
def test_of_a_setting_at_every_letter(table):
    words = [key.partition(".")[2] for key in SETTINGS if key.startswith(f"{table}.")]
    right, tried = right_and_tried(words, lambda word: scenario(**{table: {word: 0}}), places=None)
    assert right >= ENOUGH * tried


@pytest.mark.full
@pytest.mark.parametrize("what", WAYS)
def test_of_any_other_word_at_every_letter(what):
    words, way = WAYS[what]
    right, tried = right_and_tried(words, way, places=None)
    assert right >= ENOUGH * tried
