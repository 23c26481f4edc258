"""What a scenario may say of government: funding, councils, co-production as an investment.

Each field is a parameter record. How the institutions act on them is in `copro_sim/institutions/`.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.params import Record


class FundingParams(NamedTuple):
    """Where the money comes from and what it buys."""

    basis: Annotated[str, Record(
        value="actual", options=("actual", "restored"), meaning="'actual': what was spent until 2023-24, then "
        "real_growth_percent_per_year; 'restored': 2009-10 real funding per head of people of 65 and over, every year")]
    real_growth_percent_per_year: Annotated[float, Record(
        value=-0.7, low=-20.0, high=20.0, unit="percent a year", grade="derived", likely=(-1.5, 0.5),
        meaning="Real growth of the budget after 2023-24 where the basis is 'actual'",
        source="-14 percent per head of 65+ in the seven years from 2009-10, with 65+ growing by about 1.4 percent a year")]
    home_support_share: Annotated[float, Record(
        value=0.29, low=0.0, high=1.0, unit="share", likely=(0.15, 0.6),
        meaning="Share of spending on older people that buys hours of support at home",
        source="59,300 adults supported in the community on 31 March 2016 at about 8 hours a week; assumed")]
    younger_adults_ratio: Annotated[float, Record(
        value=1.0, low=0.0, high=5.0, unit="ratio", grade="derived",
        meaning="Spending on adults under 65 over spending on people of 65 and over",
        source="508.9 against 499.6 million pounds in 2009-10, StatsWales outturn")]
    price_growth_percent_per_year: Annotated[float, Record(
        value=1.0, low=-10.0, high=20.0, unit="percent a year", likely=(0.0, 2.0),
        meaning="Real growth of the price of an hour of support after 2023-24: wages")]
    clawback: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share", likely=(0.0, 0.5),
        meaning="Share of the money that co-produced packages have freed, by leaving part of need to natural support, which is "
        "taken out of the next year's budget")]
    carry_over_percent: Annotated[float, Record(
        value=5.0, low=0.0, high=100.0, unit="percent of the year's budget", likely=(0.0, 10.0),
        meaning="Most that a council keeps of money for care that a year has left; the rest goes back to the council's other "
        "services. What is overspent is owed in full",
        source="Assumed: councils hold small reserves for care, and underspends go back to the general fund")]
    repay_years: Annotated[float, Record(
        value=3.0, low=1.0, high=20.0, unit="years", likely=(1.0, 5.0),
        meaning="Over how many years a council plans to repay what it owes: each year it sets this part of the debt aside")]
    reserved_pounds_per_head: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="pounds a year for each citizen",
        meaning="Money held back from care for anything else")]  # fmt: skip


class CouncilParams(NamedTuple):
    """How a council rations."""

    first_line: Annotated[int, Record(
        value=3, low=1, high=4, unit="need level", grade="derived",
        meaning="Eligibility line in April 2013: 3 is substantial need",
        source="Most Welsh councils met critical and substantial need before April 2016")]
    tightens_below: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share",
        meaning="Package share below which the line is raised rather than packages shrunk further")]
    widens_above: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share",
        meaning="Package share that must be affordable at a lower line before it is lowered")]
    national_test_from_year: Annotated[int, Record(
        value=2016, low=2013, high=2100, unit="year", grade="seen",
        meaning="April from which the national test replaces the line: need counts if nobody else can and will meet it",
        source="Care and Support (Eligibility) (Wales) Regulations 2015, in force 6 April 2016")]
    test_hours_per_week: Annotated[float, Record(
        value=7.7, low=0.0, high=112.0, unit="hours a week", likely=(3.0, 14.0),
        meaning="Need that nobody else meets from which somebody passes the national test",
        source="Assumed, so that in April 2016 about as many are eligible under the test as under the line before")]
    outturn_weight: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="share", likely=(0.4, 0.8),
        meaning="How far what a council plans to come of demand follows what came of it at the end of last year",
        source="Assumed: councils set next year's budgets from outturn")]
    first_contact_step: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of those who come forward", likely=(0.0, 0.2),
        meaning="By how much, under the national test, more people are turned away at first contact in a year in which the line "
        "would have been raised; and fewer in one in which it would have been lowered")]
    assessment_hours_per_1000_citizens: Annotated[float, Record(
        value=14.0, low=0.0, high=1000.0, unit="hours a month for each 1,000 citizens", grade="derived",
        meaning="Practitioners' time for new assessments",
        source="82,100 assessments in 2015-16 at 6 hours each, 3.08 million citizens: 13.3 hours a month")]
    direct_payment_percent: Annotated[float, Record(
        value=9.5, low=0.0, high=100.0, unit="percent of new packages", grade="derived", likely=(3.0, 16.0),
        meaning="New packages given as direct payments if nobody feared any harm from them",
        source="About 5 percent of users in Wales had direct payments")]
    citizen_directed_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of direct payments", role="investment",
        meaning="Direct payments with a circle of support: citizen-directed support")]
    fear_deters: Annotated[float, Record(
        value=4.0, low=0.0, high=100.0, unit="ratio", likely=(0.0, 8.0),
        meaning="Share of direct payments not offered, over the yearly chance of harm that practitioners fear")]
    residential_percent: Annotated[float, Record(
        value=8.2, low=0.0, high=100.0, unit="percent", likely=(3.0, 30.0),
        meaning="Of those in critical need, or who live alone with need of `care_service.residential_from_level`, who get a "
        "place in a care home when a package is given or reviewed")]
    reablement_percent: Annotated[float, Record(
        value=20.0, low=0.0, high=100.0, unit="percent", likely=(10.0, 40.0),
        meaning="Of those assessed during an acute episode, who get reablement")]
    carers_offered_percent: Annotated[float, Record(
        value=20.0, low=0.0, high=100.0, unit="percent a year", likely=(10.0, 40.0),
        meaning="Carers of long hours who are offered an assessment of their own")]
    respite_pounds_per_month: Annotated[float, Record(
        value=100.0, low=0.0, high=5_000.0, unit="pounds a month", likely=(50.0, 200.0),
        meaning="What respite for a carer costs")]  # fmt: skip

_NATIONAL_LAC = "Local Area Coordination: 11 coordinators for Swansea's 245,000 people in 2018, aiming at 22"


class CoproductionParams(NamedTuple):
    """How much co-production there is, when, and what it costs."""

    practice_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of assessments",
        meaning="Share of assessments done the co-produced way once practice has changed")]
    practice_from_year: Annotated[int, Record(
        value=2013, low=2013, high=2100, unit="year", meaning="April in which practice begins to change")]
    practice_until_year: Annotated[int, Record(
        value=2018, low=2013, high=2100, unit="year", meaning="April by which practice has changed, in equal steps")]
    builders_per_100000: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="posts per 100,000 citizens", role="investment",
        meaning="Community builders, who go round and invite people with needs to give", source=_NATIONAL_LAC)]
    builder_pounds_per_year: Annotated[float, Record(
        value=45_000.0, low=0.0, high=500_000.0, unit="pounds a year", likely=(40_000.0, 55_000.0),
        meaning="Full cost of a community builder", source="Local Area Coordination, from memory: 40,000 to 55,000")]
    people_reached_per_builder: Annotated[float, Record(
        value=60.0, low=0.0, high=1000.0, unit="people a year", likely=(40.0, 80.0),
        meaning="People with needs whom a builder gets to know in a year",
        source="Local Area Coordination design norm: 50 to 65 people a coordinator")]
    brokers_per_100000: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="posts per 100,000 citizens", role="investment",
        meaning="Time-credit brokers, who make matches between members")]
    broker_pounds_per_year: Annotated[float, Record(
        value=35_000.0, low=0.0, high=500_000.0, unit="pounds a year", likely=(28_000.0, 42_000.0),
        meaning="Full cost of a broker")]
    broker_match_hours_per_month: Annotated[float, Record(
        value=100.0, low=0.0, high=200.0, unit="hours a month", meaning="Broker's time that goes into matches")]
    groups_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of communities", role="investment",
        meaning="Communities in which a time-credit group runs, from April 2013")]
    members_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of adults", role="investment",
        meaning="Adults in a community with a group who are members, drawn at the start")]  # fmt: skip


class SeneddParams(NamedTuple):
    """How attention comes and goes in the Senedd, how members are convinced, and what the law does without that."""

    first_attention: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="0 to 1", likely=(0.1, 0.4),
        meaning="Attention of the Senedd to co-production in April 2013, with a Bill before it")]
    attention_decay: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share a month", likely=(0.02, 0.1),
        meaning="Attention that goes to other things unless it is renewed")]
    first_convinced: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of members", likely=(0.0, 0.2),
        meaning="Members convinced in April 2013, besides a champion")]
    forgets: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="chance a month", likely=(0.01, 0.05),
        meaning="Chance that a convinced member whom nobody has reached this month is so no more")]
    seat_turnover: Annotated[float, Record(
        value=0.35, low=0.0, high=1.0, unit="share of seats", likely=(0.3, 0.5),
        meaning="Seats that go to somebody new at an election; the new member begins unconvinced",
        source="About a third of members were new in 2016 and in 2021, from memory")]
    champion: Annotated[int, Record(
        value=1, low=0, high=1, unit="members", meaning="Whether a member is a champion in April 2013: a door that is open")]
    champion_leaves_year: Annotated[int, Record(
        value=2100, low=2013, high=2100, unit="year",
        meaning="April in which whoever is champion then leaves the Senedd; 2100: only by an election")]
    champion_loses_seat: Annotated[float, Record(
        value=0.35, low=0.0, high=1.0, unit="chance at an election", likely=(0.1, 0.5),
        meaning="Chance that the champion is not returned")]
    champion_emerges: Annotated[float, Record(
        value=0.0005, low=0.0, high=1.0, unit="chance a month", likely=(0.0, 0.002),
        meaning="Chance that a convinced member becomes champion while there is none")]
    champion_attention: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.04),
        meaning="Attention that a champion renews")]
    champion_convinces: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="chance a month", likely=(0.0, 0.03),
        meaning="Chance that a champion reaches a given member")]
    campaign: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share of the gap a month",
        meaning="Attention that campaigns win while they last: set it and end it by events")]
    success_attention: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.04),
        meaning="Attention won where success is visible everywhere; in proportion where it is not")]
    seminars_per_year: Annotated[int, Record(
        value=2, low=0, high=12, unit="seminars a year", meaning="Seminars that practitioners hold for members")]
    seminar_attendance: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="chance", likely=(0.01, 0.15), meaning="Chance that a member comes to a seminar")]
    seminar_convinces: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="chance", likely=(0.0, 0.6),
        meaning="Chance that who comes to a seminar is convinced")]
    seminar_attention: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share of the gap", likely=(0.0, 0.4),
        meaning="Attention won by a seminar to which all members come; in proportion to those who do")]
    seminar_hours: Annotated[float, Record(
        value=200.0, low=0.0, high=10_000.0, unit="hours", likely=(100.0, 400.0),
        meaning="Practitioners' time that a seminar takes: thirty of them for most of a day")]
    seminar_ties: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.02),
        meaning="Strength that a seminar adds to the ties of the network that holds it")]
    seminar_disappoints: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.02),
        meaning="Hope that the network loses by a seminar to which no member comes; in proportion to those who stay away")]
    act_from_year: Annotated[int, Record(
        value=2016, low=2013, high=2100, unit="year", grade="seen",
        meaning="April from which duties are law; 2100: never",
        source="Social Services and Well-being (Wales) Act 2014, in force from 6 April 2016")]
    amendment_chance: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="chance a month", likely=(0.0, 0.02),
        meaning="Chance that a wholly attentive Senedd puts force behind the duties; in proportion to attention")]
    amendment_commitment: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share of the gap", likely=(0.0, 0.6),
        meaning="Commitment that the amended law adds to that of members")]
    commitment_imposed: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="0 to 1",
        meaning="Commitment that a led nation shows whatever members attend to: commitment is never below it")]  # fmt: skip


class PanelParams(NamedTuple):
    """A citizens' panel: whether it sits, whether it is heeded, and what that does."""

    from_year: Annotated[int, Record(
        value=2100, low=2013, high=2100, unit="year", meaning="April from which a citizens' panel sits; 2100: never")]
    until_year: Annotated[int, Record(
        value=2100, low=2013, high=2100, unit="year", meaning="April from which it sits no more")]
    meetings_per_year: Annotated[int, Record(
        value=4, low=0, high=12, unit="meetings a year", meaning="Meetings of the panel")]
    heeded: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="chance", likely=(0.2, 0.8),
        meaning="Chance that what a meeting asks for is heeded; 0: always heard and never heeded")]
    attention: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of the gap", likely=(0.0, 0.1), role="co-production",
        meaning="Attention of the Senedd won by a meeting that is heeded")]
    convinces: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="chance", likely=(0.0, 0.05), role="co-production",
        meaning="Chance that a meeting that is heeded reaches a given member of the Senedd")]
    heeded_agency: Annotated[float, Record(
        value=0.005, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.01), role="co-production",
        meaning="Voice and control that citizens gain by a meeting that is heeded")]
    unheeded_agency: Annotated[float, Record(
        value=0.005, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.01), role="co-production", against=True,
        meaning="Voice and control that citizens lose by a meeting that is heard but not heeded: tokenism")]
    unheeded_trust: Annotated[float, Record(
        value=0.005, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.01), role="co-production", against=True,
        meaning="Trust that citizens lose by a meeting that is heard but not heeded")]
    unheeded_membership: Annotated[float, Record(
        value=0.002, low=0.0, high=1.0, unit="chance", likely=(0.0, 0.005), role="co-production", against=True,
        meaning="Chance that a member of a group leaves it for a meeting that is heard but not heeded")]  # fmt: skip


class FearParams(NamedTuple):
    """What members and practitioners fear of direct payments, and what moves that."""

    first: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="chance a year", likely=(0.01, 0.2),
        meaning="Harm that who knows nothing of direct payments fears for a client who has one",
        source="Assumed; proven fraud is of the order of 1 in 1,000 clients a year")]
    news_chance: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="chance", likely=(0.0, 0.05),
        meaning="Chance that a client who was harmed is in the news")]
    news_shock: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of the gap", likely=(0.0, 0.1),
        meaning="How far a case in the news moves fear towards certainty")]
    fades: Annotated[float, Record(
        value=0.03, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.06),
        meaning="Pace at which fear goes back to that of who knows nothing")]
    members_contact: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.2),
        meaning="How far members learn from clients what harm there is, if all clients had direct payments")]
    practitioners_contact: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.2, 0.8),
        meaning="How far practitioners learn from clients what harm there is, if all clients had direct payments")]  # fmt: skip


class LeadershipParams(NamedTuple):
    """Who leads a council, with what courage, and what moves it."""

    basis: Annotated[str, Record(
        value="emerges", options=("emerges", "given"),
        meaning="'emerges': from who comes and what moves them; 'given': every council at given_level")]
    given_level: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="0 to 1", meaning="Leadership of every council where it is given")]
    courage_mean: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="0 to 1", likely=(0.2, 0.6),
        meaning="Courage for whole-system change that directors and leaders bring, on average")]
    courage_spread: Annotated[float, Record(
        value=0.3, low=0.0, high=0.5, unit="0 to 1", likely=(0.1, 0.4),
        meaning="How far below and above that it may be; less where the range from 0 to 1 leaves less room")]
    director_share: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.3, 0.7),
        meaning="Part of a council's leadership that is its director's; the rest is its political leader's")]
    director_turnover: Annotated[float, Record(
        value=0.31, low=0.0, high=1.0, unit="chance a year", grade="derived", likely=(0.2, 0.4),
        meaning="Chance that a director leaves within a year",
        source="Directors of children's services in England: 47.4 changes a year in 152 councils, ADCS 2024")]
    leader_turnover: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="chance at an election", likely=(0.2, 0.6),
        meaning="Chance that a council has another leader after its election")]
    pace: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.02, 0.1),
        meaning="Pace at which leadership moves; the strengths below count from the own courage's 1")]
    commitment_raises: Annotated[float, Record(
        value=0.5, low=0.0, high=5.0, unit="strength", likely=(0.0, 1.0),
        meaning="Pull of the Senedd's commitment, where it is full, towards full leadership")]
    success_raises: Annotated[float, Record(
        value=0.5, low=0.0, high=5.0, unit="strength", likely=(0.0, 1.0),
        meaning="Pull of visible local success, where it is full, towards full leadership")]
    example: Annotated[float, Record(
        value=0.2, low=0.0, high=5.0, unit="strength", likely=(0.0, 0.5),
        meaning="Pull towards the mean of the other councils' leadership")]
    stress_on_leadership: Annotated[float, Record(
        value=0.0, low=-1.0, high=1.0, unit="strength", likely=(-1.0, 1.0),
        meaning="Pull of money stress: below 0 it paralyses, above it a burning platform galvanises")]  # fmt: skip


class PractitionerParams(NamedTuple):
    """Who assesses and supports, how co-produced practice is taken up from whom, and why it is given up again.

    Rates are yearly: a rate of .38 means that of those who might, 1 - exp(-.38 / 12) do in a month.
    """

    adoption: Annotated[str, Record(
        value="given", options=("given", "emerges"),
        meaning="'given': assessments are co-produced as coproduction.practice_percent says; 'emerges': as practitioners do")]
    per_1000_adults: Annotated[float, Record(
        value=1.0, low=0.0, high=20.0, unit="practitioners per 1,000 adults", likely=(0.7, 1.3),
        meaning="Practitioners of a council's area in April 2013; posts stay as many, but for grants that end")]
    third_sector_share: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share of practitioners", likely=(0.1, 0.3),
        meaning="Those hosted by the third sector, on grants that may end")]
    user_led_share: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of practitioners", likely=(0.0, 0.1),
        meaning="Those hosted by organisations of people who use services; councils host the rest")]
    led_outside: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.0, 0.6),
        meaning="How far a council's leadership and the duties reach practitioners whom it does not host")]
    first_share: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of practitioners", likely=(0.01, 0.1),
        meaning="Those who practise the co-produced way in April 2013")]
    training: Annotated[float, Record(
        value=0.03, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.06),
        meaning="Take-up by training and other influence from outside",
        source="Bass diffusion: mean external influence .03, Sultan, Farley and Lehmann 1990; products, not practice")]
    peers: Annotated[float, Record(
        value=0.38, low=0.0, high=5.0, unit="rate a year", likely=(0.2, 0.6),
        meaning="Take-up by example, if all those in touch practise; in proportion to their share",
        source="Bass diffusion: mean internal influence .38, Sultan, Farley and Lehmann 1990; products, not practice")]
    leadership: Annotated[float, Record(
        value=0.1, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.2),
        meaning="Take-up where the council's leadership is full; in proportion where it is not")]
    duty: Annotated[float, Record(
        value=0.1, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.2),
        meaning="Take-up by a duty to which the Senedd is wholly committed; in proportion where it is not")]
    enough_around: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share of those in touch", likely=(0.1, 0.3),
        meaning="Practising colleagues with whom nobody feels isolated: the threshold; the fewer below it, the more isolated")]
    gives_up_isolated: Annotated[float, Record(
        value=0.2, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.4),
        meaning="Giving up where no colleague in touch practises")]
    gives_up_overloaded: Annotated[float, Record(
        value=0.1, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.2),
        meaning="Giving up where overload is full; in proportion where it is not")]
    gives_up_unled: Annotated[float, Record(
        value=0.1, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.2),
        meaning="Giving up where a council has no leadership at all; in proportion to what is lacking")]
    gives_up_without_hope: Annotated[float, Record(
        value=0.1, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.2),
        meaning="Giving up where there is no hope at all; in proportion to what is lacking")]
    turnover: Annotated[float, Record(
        value=0.15, low=0.0, high=5.0, unit="rate a year", likely=(0.08, 0.25),
        meaning="Leaving one's post for a successor who begins the old way",
        source="Social workers of councils in England: about 15 percent a year, from memory")]
    grants_return: Annotated[float, Record(
        value=0.5, low=0.0, high=12.0, unit="rate a year", likely=(0.2, 1.0),
        meaning="Filling again of a third-sector post whose grant has ended")]  # fmt: skip


class AllianceParams(NamedTuple):
    """The alliance of practitioners, third sector and people who use services: when it is recognised, and what it carries."""

    recognised_year: Annotated[int, Record(
        value=2100, low=2013, high=2100, unit="year", meaning="April from which the alliance is recognised; 2100: never")]
    until_year: Annotated[int, Record(
        value=2100, low=2013, high=2100, unit="year", meaning="April from which it is recognised no more")]
    first_ties: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="0 to 1", likely=(0.1, 0.4), meaning="Strength of the alliance's ties in April 2013")]
    ties_fade: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="share a month", likely=(0.005, 0.03),
        meaning="Strength that ties lose where nobody tends them")]
    recognition_ties: Annotated[float, Record(
        value=0.03, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.06), role="co-production",
        meaning="Strength that ties gain while the alliance is recognised: meetings held, a secretary paid")]
    unrecognised_link: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="share of contacts", likely=(0.0, 0.1),
        meaning="Practitioners' contacts that are with other councils' while it is unrecognised, at full ties")]
    recognised_link: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share of contacts", likely=(0.1, 0.5), role="co-production",
        meaning="Practitioners' contacts that are with other councils' while it is recognised, at full ties")]
    training: Annotated[float, Record(
        value=0.02, low=0.0, high=5.0, unit="rate a year", likely=(0.0, 0.04), role="co-production",
        meaning="Take-up by training that it carries to every council while it is recognised, at full ties")]
    hope_for_isolated: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share of what hope lacks", likely=(0.0, 1.0), role="co-production",
        meaning="Hope that it gives to practitioners who are wholly isolated while it is recognised, at full ties")]
    first_hope: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="0 to 1", likely=(0.3, 0.7),
        meaning="Practitioners' hope in April 2013, to which it returns")]
    hope_returns: Annotated[float, Record(
        value=0.03, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.01, 0.06),
        meaning="Pace at which hope returns to that")]
    success_hope: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.04),
        meaning="Hope that grows where success is visible everywhere; in proportion where it is not")]  # fmt: skip


class ChargeParams(NamedTuple):
    """What people pay for the support that a council arranges."""

    pounds_per_hour: Annotated[float, Record(
        value=11.0, low=0.0, high=15.0, unit="pounds of 2013-14 an hour", likely=(8.0, 14.0),
        meaning="Charge for an hour of support at home, below the cap: never more than the hour costs")]
    cap_percent: Annotated[float, Record(
        value=100.0, low=0.0, high=1000.0, unit="percent of the law's cap",
        meaning="Most a week that anybody pays, over what the law of the year says; 0: support at home is free")]
    real_change_percent_per_year: Annotated[float, Record(
        value=-2.0, low=-10.0, high=10.0, unit="percent a year", likely=(-2.5, 0.0),
        meaning="Real change of the cap and of the capital limit after 2023-24: what is frozen in cash loses by inflation",
        source="The cap stood at 100 pounds from 2020 to 2024 at least; inflation of 2 percent assumed")]
    free_percent: Annotated[float, Record(
        value=75.0, low=0.0, high=100.0, unit="percent of clients below the capital limit", likely=(60.0, 85.0),
        meaning="Clients below the capital limit who pay nothing for support at home: their income is too low",
        source="Assumed: 59,300 clients of 8 hours a week, a fifth of them above the limit, then pay 47 million pounds in "
        "2013-14; 66 million if 55 percent paid nothing")]
    packages_differ: Annotated[float, Record(
        value=1.0, low=0.0, high=1.0, unit="0 to 1",
        meaning="How unlike packages are: 0 all of one size, 1 as unlike as lengths of waiting times are (exponential); the "
        "more unlike, the more of all hours lies above the cap")]
    home_pounds_per_week: Annotated[float, Record(
        value=520.0, low=0.0, high=5000.0, unit="pounds of 2013-14 a week", likely=(480.0, 600.0), grade="derived",
        meaning="Cost of a place in a care home", source="497 pounds a week about 2012, Stark and Reed")]
    resident_pounds_per_week: Annotated[float, Record(
        value=130.0, low=0.0, high=5000.0, unit="pounds of 2013-14 a week", likely=(110.0, 150.0),
        meaning="What residents below the capital limit pay from pensions, at most the whole cost",
        source="Pension credit of 145.40 pounds in 2013-14 less a personal allowance of 24.50, from memory")]
    capital_tail: Annotated[float, Record(
        value=0.74, low=0.0, high=10.0, unit="exponent", grade="derived",
        meaning="How fast people with more capital than the limit become fewer as it rises in real terms (Pareto)",
        source="1,500 of some 4,000 residents who paid all gained as it rose from 24,000 to 50,000 pounds by 2019")]  # fmt: skip


class ProviderParams(NamedTuple):
    """Who works for the providers of support at home, and how many of the hours bought they deliver."""

    hours_per_post: Annotated[float, Record(
        value=22.0, low=1.0, high=60.0, unit="hours a week", likely=(18.0, 26.0),
        meaning="Hours of support that a post gives, part-time posts included",
        source="Some 20,000 care workers for some 470,000 hours a week in Wales; assumed")]
    turnover: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="chance a year", grade="seen", likely=(0.25, 0.33),
        meaning="Chance that a care worker leaves within a year, where wages are as elsewhere",
        source="Between a quarter and a third in some providers: National Assembly for Wales Finance Committee 2018")]
    hiring: Annotated[float, Record(
        value=0.23, low=0.0, high=1.0, unit="chance a month", grade="derived", likely=(0.18, 0.3),
        meaning="Chance that a vacant post is filled within a month, where wages are as elsewhere",
        source="So that 9 percent of posts are vacant (Social Care Wales 2022) at this turnover")]
    wage_ratio: Annotated[float, Record(
        value=1.0, low=0.1, high=5.0, unit="ratio",
        meaning="Care workers' wages relative to wages elsewhere, over what that was in 2013")]
    wages_hold: Annotated[float, Record(
        value=1.0, low=0.0, high=10.0, unit="elasticity", likely=(0.0, 2.0),
        meaning="How strongly better wages lower leaving and raise hiring")]
    wage_part: Annotated[float, Record(
        value=0.7, low=0.0, high=1.0, unit="share", likely=(0.6, 0.8), meaning="Part of the price of an hour that is wages")]
    cover: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="share", likely=(0.4, 0.8), grade="derived",
        meaning="Hours of vacant posts that colleagues and agencies give all the same",
        source="So that 95 percent of hours are delivered with 9 percent of posts vacant, itself assumed")]
    rural_travel: Annotated[float, Record(
        value=0.05, low=0.0, high=0.9, unit="share", likely=(0.0, 0.1),
        meaning="Staffed time that travel takes in wholly rural places beyond what it takes elsewhere")]
    travel_paid: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share",
        meaning="Part of that travel for which posts and price allow; the rest is taken from people's support")]
    failure: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="chance a year", likely=(0.0, 0.2),
        meaning="Chance that within a year a provider of a council's area fails or hands its contracts back")]
    failure_loses: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share", likely=(0.0, 0.2),
        meaning="Care workers of the area who leave care when that happens")]
    promoted_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of hours", role="investment",
        meaning="Hours for which micro-, user-led and co-operative providers are promoted")]
    promotion_pace: Annotated[float, Record(
        value=0.03, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.01, 0.06),
        meaning="Pace at which such providers grow towards that, or give up where they are promoted no more")]
    hours_per_coordinator: Annotated[float, Record(
        value=5_000.0, low=1.0, high=1_000_000.0, unit="hours a week", likely=(2_500.0, 10_000.0),
        meaning="Hours of such providers that one coordinator finds, introduces and keeps",
        source="Somerset's register of micro-providers, from memory")]
    coordinator_pounds_per_year: Annotated[float, Record(
        value=45_000.0, low=0.0, high=500_000.0, unit="pounds a year", likely=(40_000.0, 55_000.0),
        meaning="Full cost of a coordinator")]
    promoted_stay: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.0, 0.6), role="co-production",
        meaning="How much less care workers of such providers leave")]
    promoted_near: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="How much less rural travel they have: they live near")]
    promoted_uncovered: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.0, 0.6), role="co-production", against=True,
        meaning="How much less of their vacant posts is covered by others: the harm of being small")]
    promoted_price_ratio: Annotated[float, Record(
        value=1.0, low=0.1, high=5.0, unit="ratio", likely=(0.85, 1.1),
        meaning="Price of an hour of such providers over that of ordinary ones")]  # fmt: skip


class HospitalParams(NamedTuple):
    """When an acute episode means a stay in hospital, what holds up discharge, and what that costs the NHS."""

    stay_share: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share of episodes", likely=(0.3, 0.7),
        meaning="Acute episodes that mean a stay in hospital")]
    stay_days: Annotated[float, Record(
        value=7.0, low=0.0, high=365.0, unit="days", likely=(5.0, 9.0), meaning="Length of a stay until fit to leave")]
    needs_support: Annotated[float, Record(
        value=0.15, low=0.0, high=1.0, unit="share of stays", likely=(0.08, 0.25),
        meaning="Stays after which support must be arranged before somebody can go home")]
    least_delay_days: Annotated[float, Record(
        value=2.0, low=0.0, high=365.0, unit="days", likely=(0.0, 4.0),
        meaning="Delay of these where nobody waits and every hour is delivered")]
    delay_by_waiting: Annotated[float, Record(
        value=20.0, low=0.0, high=365.0, unit="days", likely=(0.0, 40.0),
        meaning="Days more if everybody eligible waited for an assessment, in proportion to those who do",
        source="Some 450 people were delayed on a day of 2013 and of 2016, a fifth to a third for community care; size "
        "assumed")]
    delay_by_undelivered: Annotated[float, Record(
        value=40.0, low=0.0, high=365.0, unit="days", likely=(0.0, 80.0),
        meaning="Days more if no arranged hour were delivered, in proportion to those that are not",
        source="Sign plausible; size assumed")]
    pounds_per_day: Annotated[float, Record(
        value=300.0, low=0.0, high=10_000.0, unit="pounds of 2013-14 a day", likely=(250.0, 400.0),
        meaning="Cost of a day in hospital to the NHS",
        source="Excess bed days in England 2013-14: some 275 pounds, from memory")]
    price_growth_percent_per_year: Annotated[float, Record(
        value=0.5, low=-10.0, high=20.0, unit="percent a year", likely=(0.0, 1.5),
        meaning="Real growth of that cost from 2013-14 on")]  # fmt: skip


class ThirdSectorParams(NamedTuple):
    """Organisations of the third sector besides time-credit groups: what they give, and on what grants."""

    organisations_per_100000: Annotated[float, Record(
        value=10.0, low=0.0, high=1000.0, unit="organisations per 100,000 citizens", likely=(5.0, 20.0),
        meaning="Organisations that befriend and give practical support, from April 2013: they outlive their grants")]
    first_granted: Annotated[float, Record(
        value=0.68, low=0.0, high=1.0, unit="share", likely=(0.5, 0.85),
        meaning="Organisations that have a grant in April 2013, with any part of it still to run",
        source="The share that lasts with the other defaults: 72 months of grants, then 34 without")]
    grant_months: Annotated[int, Record(
        value=36, low=1, high=600, unit="months", meaning="Length of a grant",
        source="Assumed: grants of three years are common")]
    renewal: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="chance", likely=(0.3, 0.7), meaning="Chance that a grant is renewed at its end")]
    again: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="chance a year", likely=(0.1, 0.5),
        meaning="Chance that an organisation without a grant wins one within a year")]
    grant_pounds_per_year: Annotated[float, Record(
        value=45_000.0, low=0.0, high=5_000_000.0, unit="pounds of 2013-14 a year", likely=(30_000.0, 60_000.0),
        meaning="Grant of an organisation")]
    council_percent: Annotated[float, Record(
        value=40.0, low=0.0, high=100.0, unit="percent", likely=(20.0, 60.0),
        meaning="Part of grants that comes out of councils' money; lotteries, foundations and others give the rest")]
    hours_per_month: Annotated[float, Record(
        value=300.0, low=0.0, high=100_000.0, unit="hours a month", likely=(150.0, 600.0),
        meaning="Befriending and practical support by staff and volunteers of an organisation with a grant")]
    after_grant_share: Annotated[float, Record(
        value=0.25, low=0.0, high=1.0, unit="share", likely=(0.0, 0.5),
        meaning="Part of these hours that volunteers still give without a grant")]
    visit_hours_per_week: Annotated[float, Record(
        value=1.0, low=0.01, high=40.0, unit="hours a week", likely=(0.5, 2.0),
        meaning="What somebody gets whom an organisation reaches: a visit of so many hours")]
    posts: Annotated[int, Record(
        value=1, low=0, high=100, unit="posts",
        meaning="Posts of practitioners that an organisation hosts while it has a grant")]  # fmt: skip


class Settings(NamedTuple):
    """What government decides, as it stands in some month: the tables that events may change."""

    funding: FundingParams
    council: CouncilParams
    coproduction: CoproductionParams
    senedd: SeneddParams
    panel: PanelParams
    fear: FearParams
    leadership: LeadershipParams
    practitioners: PractitionerParams
    alliance: AllianceParams
    third_sector: ThirdSectorParams
    providers: ProviderParams
    charges: ChargeParams
    hospital: HospitalParams
