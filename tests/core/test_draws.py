"""Chance: the known answers, keys that do not clash, words that are even."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.draws import Stream, compiled_words, new_id, pair_word, philox, uniform, words, words_of_all, words_of_some

KNOWN_ANSWERS = [
    # Random123's kat_vectors, philox4x32 with 10 rounds: counter, key, result
    ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN_ANSWERS)
def test_philox_equals_the_random123_known_answers(counter, key, result):
    block = philox(*(np.uint64(word) for word in (*counter, *key)))
    assert [int(word) for word in block] == result


keys = st.tuples(
    st.integers(0, 2**63 - 1), st.integers(1, 40), st.integers(0, 2**63 - 1), st.integers(-1_000, 2_000), st.integers(0, 99)
)


@given(key=keys)
def test_compiled_and_interpreted_words_are_the_same(key):
    assert tuple(int(word) for word in words(*key)) == compiled_words(*key)


@given(key=keys, part=st.integers(0, 4), step=st.integers(1, 20))
def test_every_part_of_the_key_matters(key, part, step):
    other = list(key)
    other[part] = other[part] + step if part in (1, 3, 4) else other[part] ^ step
    assert compiled_words(*key) != compiled_words(*other)


def test_words_are_even_over_citizens_and_over_months():
    """10,000 citizens in one month and one citizen over 10,000 months: means within 5 standard errors of one half."""
    who = np.array([compiled_words(1, Stream.HEALTH, k, 3, 0) for k in range(10_000)]) * 2.0**-32
    when = np.array([compiled_words(1, Stream.HEALTH, 77, k, 0) for k in range(10_000)]) * 2.0**-32
    for block in (who, when):
        assert np.abs(block.mean(axis=0) - 0.5).max() < 5 / np.sqrt(12 * 10_000)
        assert np.abs(np.corrcoef(block.T)[np.triu_indices(4, 1)]).max() < 0.05


def test_a_keyed_choice_is_uniform_and_independent_of_the_order_of_the_set():
    candidates = [compiled_words(5, 1, k, 0, 0)[0] for k in range(7)]
    chosen = np.zeros(7, int)
    for chooser in range(7_000):
        word = compiled_words(5, 2, chooser, 0, 0)[0]
        best = min(range(7), key=lambda k: pair_word(word, candidates[k]))
        assert best == min(reversed(range(7)), key=lambda k: pair_word(word, candidates[k]))
        chosen[best] += 1
    assert np.abs(chosen - 1_000).max() < 5 * np.sqrt(1_000 * 6 / 7)


def test_uniform_never_reaches_one():
    assert uniform(0) == 0.0
    assert uniform(2**32 - 1) < 1.0


def test_ids_differ_by_every_part_and_fit_63_bits():
    made = {int(new_id(1, kind, parent, month, k)) for kind in (1, 2) for parent in (3, 4) for month in (0, 1) for k in (0, 1)}
    assert len(made) == 16
    assert all(0 <= one < 2**63 for one in made)


def test_streams_are_distinct():
    assert len({int(stream) for stream in Stream}) == len(Stream.__members__)


def test_words_of_all_are_the_words_of_each_compiled_and_not():
    whos = np.random.default_rng(3).integers(0, 2**63 - 1, 300)
    compiled = numba.njit(lambda seed, whos: words_of_all(seed, 6, whos, -5, 2))
    for found in (words_of_all(2**50 + 9, 6, whos, -5, 2), compiled(2**50 + 9, whos)):
        assert found.T.tolist() == [list(words(2**50 + 9, 6, int(who), -5, 2)) for who in whos]


def test_words_of_some_are_those_of_whom_they_name():
    ids, places = np.random.default_rng(4).integers(0, 2**63 - 1, 30), np.array([7, 0, 29, 7, 12])
    found = numba.njit(lambda ids, places: words_of_some(5, 6, ids, places, 4, 11, 0))(ids, places)
    assert found.tolist() == words_of_some(5, 6, ids, places, 4, 11, 0).tolist()
    assert found.tolist() == words_of_all(5, 6, ids[places[:4]], 11, 0).tolist()


def test_words_are_the_block_of_this_counter_and_key():
    """The layout is fixed for good: another one would be as random, and change every result."""
    seed, stream, who, month, block = 0x1234_5678_9ABC_DEF0, 9, 0x0FED_CBA9_8765_4321, -7, 3
    when = (month + 32_768) * 65_536 + block
    counter = [who & 0xFFFFFFFF, who >> 32, when, stream]
    key = [seed & 0xFFFFFFFF, seed >> 32]
    expected = philox(*(np.uint64(n) for n in (*counter, *key)))
    assert list(words(seed, stream, who, month, block)) == [int(n) for n in expected]


@pytest.mark.parametrize(
    ("chooser", "candidate", "expected"),
    [(0, 1, 0x6889_90C0), (0xFFFF_FFFF, 0, 0x6768_824A), (0x1234_5678, 0x9ABC_DEF0, 0x3AA4_0F54)],
)
def test_the_keyed_draw_is_the_finaliser_it_names(chooser, candidate, expected):
    """Fixed for good, as the layout of the words is."""
    assert pair_word(chooser, candidate) == pair_word(candidate, chooser) == expected
