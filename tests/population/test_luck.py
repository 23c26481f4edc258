"""Draws by name are the keyed words of their streams."""

import numpy as np

from copro_sim.core.draws import Stream, words
from copro_sim.population import luck


def test_each_name_is_one_word_of_one_block() -> None:
    row = np.zeros((1, luck.DRAWS), np.int64)
    luck.draw(row, 0, 5, 123_456_789)
    for at, stream in ((luck.BIRTH, Stream.POPULATION), (luck.PAIRING, Stream.HOUSEHOLDS), (luck.MOTHER, Stream.BONDS)):
        expected = words(5, int(stream), 123_456_789, 0, at // 4)
        assert tuple(row[0, at : at + 4].tolist()) == tuple(int(word) for word in expected)


def test_no_two_names_share_a_draw() -> None:
    names = [name for name in dir(luck) if name.isupper() and not name.startswith("_") and name != "DRAWS"]
    numbers = [getattr(luck, name) for name in names]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < luck.DRAWS
