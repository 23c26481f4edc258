"""Order that never depends on where somebody is stored: (criterion, keyed draw, id)."""

from copro_sim.core.compiled import making, walk, whole

PLACES = 65_536


@walk
def pack_key(criterion, word, place):
    """Return one sortable number, smallest first: criterion (0 to 32,767), then keyed draw (32 bits), then place."""
    return (criterion << 48) | (word << 16) | place


@walk
def place_of(key):
    """Return the place packed into a key."""
    return whole(key) & (PLACES - 1)


@walk
def word_of(key):
    """Return the keyed draw packed into a key."""
    return whole(key) >> 16 & 0xFFFF_FFFF


@making
def sort_keys(keys, count, ids):
    """Sort the first `count` keys in place by criterion and draw; where both are equal, by the id of the place."""
    keys[:count].sort()
    for last in range(1, count):
        at = last
        while at > 0 and keys[at - 1] >> 16 == keys[at] >> 16 and ids[place_of(keys[at - 1])] > ids[place_of(keys[at])]:
            earlier = keys[at - 1]
            keys[at - 1] = keys[at]
            keys[at] = earlier
            at -= 1
