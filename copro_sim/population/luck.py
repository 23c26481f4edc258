"""What chance a founder is given: every keyed draw of the building, made once and read by name.

The names number the words of a citizen's blocks, four words to a block; the first blocks are of stream POPULATION, the
next of HOUSEHOLDS, the last of BONDS. What concerns a household is read from the first of its members.
"""

from copro_sim.core.compiled import walk, whole
from copro_sim.core.draws import Stream, words

BIRTH, WORK, RESERVE, CONTENTMENT, KIND, LEVEL, BELONGING, _ = range(8)
PAIRING, BLUR, MORE_BLUR, STAYS = range(8, 12)
WANTS, SINGLE, GAP, MORE_GAP = range(12, 16)
FIND, SHARE, SHARED_BY, STREET = range(16, 20)
LANGUAGE, MEANS, _, _ = range(20, 24)
MOTHER, KIN_GAP, MORE_KIN_GAP, FIND_KIN = range(24, 28)
ELSEWHERE, SIBLING, FATHER, SOCIABLE = range(28, 32)
CIRCLE, SECOND_CIRCLE, AGE_BLUR, SECOND_AGE_BLUR = range(32, 36)
CIRCLE_SIZE, SECOND_CIRCLE_SIZE, WARMTH, PAIR = range(36, 40)
NEAR, FAR, WHO, WHO_FAR = range(40, 44)
DRAWS = 44

_WORDS = 4
_POPULATION, _HOUSEHOLDS, _BONDS = int(Stream.POPULATION), int(Stream.HOUSEHOLDS), int(Stream.BONDS)


@walk
def draw(luck, i, seed, who):
    """Fill row `i` with all words of the citizen whose id is `who`."""
    for block in range(DRAWS // _WORDS):
        at = block * _WORDS
        stream = _POPULATION if at < PAIRING else (_HOUSEHOLDS if at < MOTHER else _BONDS)
        luck[i, at], luck[i, at + 1], luck[i, at + 2], luck[i, at + 3] = words(seed, stream, whole(who), 0, block)
