"""All chance: a pure function of (seed, stream, who, month, block), with no state to pass around.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 'Parallel random numbers: as easy as 1, 2, 3', SC11, 2011). The seed is
the key; stream, month, block and the 64-bit id of a citizen or community are the counter; one block yields four words
of 32 bits. Nobody's luck depends on how many draws somebody else has made, so engines agree, threads do not matter,
and scenarios share every shock that policy does not touch (common random numbers).
"""

from enum import IntEnum, unique

import numpy as np

from copro_sim.core.compiled import entry, making, rule


@unique
class Stream(IntEnum):
    """Who uses chance for what. A number, once used, is never given to another purpose."""

    IDENTITY = 1
    POPULATION = 2
    HOUSEHOLDS = 3
    BONDS = 4
    AGEING = 5
    HEALTH = 6
    ASKING = 7
    SHARING = 8
    TIME_CREDITS = 9
    ENROLMENT = 10
    CARE_SERVICE = 11
    INVITATION = 12
    FUTURES = 13
    TRAITS = 14
    BIRTHS = 15
    MOVING = 16
    STRAIN = 17
    BONDS_TENDED = 18
    JOINING = 19
    PRACTITIONERS = 20
    SENEDD = 22
    LEADERSHIP = 23
    PROVIDERS = 24
    THIRD_SECTOR = 25
    MIGRATION = 26
    DIRECT_PAYMENTS = 27
    CARERS = 28
    OWN = 29


_IDENTITY = int(Stream.IDENTITY)
_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TO_UNIT = 2.0**-32
_ROUNDS = 10
_AT_ONCE = 256
"""Citizens whose blocks are computed together: their counters stay in the nearest cache."""


@rule
def philox_round(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return the counter after one round of Philox4x32."""
    product_0 = _MULTIPLIER_0 * counter_0
    product_1 = _MULTIPLIER_1 * counter_2
    return (
        (product_1 >> _SHIFT) ^ counter_1 ^ key_0,
        product_1 & _MASK,
        (product_0 >> _SHIFT) ^ counter_3 ^ key_1,
        product_0 & _MASK,
    )


@rule
def next_key(key_0, key_1):
    """Return the key of the next round."""
    return (key_0 + _WEYL_0) & _MASK, (key_1 + _WEYL_1) & _MASK


@rule
def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return one Philox4x32-10 block: four uint64 that hold 32 bits each, from uint64 words that hold 32 bits each."""
    for _ in range(_ROUNDS):
        counter_0, counter_1, counter_2, counter_3 = philox_round(counter_0, counter_1, counter_2, counter_3, key_0, key_1)
        key_0, key_1 = next_key(key_0, key_1)
    return counter_0, counter_1, counter_2, counter_3


@rule
def words(seed, stream, who, month, block):
    """Return four whole numbers from 0 to 2**32 - 1 for one (seed, stream, who, month, block).

    `seed` and `who` are whole numbers from 0 to 2**63 - 1; `month` may be negative (the run-in, before April 2013).
    """
    key = np.uint64(seed)
    name = np.uint64(who)
    when = np.uint64((month + 32_768) * 65_536 + block)
    a, b, c, d = philox(name & _MASK, name >> _SHIFT, when & _MASK, np.uint64(stream), key & _MASK, key >> _SHIFT)
    return np.int64(a), np.int64(b), np.int64(c), np.int64(d)


@making
def words_of_all(seed, stream, whos, month, block):
    """Return what `words` returns for everybody in `whos` (int64 [n]): four uint32 [n], to be read with `whole`.

    Round by round over many citizens at once, which processors do four at a time: a quarter of the cost of `words`, for
    draws that everybody needs every month.
    """
    n = whos.size
    found = np.empty((4, n), np.uint32)
    a, b = np.empty(_AT_ONCE, np.uint64), np.empty(_AT_ONCE, np.uint64)
    c, d = np.empty(_AT_ONCE, np.uint64), np.empty(_AT_ONCE, np.uint64)
    key, when = np.uint64(seed), np.uint64((month + 32_768) * 65_536 + block)
    for first in range(0, n, _AT_ONCE):
        many = min(_AT_ONCE, n - first)
        for i in range(many):
            name = np.uint64(whos[first + i])
            a[i], b[i], c[i], d[i] = name & _MASK, name >> _SHIFT, when & _MASK, np.uint64(stream)
        key_0, key_1 = key & _MASK, key >> _SHIFT
        for _ in range(_ROUNDS):
            for i in range(many):
                a[i], b[i], c[i], d[i] = philox_round(a[i] & _MASK, b[i], c[i] & _MASK, d[i], key_0, key_1)
            key_0, key_1 = next_key(key_0, key_1)
        for i in range(many):
            found[0, first + i], found[1, first + i] = a[i], b[i]
            found[2, first + i], found[3, first + i] = c[i], d[i]
    return found


@entry("UniTuple(i8, 4)(i8, i8, i8, i8, i8)")
def compiled_words(seed, stream, who, month, block):
    """Return what `words` returns, compiled: for the agents engine and other plain Python callers."""
    return words(seed, stream, who, month, block)


@entry("u4[:,:](i8, i8, i8[:], i8, i8)")
def drawn(seed, stream, whos, month, block):
    """Return what `words` gives for everybody in `whos`: uint32 [4, n]."""
    return words_of_all(seed, stream, whos, month, block)


@rule
def uniform(word):
    """Return a word as a number from 0 up to but not including 1."""
    return word * _TO_UNIT


@rule
def pair_word(chooser_word, candidate_word):
    """Return the keyed draw of one candidate for one chooser, 0 to 2**32 - 1, from a word of each.

    The candidate with the smallest such draw is a uniform choice from any set, however the set is stored. The mixing
    is the 32-bit finaliser with multipliers 0x7feb352d and 0x846ca68b (Wellons, 'Prospecting for hash functions').
    """
    x = np.uint64(chooser_word) ^ np.uint64(candidate_word)
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(0x7FEB352D)) & _MASK
    x ^= x >> np.uint64(15)
    x = (x * np.uint64(0x846CA68B)) & _MASK
    x ^= x >> np.uint64(16)
    return np.int64(x)


@rule
def new_id(seed, kind, parent, month, k):
    """Return a 63-bit id, the hash of what somebody is: (kind, mother or community, month, k).

    An id never depends on the order in which people were made, so a birth more in one scenario gives nobody else
    another future.
    """
    a, b, _, _ = words(seed, _IDENTITY, parent ^ (kind << 48), month, k)
    return ((a << 32) | b) & 0x7FFF_FFFF_FFFF_FFFF
