"""A story in words: who somebody is, by age, place and situation and never by a made-up name; what happened, and how it ended."""

import pandas as pd

from copro_sim.comparison.chosen import Who
from copro_sim.comparison.places import find_place
from copro_sim.comparison.story import Story
from copro_sim.core.units import MONTHS_PER_YEAR, START_MONTH, START_YEAR
from copro_sim.language import N_, _, month_and_year, ngettext, number, spoken
from copro_sim.report.tables import Table

ROLE = {"typical": N_("The most typical"), "helped": N_("The most helped"), "harmed": N_("The most harmed")}

_AGED = {"female": N_("Woman, {age} years old in April 2013"), "male": N_("Man, {age} years old in April 2013")}
_LIVES = {
    "city": N_("{council}: a city community, deprivation fifth {fifth} of 5 (1 is the most deprived)"),
    "valley": N_("{council}: a Valleys community, deprivation fifth {fifth} of 5 (1 is the most deprived)"),
    "town": N_("{council}: a town community, deprivation fifth {fifth} of 5 (1 is the most deprived)"),
    "rural": N_("{council}: a rural community, deprivation fifth {fifth} of 5 (1 is the most deprived)"),
}
_LEVEL = (N_("needs no help in April 2013"), N_("low need in April 2013"), N_("moderate need in April 2013"),
          N_("substantial need in April 2013"), N_("critical need in April 2013"))  # fmt: skip
_KIND = {"later life": N_("need of later life"), "lifelong": N_("lifelong need"), "mental health": N_("mental ill-health")}
_ENDS = {
    "died": N_("Under “{scenario}”: died in {month}."),
    "moved away": N_("Under “{scenario}”: moved away in {month}; how it went on elsewhere is not known."),
    "followed to the end": N_("Under “{scenario}”: still here at the end, in {month}."),
}
_TITLES = {
    ("typical", "unmet_hours"): N_(
        "The most typical of {people} people with need: {here} hours a week unmet under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
    ("helped", "unmet_hours"): N_(
        "The most helped of {people} people with need: {here} hours a week unmet under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
    ("harmed", "unmet_hours"): N_(
        "The most harmed of {people} people with need: {here} hours a week unmet under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
    ("typical", "wellbeing"): N_(
        "The most typical of {people} people with need: wellbeing of {here} (0 to 10) under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
    ("helped", "wellbeing"): N_(
        "The most helped of {people} people with need: wellbeing of {here} (0 to 10) under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
    ("harmed", "wellbeing"): N_(
        "The most harmed of {people} people with need: wellbeing of {here} (0 to 10) under “{scenario}”, {before} under "
        "“{reference}”, over the whole years lived in both"
    ),
}
_DECIMALS = {"unmet_hours": 1, "wellbeing": 2}
"""With how many decimals is written what the choice is by."""

_ABOUT = N_(
    "Future {future} of {futures}, whose difference in unmet need is nearest to the median of all. The same people, the same "
    "needs and the same luck at the start; only what follows from policy differs."
)
_ABOUT_ALONE = N_("One future, seed {seed}. The same people and the same luck at the start; only what follows from policy "
                  "differs.")
_RULE = {
    "unmet_hours": N_(
        "Chosen by rule of {people} adults of April 2013 who need help in most of the months that they live in both: nearest to "
        "the middle in age, need and what differs; whose unmet need falls most; whose unmet need rises most."
    ),
    "wellbeing": N_(
        "Chosen by rule of {people} adults of April 2013 who need help in most of the months that they live in both: nearest to "
        "the middle in age, need and what differs; whose wellbeing rises most; whose wellbeing falls most."
    ),
}
_LUCK = N_("The extremes owe much to luck, such as who met whom: they show what can happen, not what is usual.")
_NOBODY = {
    ("helped", "unmet_hours"): N_("Nobody's unmet need falls."), ("harmed", "unmet_hours"): N_("Nobody's unmet need rises."),
    ("helped", "wellbeing"): N_("Nobody's wellbeing rises."), ("harmed", "wellbeing"): N_("Nobody's wellbeing falls."),
}  # fmt: skip

MEASURES = {
    "need_hours": N_("Need (hours a week)"), "unpaid_hours": N_("Help from household, kin, friends and neighbours"),
    "credit_hours": N_("Help for time credits"), "third_sector_hours": N_("Help from the third sector"),
    "council_hours": N_("Help from the council"), "bought_hours": N_("Care bought"), "unmet_hours": N_("Need that nobody met"),
    "gave_hours": N_("Gave to others"), "wellbeing": N_("Wellbeing (0 to 10)"),
}  # fmt: skip
"""Measures of the table of means, hours a week but for the last, and what they are called."""

UNPAID = ("household_hours", "kin_hours", "friend_hours", "neighbour_hours")


def month_after(months: int) -> str:
    """Return the month in words that comes after so many months lived from April 2013."""
    years, rest = divmod(months + START_MONTH - 1, MONTHS_PER_YEAR)
    return month_and_year(START_YEAR + years, rest + 1)


def council_called(name: str) -> str:
    """Return the name of a council in the language spoken."""
    return find_place(name).name_cy if spoken() == "cy" else name


def described(who: Who) -> str:
    """Return who somebody is, as in April 2013."""
    alone = who.household < 2
    home = _("lives alone") if alone else ngettext("household of {n} person", "household of {n} people", who.household)
    need = [_(_LEVEL[who.need_level])] + ([_(_KIND[who.need_kind])] if who.need_level else [])
    lives = _(_LIVES[who.setting], council=council_called(who.council), fifth=who.fifth)
    return "; ".join([_(_AGED[who.sex], age=who.age), lives, home, *need])


def title_of(story: Story, who: Who) -> str:
    """Return what became of somebody by what they were chosen, in the first two scenarios."""
    both = min(story.ends[who.role, name].months for name in story.names[:2]) // MONTHS_PER_YEAR * MONTHS_PER_YEAR
    before, here = (story.of(who.role, name).head(both)[story.by].mean() for name in story.names[:2])
    decimals = _DECIMALS[story.by]
    return _(
        _TITLES[who.role, story.by], people=number(story.people), here=number(here, decimals), before=number(before, decimals),
        scenario=story.titles[story.names[1]], reference=story.titles[story.names[0]],
    )  # fmt: skip


def ended(story: Story, who: Who) -> list[str]:
    """Return how each of somebody's futures goes on and ends: care homes, death, moving away."""
    said = []
    for name in story.names:
        end = story.ends[who.role, name]
        last = end.months - 1 if end.how == "followed to the end" else end.months
        home = int((story.of(who.role, name)["support"] == "residential").sum())
        if home:
            said.append(ngettext("Under “{scenario}”: {n} month in a care home that the council pays for.",
                                 "Under “{scenario}”: {n} months in a care home that the council pays for.", home,
                                 scenario=story.titles[name]))  # fmt: skip
        said.append(_(_ENDS[end.how], scenario=story.titles[name], month=month_after(last)))
    return said


def sentences(story: Story) -> list[str]:
    """Return what a story is about, how its citizens were chosen, who they are and how it ends for each."""
    if story.future is None:
        about = _(_ABOUT_ALONE, seed=story.seed)
    else:
        about = _(_ABOUT, future=story.future + 1, futures=story.futures)
    missing = [_(_NOBODY[role, story.by]) for role in ("helped", "harmed") if role not in {who.role for who in story.citizens}]
    told = [
        " ".join([f"{_(ROLE[who.role])}: {described(who)}.", *ended(story, who)]) for who in story.citizens
    ]
    return [about, _(_RULE[story.by], people=number(story.people)), *missing, *told, _(_LUCK)]


def means(story: Story) -> Table:
    """Return means over the months lived here, a row for each citizen and measure, a column for each scenario."""
    rows = []
    for who in story.citizens:
        for key, called in MEASURES.items():
            cells = (_mean(story, who.role, name, key) for name in story.names)
            rows.append((f"{_(ROLE[who.role])}: {_(called)}", *cells))
    columns = (_("Mean over the months lived here"), *(story.titles[name] for name in story.names))
    return Table("two-futures-means", _("What they needed, who helped, and what they gave"), columns, tuple(rows), numbers=1,
                 data="story/citizens.csv")  # fmt: skip


def _mean(story: Story, who: str, scenario: str, key: str) -> str:
    lived = measured(story.of(who, scenario), key)
    return number(float(lived.mean()), 1) if len(lived) else _("not here")


def measured(lived: pd.DataFrame, key: str) -> "pd.Series[float]":
    """Return one of `MEASURES` for each month lived."""
    parts = {"unpaid_hours": UNPAID, "gave_hours": ("given_hours", "credit_given_hours")}.get(key, (key,))
    return lived[list(parts)].sum(axis=1)


def by_year(story: Story, who: Who) -> pd.DataFrame:
    """Return the measures of one citizen by scenario and year from April: means over the months lived in it."""
    tables = []
    for name in story.names:
        lived = story.of(who.role, name).reset_index(drop=True)
        years = {_("Scenario"): story.titles[name], _("Year from April"): START_YEAR + lived.index // MONTHS_PER_YEAR}
        table = pd.DataFrame(years | {_(called): measured(lived, key) for key, called in MEASURES.items()})
        tables.append(table.groupby([_("Scenario"), _("Year from April")], sort=False).mean().reset_index())
    return pd.concat(tables, ignore_index=True)


_SPREAD = {
    "typical": N_("The most typical, council by council under “{scenario}”: from {low} (council: {best}) to {high} hours a week "
                  "unmet (council: {worst})"),
    "helped": N_("The most helped, council by council under “{scenario}”: from {low} (council: {best}) to {high} hours a week "
                 "unmet (council: {worst})"),
    "harmed": N_("The most harmed, council by council under “{scenario}”: from {low} (council: {best}) to {high} hours a week "
                 "unmet (council: {worst})"),
}  # fmt: skip
_EVEN = N_("Under “{scenario}” the council makes no difference to the unmet need of those followed")


def spread_title(story: Story) -> str:
    """Return between which councils unmet need would lie, under the second scenario, of the one for whom they differ most."""
    name = story.names[1]
    of = story.councils[story.councils["scenario"] == name].dropna(subset=["unmet_hours"])
    spans = of.groupby("who", sort=False)["unmet_hours"].agg(lambda hours: hours.max() - hours.min())
    if not len(spans) or number(float(spans.max()), 1) == number(0.0, 1):
        return _(_EVEN, scenario=story.titles[name])
    who = str(spans.idxmax())
    found = of[of["who"] == who].sort_values(["unmet_hours", "council"], kind="stable")
    low, high = (number(float(found["unmet_hours"].iloc[k]), 1) for k in (0, -1))
    best, worst = (council_called(str(found["council"].iloc[k])) for k in (0, -1))
    return _(_SPREAD[who], scenario=story.titles[name], low=low, high=high, best=best, worst=worst)
