"""Every indicator, with one definition, unit and meaning each; all are made from tallies, accounts and policies.

Flows are hours a week (minutes a month over 260), people are heads of real people, inner states are means over
citizens, money is pounds of 2013-14 a year. For each month and place, exactly:
need = household + kin + friend + neighbour + credit + third sector + council + bought + unmet.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from copro_sim.core.units import MINUTES_PER_HOUR, MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, PENCE, THOUSANDTHS
from copro_sim.language import N_
from copro_sim.processes.tally import Tally
from copro_sim.scenario.problems import Problem, did_you_mean
from copro_sim.state.codes import Source

Array = np.ndarray[Any, Any]
Kind = Literal["flow", "heads", "stock", "mean", "ratio", "share", "money", "policy"]
Better = Literal["less", "more"] | None
_NEED = (Tally.NEED_PERSONAL, Tally.NEED_PRACTICAL)
_UNMET = (Tally.UNMET_PERSONAL, Tally.UNMET_PRACTICAL)
_DIVISOR = {"flow": MINUTES_PER_MONTH_OF_WEEKLY_HOUR, "stock": MINUTES_PER_HOUR, "mean": THOUSANDTHS}


@dataclass(frozen=True)
class Indicator:
    """One thing that is shown.

    Parameters
    ----------
    name
        The name in data.
    title
        What it is called in a sentence, in plain English, without a capital.
    unit
        The unit of its numbers.
    meaning
        The definition, in one sentence.
    kind
        "flow" (hours a week), "heads" (people or events), "stock" (hours held), "mean" (over citizens), "ratio", "share" (0 to
        1), "money" (pounds of 2013-14 a year) or "policy" (what councils and others decided, or how they stand).
    of, per
        The tallies that are added, and those by whose sum they are divided (none: not divided).
    better
        "less", "more", or None where neither is better in itself: costs, work done, and measures of process such as
        reciprocity.
    """

    name: str
    title: str
    unit: str
    meaning: str
    kind: Kind
    of: tuple[Tally, ...] = ()
    per: tuple[Tally, ...] = ()
    better: Better = None


def source_tallies(*sources: Source) -> tuple[Tally, ...]:
    """Return the tallies of help from `sources`, for personal and for practical needs."""
    return tuple(Tally[f"{need}_{source.name}"] for source in sources for need in ("PERSONAL", "PRACTICAL"))


def _flow(name: str, title: str, of: tuple[Tally, ...], meaning: str, better: Better = None) -> Indicator:
    return Indicator(name, title, "hours a week", meaning, "flow", of, (), better)


def _heads(name: str, title: str, meaning: str, better: Better = None, unit: str = "people") -> Indicator:
    return Indicator(name, title, unit, meaning, "heads", (Tally[name.upper()],), (), better)


def _mean(name: str, title: str, unit: str, better: Better) -> Indicator:
    return Indicator(
        name, title, unit, f"Mean over citizens of {title}", "mean", (Tally[name.upper()],), (Tally.CITIZENS,), better
    )


def _money(name: str, title: str, meaning: str) -> Indicator:
    return Indicator(name, title, "pounds a year", f"{meaning}, in pounds of 2013-14", "money")


def _from(source: Source, title: str) -> Indicator:
    meaning = f"Hours of need met by {title.removeprefix('help from ')}"
    return _flow(f"{source.name.lower()}_hours", title, source_tallies(source), meaning)


_UNPAID = (Source.HOUSEHOLD, Source.KIN, Source.FRIEND, Source.NEIGHBOUR, Source.CREDIT)
_CARERS = {
    "1_9": N_("carers giving 1 to 9 hours a week"), "10_19": N_("carers giving 10 to 19 hours a week"),
    "20_34": N_("carers giving 20 to 34 hours a week"), "35_49": N_("carers giving 35 to 49 hours a week"),
    "50_plus": N_("carers giving 50 or more hours a week"),
}  # fmt: skip

_FLOWS = (
    _flow("need_hours", N_("need"), _NEED, "Hours of help needed, personal and practical"),
    _flow("personal_need_hours", N_("personal need"), _NEED[:1], "Hours of help needed with washing, toileting and nights"),
    _from(Source.HOUSEHOLD, N_("help from the household")),
    _from(Source.KIN, N_("help from kin outside the household")),
    _from(Source.FRIEND, N_("help from friends")),
    _from(Source.NEIGHBOUR, N_("help from neighbours")),
    _from(Source.CREDIT, N_("help from time credits")),
    _from(Source.THIRD_SECTOR, N_("help from the third sector")),
    _from(Source.COUNCIL, N_("help from the council")),
    _from(Source.BOUGHT, N_("help from care bought privately")),
    _flow("unmet_hours", N_("unmet need"), _UNMET, "Hours of need that nobody met", "less"),
    _flow(
        "undelivered_hours",
        N_("undelivered care"),
        (Tally.UNDELIVERED,),
        "Council hours arranged, needed and not delivered",
        "less",
    ),
    _flow(
        "not_found_hours",
        N_("direct-payment hours without assistants"),
        (Tally.NOT_FOUND,),
        "Hours of direct payments, needed, for which no assistant was found; part of undelivered care",
        "less",
    ),
    _flow(
        "given_hours",
        N_("unpaid help given"),
        (Tally.GIVEN,),
        "Hours of help given to household, kin, friends and neighbours",
    ),
    _flow(
        "credit_exchange_hours",
        N_("time-credit exchanges"),
        (Tally.CREDIT_GIVEN,),
        "Hours given for credits: help with needs and everyday favours",
    ),
)
_PEOPLE = (
    _heads("citizens", N_("citizens"), "Living citizens"),
    _heads("deaths", N_("deaths"), "Citizens who died in the month", "less", "people a month"),
    _heads("births", N_("births"), "Citizens born in the month", None, "people a month"),
    _heads("newcomers", N_("newcomers"), "Citizens who came to live here in the month", None, "people a month"),
    _heads("leavers", N_("leavers"), "Citizens who moved away in the month", None, "people a month"),
    _heads("people_with_need", N_("people with need"), "Citizens who need any help"),
    _heads("people_unmet", N_("people with unmet need"), "Citizens some of whose need nobody met", "less"),
    _heads("critical_unmet", N_("people in critical need left unmet"), "Citizens in critical need not all met", "less"),
    *(
        _heads(f"carers_{band}", title, "Citizens giving that much unpaid help")
        for band, title in _CARERS.items()
    ),
    _heads("gave_and_received", N_("people who gave and received"), "Citizens with need who did both in the month"),
    _heads("gave_with_need", N_("people with need who gave"), "Citizens with need who gave help in the month"),
    _heads("invited", N_("people invited to give"), "Citizens who have ever been invited to give"),
    _heads("members", N_("members of time-credit groups"), "Citizens who are members of a time-credit group"),
    _heads("lonely", N_("lonely people"), "Citizens of school age or older without enough company", "less"),
    _heads("burnt_out", N_("burnt-out carers"), "Carers who stopped giving because of strain", "less"),
    _heads("left_work", N_("people who left work to care"), "Citizens who left or cut work in order to care", "less"),
    Indicator(
        "bonds", N_("bonds a citizen"), "bonds", "Bonds held, mean over citizens", "ratio", (Tally.BONDS,), (Tally.CITIZENS,)
    ),
    _heads("waiting", N_("people waiting"), "Citizens who came forward and wait for the council", "less"),
    _heads("refused", N_("people refused"), "Citizens turned away by the council in the month as not eligible", "less"),
    _heads("never_asked", N_("people who never asked"), "Citizens with unmet need, unsupported, who did not ask", "less"),
    _heads("council_clients", N_("council clients"), "Citizens supported by the council"),
    _heads("direct_payment_clients", N_("people with direct payments alone"), "Clients who employ assistants, without a circle"),
    _heads("citizen_directed_clients", N_("people with citizen-directed support"), "Clients with a direct payment and a circle"),
    _heads("residents", N_("people in care homes"), "Clients whom the council supports in a care home"),
    _heads("acute", N_("people in acute episodes"), "Citizens in an acute episode: illness, injury, grief, a birth", "less"),
    _heads("harmed", N_("people harmed"), "Citizens on whom a harm done by an assistant still weighs", "less"),
    _heads("carers_offered", N_("carers offered an assessment"), "Carers offered one in the month", None, "people a month"),
    _heads("carers_assessed", N_("carers assessed"), "Carers who took up an assessment in the month", None, "people a month"),
    _heads("respite", N_("carers with respite"), "Carers whom respite relieves"),
    _heads("credit_requests", N_("members who asked the group"), "Members who wanted something of the group in the month"),
    _heads("exchanges", N_("people served by time credits"), "Members who received for credits", None, "people a month"),
    Indicator("credits_outstanding", N_("credits held"), "hours", "Credits of members", "stock", (Tally.CREDITS_HELD,)),
)  # fmt: skip
_STATES = (
    _mean("wellbeing", N_("wellbeing"), "0 to 10", "more"),
    _mean("belonging", N_("belonging to the community"), "0 to 1", "more"),
    _mean("agency", N_("voice and control"), "0 to 1", "more"),
    _mean("trust", N_("trust in the council"), "0 to 1", "more"),
    _mean("reluctance", N_("reluctance to ask"), "0 to 1", "less"),
    _mean("strain", N_("strain of caring"), "0 to 1", "less"),
    Indicator(
        "plurality",
        N_("sources of help a person has"),
        "sources",
        "Effective number of sources that helped a person with need who was helped (square of the hours over their squares)",
        "mean",
        (Tally.PLURALITY,),
        (Tally.PEOPLE_HELPED,),
        "more",
    ),
    Indicator(
        "unmet_share",
        N_("the share of need left unmet"),
        "share",
        "Hours of unmet need over hours of need",
        "share",
        _UNMET,
        _NEED,
        "less",
    ),
)
_MONEY = (
    _money("council_cost", N_("spending on council care"), "What hours delivered at home cost at the month's pace"),
    _money("coproduction_cost", N_("spending on co-production"), "What community builders and brokers cost"),
    _money("charges", N_("charges"), "What people pay their council for support at home"),
    _money("clawed_back", N_("money clawed back"), "Part of what co-produced packages freed that is taken away the year after"),
    _money("handed_back", N_("money not spent on care"), "Budget left for other services; below 0: overspent by a sample's luck"),
    _money("respite_cost", N_("spending on respite"), "What respite for carers cost councils"),
    _money("grants_cost", N_("grants to the third sector"), "What councils' grants to the third sector cost"),
    _money("care_home_cost", N_("spending on care homes"), "What places in care homes cost councils, counted apart"),
    _money(
        "nhs_cost",
        N_("the cost of hospital stays"),
        "What stays in acute episodes cost the NHS, counted apart and never netted",
    ),
    _money("private_cost", N_("private spending on care"), "What care bought privately cost those who bought it"),
    _money("reserved", N_("money held back"), "Money of the same budget held back from care"),
    _money("budget", N_("budget"), "Money for support at home, out of which care and co-production are both paid"),
    _money(
        "unpaid_value",
        N_("unpaid help at replacement cost"),
        "What help from household, kin, friends, neighbours and time credits would cost at the council's price; "
        "never netted against public money",
    ),
)
_POLICY = (
    Indicator(
        "eligibility_line",
        N_("eligibility line"),
        "need level",
        "Lowest need level that councils support: 1 low to 4 critical",
        "policy",
    ),
    Indicator(
        "package_share", N_("package share"), "share", "Share of need not met otherwise that a package covers", "policy"
    ),
    Indicator(
        "turned_away",
        N_("turned away at first contact"),
        "share",
        "Share of those who come forward who are sent elsewhere at first contact, under the national test",
        "policy",
        better="less",
    ),
    Indicator(
        "coproduced_share",
        N_("co-produced assessments"),
        "share",
        "Share of assessments done the co-produced way",
        "policy",
    ),
)

_INSTITUTIONS = (
    Indicator("practitioners", N_("practitioners"), "people", "Posts of practitioners that are filled", "heads"),
    Indicator("adopters", N_("practitioners of co-production"), "people", "Practitioners who work the co-produced way", "heads"),
    Indicator("leadership", N_("leadership"), "0 to 1", "Councils' courage for whole-system change", "policy"),
    Indicator("attention", N_("the Senedd's attention"), "0 to 1", "Attention of the Senedd to co-production", "policy"),
    Indicator("commitment", N_("the Senedd's commitment"), "0 to 1", "Commitment of the Senedd to co-production", "policy"),
    Indicator(
        "feared_harm", N_("feared harm"), "chance a year",
        "Harm that members of the Senedd fear for somebody with a direct payment; see harmed for the actual one", "policy",
    ),
    Indicator(
        "implementation_gap", N_("the implementation gap"), "share",
        "Share of practice that is promoted less the share that emerges; 0 where practice is given", "policy",
    ),
)  # fmt: skip

INDICATORS = {
    indicator.name: indicator for indicator in (*_FLOWS, *_PEOPLE, *_STATES, *_MONEY, *_POLICY, *_INSTITUTIONS)
}
"""Every indicator by its name, in the order in which they are shown."""

COUNTED = tuple(name for name, indicator in INDICATORS.items() if indicator.of)
"""Names of the indicators that are made of tallies alone: these exist for groups of people, too."""


def measured(indicator: Indicator, weighted: Array) -> Array:
    """Return an indicator, float64 [...], from weighted tallies float64 [..., tally]; NaN where nobody is counted."""
    total = weighted[..., list(indicator.of)].sum(axis=-1) / _DIVISOR.get(indicator.kind, 1)
    if not indicator.per:
        return np.asarray(total)
    below = weighted[..., list(indicator.per)].sum(axis=-1)
    return np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0)


def money(weighted: Array, accounts: dict[str, Array], prices: Array) -> dict[str, Array]:
    """Return each money indicator, float64 [months, authorities], pounds of 2013-14 a year.

    Parameters
    ----------
    weighted
        Weighted tallies, float64 [months, authorities, tally].
    accounts
        int64 [years, authorities], in pence; a year's sum is spread evenly over its months.
    prices
        Pounds an hour of council support, float64 [years].
    """
    hourly = np.repeat(prices, MONTHS_PER_YEAR)[:, None] * MONTHS_PER_YEAR / MINUTES_PER_HOUR
    booked = {
        "coproduction_cost": "coproduction_spent", "reserved": "reserved", "budget": "budget", "charges": "charges",
        "clawed_back": "clawed_back", "handed_back": "handed_back", "respite_cost": "respite_spent",
        "care_home_cost": "care_homes_spent", "nhs_cost": "nhs_spent", "grants_cost": "grants_spent",
    }  # fmt: skip
    spread = {name: np.repeat(accounts[key], MONTHS_PER_YEAR, axis=0) / PENCE for name, key in booked.items()}
    cost = {
        "council_cost": (
            weighted[..., list(source_tallies(Source.COUNCIL))].sum(axis=-1) - weighted[..., Tally.RESIDENT_MINUTES]
        ) * hourly,
        "private_cost": weighted[..., list(source_tallies(Source.BOUGHT))].sum(axis=-1) * hourly,
        "unpaid_value": weighted[..., list(source_tallies(*_UNPAID))].sum(axis=-1) * hourly,
    }
    return cost | spread


_SOME = " There are unmet_share, wellbeing, lonely, given_hours, council_cost and more: every differences.csv has all."


def no_indicator(name: Any) -> list[Problem]:
    """Return a problem if there is no indicator of this name."""
    if isinstance(name, str) and name in INDICATORS:
        return []
    hint = (did_you_mean(name, INDICATORS) if isinstance(name, str) else "") or _SOME
    return [Problem(key="indicator", value=name, message=f"unknown indicator.{hint}")]
