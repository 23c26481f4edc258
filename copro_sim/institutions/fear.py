"""Feared harm of direct payments: a belief about a chance, which may exceed or fall short of the harm there is.

Cases in the news frighten however rare they are; who meets people with direct payments learns what harm there is; and
what nobody is reminded of goes back to what is feared of anything unknown.
"""

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.institutions.pulls import pulled
from copro_sim.scenario.government import FearParams

FEAR_CAUSES = ("newcomers", "news", "contact", "fading")
"""What moves fear, in the order of its parts."""


def in_the_news(p: FearParams, harm_rate: float, clients: float, luck: float) -> bool:
    """Return whether there is a case in the news this month.

    More people with direct payments mean more cases, and so more fear, however rare harm is: the news counts no shares.

    Parameters
    ----------
    harm_rate
        Share of people with direct payments who were harmed last year, 0 to 1.
    clients
        Real people with direct payments.
    luck
        A draw from 0 up to 1.
    """
    return luck < harm_rate * clients * p.news_chance / MONTHS_PER_YEAR


def next_fear(
    p: FearParams, fear: float, *, newcomers: float, news: bool, contact: float, harm_rate: float
) -> tuple[float, list[float]]:
    """Return next month's fear, 0 to 1, and its change by each of `FEAR_CAUSES`.

    Parameters
    ----------
    fear
        Harm feared for a person with a direct payment, chance a year.
    newcomers
        Share of those who fear who are new and know nothing, 0 to 1.
    news
        Whether there is a case in the news.
    contact
        Weight with which people with direct payments are met, 0 to 1.
    harm_rate
        The harm there is, chance a year.
    """
    return pulled(
        fear, [(p.first, newcomers), (1.0, p.news_shock if news else 0.0), (harm_rate, contact), (p.first, p.fades)]
    )
