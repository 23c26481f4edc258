"""Order by (criterion, keyed draw, id), wherever somebody is stored."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.order import pack_key, place_of, sort_keys

entries = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


@given(entries=entries, ids=st.randoms(use_true_random=False))
def test_keys_sort_as_tuples_do_and_ties_go_to_the_smaller_id(entries, ids):
    who = ids.sample(range(10_000), len(entries))
    keys = np.array([pack_key(criterion, word, place) for place, (criterion, word) in enumerate(entries)], np.int64)
    sort_keys(keys, len(keys), np.array(who))
    by_tuple = sorted(range(len(entries)), key=lambda place: (*entries[place], who[place]))
    assert [place_of(key) for key in keys] == by_tuple


def test_the_largest_key_is_still_positive():
    assert pack_key(32_767, 2**32 - 1, 65_535) == 2**63 - 1
