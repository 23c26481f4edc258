"""Bonds as a story: at most fifteen, in pairs; friends and neighbours make room for anybody, kin for the household."""

MOST = 15
FRIEND = 2


def bind(people, one, other, kind, strength, back):
    """Bind two; the weakest looser tie of each makes room if need be. Return whether it was done."""
    if other not in people[one]["bonds"] and not (_room(people, one, kind) and _room(people, other, kind)):
        return False
    people[one]["bonds"][other], people[other]["bonds"][one] = (kind, strength), (kind, back)
    return True


def part(people, one, other):
    """End the bond of two, both ways."""
    people[one]["bonds"].pop(other, None)
    people[other]["bonds"].pop(one, None)


def _room(people, who, kind):
    held = people[who]["bonds"]
    if len(held) < MOST:
        return True
    looser = sorted((strength, other) for other, (k, strength) in held.items() if k >= FRIEND or k > kind)
    if looser:
        part(people, who, looser[0][1])
    return bool(looser)
