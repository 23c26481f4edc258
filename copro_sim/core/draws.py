"""All chance: a pure function of (seed, stream, who, month, block), with no state to pass around.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 'Parallel random numbers: as easy as 1, 2, 3', SC11, 2011). The seed is
the key; stream, month, block and the 64-bit id of a citizen or community are the counter; one block yields four words
of 32 bits. Nobody's luck depends on how many draws somebody else has made, so engines agree, threads do not matter,
and scenarios share every shock that policy does not touch (common random numbers).
"""

from enum import IntEnum, unique

import numpy as np

from copro_sim.core.compiled import entry, inlined, making, rule


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


@rule
def philox_round(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return the counter after one round of Philox4x32: of each number the lower 32 bits count.

    The upper are cut off where they are multiplied and not before, so that the machine sees there that they are none.
    """
    product_0 = _MULTIPLIER_0 * (counter_0 & _MASK)
    product_1 = _MULTIPLIER_1 * (counter_2 & _MASK)
    return (product_1 >> _SHIFT) ^ counter_1 ^ key_0, product_1, (product_0 >> _SHIFT) ^ counter_3 ^ key_1, product_0


@inlined
def _two_rounds(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    a, b, c, d = philox_round(counter_0, counter_1, counter_2, counter_3, key_0, key_1)
    a, b, c, d = philox_round(a, b, c, d, key_0 + _WEYL_0, key_1 + _WEYL_1)
    return a, b, c, d, key_0 + _WEYL_0 + _WEYL_0, key_1 + _WEYL_1 + _WEYL_1


@rule
def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Return one Philox4x32-10 block: four uint64 that hold 32 bits each, from uint64 words that hold 32 bits each."""
    now = counter_0, counter_1, counter_2, counter_3, key_0, key_1
    for _ in range(_ROUNDS // 2):
        now = _two_rounds(*now)
    return now[0] & _MASK, now[1] & _MASK, now[2] & _MASK, now[3] & _MASK


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

    A fifth of the cost of `words` for each: the ten rounds are written out, for what has no loop inside is done for eight
    citizens at once.
    """
    found = np.empty((4, whos.size), np.uint32)
    key, when = np.uint64(seed), np.uint64((month + 32_768) * 65_536 + block)
    for i in range(whos.size):
        name = np.uint64(whos[i])
        now = name & _MASK, name >> _SHIFT, when & _MASK, np.uint64(stream), key & _MASK, key >> _SHIFT
        a, b, c, d, _, _ = _two_rounds(*_two_rounds(*_two_rounds(*_two_rounds(*_two_rounds(*now)))))
        found[0, i], found[1, i], found[2, i], found[3, i] = a, b, c, d
    return found


@making
def words_of_some(seed, stream, ids, places, count, month, block):
    """Return what `words_of_all` returns for those whose ids stand at the first `count` of these places, in that order."""
    whos = np.empty(count, np.int64)
    for at in range(count):
        whos[at] = ids[places[at]]
    return words_of_all(seed, stream, whos, month, block)


@entry("UniTuple(i8, 4)(i8, i8, i8, i8, i8)")
def compiled_words(seed, stream, who, month, block):
    """Return what `words` returns, compiled: for the agents engine and other plain Python callers."""
    return words(seed, stream, who, month, block)


@entry("u4[:,::1](i8, i8, i8[::1], i8, i8)")
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
