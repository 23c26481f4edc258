"""Words for the small whole numbers that columns hold. Compiled walks use the plain integers of the same names."""

from enum import IntEnum, unique


@unique
class Life(IntEnum):
    """Whether a place in a community is lived in."""

    EMPTY = 0
    ALIVE = 1
    DIED = 2
    """Died this month: counted by the month's tally, which then empties the place."""
    LEFT = 3
    """Left the community this month: counted by the month's tally, which then empties the place."""


@unique
class Arrival(IntEnum):
    """Whether somebody arrived this month; the month's tally counts it and puts it back to 'not'."""

    NOT = 0
    BORN = 1
    CAME = 2


@unique
class IdKind(IntEnum):
    """What an id was made for: the `kind` of `core.draws.new_id`. A number, once used, is never given again."""

    COMMUNITY = 1
    FOUNDER = 2
    NEWBORN = 3
    NEWCOMER = 4
    HOUSEHOLD = 5


@unique
class Habit(IntEnum):
    """How a member of a time-credit group deals with credits."""

    USUAL = 0
    ALTRUIST = 1
    """Serves for nothing."""
    HOARDER = 2
    """Goes on earning whatever the balance."""


@unique
class Host(IntEnum):
    """Who runs a time-credit group."""

    COUNCIL = 0
    THIRD_SECTOR = 1
    USERS = 2


@unique
class Sex(IntEnum):
    """Sex as the population estimates count it."""

    MALE = 0
    FEMALE = 1


@unique
class Need(IntEnum):
    """The two needs. Personal: washing, toileting, nights. Practical: everything else, and company."""

    PERSONAL = 0
    PRACTICAL = 1


@unique
class NeedKind(IntEnum):
    """Where need comes from."""

    LATER_LIFE = 0
    LIFELONG = 1
    MENTAL_HEALTH = 2


@unique
class NeedLevel(IntEnum):
    """The bands that Welsh councils used to judge eligibility."""

    NONE = 0
    LOW = 1
    MODERATE = 2
    SUBSTANTIAL = 3
    CRITICAL = 4


@unique
class BondKind(IntEnum):
    """What binds two citizens. Also the source under which help along the bond is counted."""

    HOUSEHOLD = 0
    KIN = 1
    FRIEND = 2
    NEIGHBOUR = 3


@unique
class Source(IntEnum):
    """Who met a need. The first four are the kinds of bond."""

    HOUSEHOLD = 0
    KIN = 1
    FRIEND = 2
    NEIGHBOUR = 3
    CREDIT = 4
    THIRD_SECTOR = 5
    COUNCIL = 6
    BOUGHT = 7


@unique
class Mode(IntEnum):
    """How a citizen is supported by the council."""

    NONE = 0
    ARRANGED = 1
    DIRECT_PAYMENT = 2
    """Money to employ assistants oneself, alone."""
    CITIZEN_DIRECTED = 3
    """A direct payment with a circle of support around the holder."""
    RESIDENTIAL = 4


@unique
class Assessed(IntEnum):
    """What became of a carer's assessment in the month."""

    NONE = 0
    OFFERED = 1
    """Offered and declined."""
    TAKEN_UP = 2


@unique
class Practice(IntEnum):
    """How the practitioner who last assessed a citizen worked."""

    NOT_ASSESSED = 0
    OLD = 1
    CO_PRODUCED = 2
    TOKEN = 3
    """Co-produced in name only."""


@unique
class Setting(IntEnum):
    """What kind of place a community is."""

    CITY = 0
    VALLEY = 1
    TOWN = 2
    RURAL = 3
