"""The hash of canonical content is the same for the same content, and another for any other."""

import numpy as np

from copro_sim.results.canonical import canonical_text, content_hash

NUMBERS = np.arange(6.0).reshape(2, 3)


def test_order_of_keys_and_storage_do_not_matter():
    assert canonical_text({"b": [1, "ŵ"], "a": (2,)}) == canonical_text({"a": [2], "b": [1, "ŵ"]}) == '{"a":[2],"b":[1,"ŵ"]}'
    other = {"b": np.zeros(0), "a": np.asfortranarray(NUMBERS)}
    assert content_hash({"x": 1, "y": 2}, {"a": NUMBERS, "b": np.zeros(0)}) == content_hash({"y": 2, "x": 1}, other)


def test_everything_else_does():
    changed = NUMBERS.copy()
    changed[1, 1] = np.nextafter(changed[1, 1], 9)
    others = [NUMBERS, NUMBERS.T, NUMBERS.ravel(), NUMBERS.astype("f4"), changed]
    found = [content_hash(1, {"a": array}) for array in others]
    found += [content_hash(1, {"b": NUMBERS}), content_hash(2, {"a": NUMBERS}), content_hash(1, {})]
    assert len(set(found)) == len(found)
