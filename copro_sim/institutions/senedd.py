"""The Senedd: attention that decays unless renewed, members who are convinced and forget, and a law that may stay paper.

Equation
    attention   each month falls by attention_decay of itself, then champion, campaign, a heeded panel, visible success and
                who came to a seminar each win a part of what is left to 1
    member      convinced if reached by the champion, a heeded panel or a seminar that he or she came to; one who is not
                reached forgets with chance `forgets`; elections replace members by others who are not convinced
    champion    one member, until a dated departure or a lost election; then a convinced member may step forward
    commitment  square root of (attention * share of members convinced), more once the law is amended, and never below what
                is imposed: nobody commits who does not attend, nor a Senedd of which nobody is convinced
    law         duties from April of act_from_year; what they do to practice is duty * commitment; an amendment passes with
                monthly chance amendment_chance * attention once there are duties
Chance   stream SENEDD: by seat, block 0 (comes to a seminar, is reached, forgets, becomes champion) and, in months of
         elections, block 1 (seat lost); for the nation (panel heeded, law amended, case in the news)
Source   Nobody has measured any of this: strengths are assumptions. Seats, elections and the date of the Act are facts.
Limits   No parties or ministers; members are alike but for what they have been through; fear is a mean of each group.
"""

from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, compiled_words, drawn, uniform
from copro_sim.institutions import elections
from copro_sim.institutions.fear import in_the_news, next_fear
from copro_sim.institutions.panel import MonthOfPanel, meet
from copro_sim.institutions.pulls import held, pulled
from copro_sim.scenario.government import FearParams, PanelParams, SeneddParams

Array = np.ndarray[Any, Any]
ATTENTION_CAUSES = ("decay", "champion", "campaign", "panel", "success", "seminars")
"""What moves attention, in the order of `MonthOfSenedd.attention_by_cause`."""

MEMBER_CAUSES = ("not_returned", "departed", "forgot", "champion", "panel", "seminars")
"""What makes convinced members fewer (the first three) and more, in the order of `MonthOfSenedd.members_by_cause`."""

_STREAM = int(Stream.SENEDD)
_SEATS = np.arange(elections.LATER_SEATS, dtype=np.int64)
_NATION = 1_000_000
"""Whose luck is the nation's: beyond any seat."""

_MONTHLY, _AT_ELECTION = 0, 1
"""Blocks of chance."""


class Surroundings(NamedTuple):
    """What the Senedd sees of last year."""

    success: float
    """How visible success is, 0 to 1."""
    harm_rate: float
    """Share of people with direct payments who came to harm, 0 to 1."""
    direct_payment_share: float
    """Share of councils' clients who have direct payments, 0 to 1."""
    direct_payment_clients: float
    """People with direct payments, real ones."""


class MonthOfSenedd(NamedTuple):
    """How the Senedd stands at the end of a month, what the month has done, and why."""

    attention: float
    commitment: float
    """0 to 1."""
    members_convinced: int
    champion: int
    """1 while a member is a champion."""
    duty: int
    """1 while the duties of the Act are law."""
    amended: int
    duty_on_practice: float
    """What the duties do to practice: duty * commitment, 0 to 1."""
    feared_harm: float
    """What members fear for somebody with a direct payment, chance a year."""
    practitioners_feared_harm: float
    practitioner_hours_lost: float
    """In all of Wales, this month."""
    network_tie_gain: float
    """Added to the strength of the network's own ties."""
    hope_change: float
    """0 or below: hope that seminars to which members did not come have cost."""
    panel_agency: float
    panel_trust: float
    panel_membership: float
    """See `MonthOfPanel`."""
    panel_met: int
    panel_heeded: int
    seminars: int
    members_came: int
    in_the_news: int
    attention_by_cause: tuple[float, ...]
    members_by_cause: tuple[int, ...]
    fear_by_cause: tuple[tuple[float, ...], tuple[float, ...]]
    """Changes by cause of members' and of practitioners' fear, in the order of `FEAR_CAUSES`."""


class Senedd:
    """The members of the Senedd of a run, month by month."""

    def __init__(self, seed: int, convinced: Array, champion: int | None, attention: float, fear: tuple[float, float]) -> None:
        """See `begin`."""
        self._seed, self._attention, self._fear = seed, attention, fear
        self.convinced = convinced
        """Whether the member on each seat is convinced, bool [96]; before May 2026 the first 60 count."""
        self.champion = champion
        """The champion's seat, if there is one."""
        self._champion_since, self._amended = -1, False

    @classmethod
    def begin(cls, p: SeneddParams, fear: FearParams, seed: int) -> "Senedd":
        """Return the Senedd of April 2013, before its first month: some convinced, the champion on the first seat."""
        convinced = uniform(drawn(seed, _STREAM, _SEATS, -1, _MONTHLY)[0]) < p.first_convinced
        convinced[elections.FIRST_SEATS :] = False
        champion = 0 if p.champion else None
        convinced[0] |= champion == 0
        return cls(seed, convinced, champion, p.first_attention, (fear.first, fear.first))

    def live_month(
        self, p: SeneddParams, panel: PanelParams, fear: FearParams, month: int, seen: Surroundings
    ) -> MonthOfSenedd:
        """Live `month` (0 is April 2013) by the settings in force then, and return how things stand.

        Months are lived in order, each once.
        """
        heeding, amending, news, _ = (uniform(w) for w in compiled_words(self._seed, _STREAM, _NATION, month, _MONTHLY))
        luck = uniform(drawn(self._seed, _STREAM, _SEATS, month, _MONTHLY)[:, : elections.seats(month)])
        newcomers, not_returned = self._elect(p, month)
        departed = self._depart(p, month)
        met, seminars = meet(panel, month, heeding), held(p.seminars_per_year, month)
        here = luck[0] < seminars * p.seminar_attendance
        gone_and_won = self._convince(p, panel, met, here, luck)
        self._step_forward(p, month, luck[3])
        turnout = float(here.mean())
        by_attention = self._attend(p, panel, met, seen, turnout)
        commitment, duty = self._commit(p, month, amending)
        case = in_the_news(fear, seen.harm_rate, seen.direct_payment_clients, news)
        by_fear = self._be_afraid(fear, newcomers, case, seen)
        return MonthOfSenedd(
            attention=self._attention, commitment=commitment, members_convinced=int(self.convinced.sum()),
            champion=int(self.champion is not None), duty=duty, amended=int(self._amended),
            duty_on_practice=duty * commitment, feared_harm=self._fear[0], practitioners_feared_harm=self._fear[1],
            practitioner_hours_lost=seminars * p.seminar_hours, network_tie_gain=seminars * p.seminar_ties,
            hope_change=-seminars * p.seminar_disappoints * (1.0 - turnout), panel_agency=met.agency,
            panel_trust=met.trust, panel_membership=met.membership, panel_met=met.met, panel_heeded=met.heeded,
            seminars=seminars, members_came=int(here.sum()), in_the_news=int(case), attention_by_cause=by_attention,
            members_by_cause=(-not_returned, -departed, *gone_and_won), fear_by_cause=by_fear,
        )  # fmt: skip

    def _elect(self, p: SeneddParams, month: int) -> tuple[float, int]:
        """Return the share of members who are new after an election, and how many of those who left were convinced."""
        if not elections.senedd_elected(month):
            return 0.0, 0
        before, now = elections.seats(month - 1), elections.seats(month)
        luck = uniform(drawn(self._seed, _STREAM, _SEATS, month, _AT_ELECTION)[0])
        lost = luck < p.seat_turnover
        if self.champion is not None:
            lost[self.champion] = luck[self.champion] < p.champion_loses_seat
            self.champion = None if lost[self.champion] else self.champion
        not_returned = int((lost & self.convinced).sum())
        self.convinced &= ~lost
        return (int(lost[:before].sum()) + now - before) / now, not_returned

    def _depart(self, p: SeneddParams, month: int) -> int:
        """Return 1 if the champion leaves on the dated day: whoever was one before it."""
        due = elections.since_april(p.champion_leaves_year, month)
        came_after = elections.since_april(p.champion_leaves_year, self._champion_since)
        if self.champion is None or not due or came_after:
            return 0
        self.convinced[self.champion] = False
        self.champion = None
        return 1

    def _convince(
        self, p: SeneddParams, panel: PanelParams, met: MonthOfPanel, here: Array, luck: Array
    ) -> tuple[int, int, int, int]:
        """Return how many forgot and how many were convinced by the champion, the panel and seminars."""
        convinced = self.convinced[: here.size]
        by_champion = p.champion_convinces if self.champion is not None else 0.0
        by_panel = by_champion + met.heeded * panel.convinces
        reached = luck[1] < by_panel + here * p.seminar_convinces
        forgot = convinced & ~reached & (luck[2] < p.forgets)
        if self.champion is not None:
            forgot[self.champion] = False
        won = luck[1][reached & ~convinced]
        champion, panels = int((won < by_champion).sum()), int((won < by_panel).sum())
        convinced |= reached
        convinced &= ~forgot
        return -int(forgot.sum()), champion, panels - champion, won.size - panels

    def _step_forward(self, p: SeneddParams, month: int, luck: Array) -> None:
        """Let a convinced member become the champion, if there is none: of several, the one of the smallest draw."""
        if self.champion is not None:
            return
        willing = np.where(self.convinced[: luck.size], luck, 1.0)
        first = int(willing.argmin())
        if willing[first] < p.champion_emerges:
            self.champion, self._champion_since = first, month

    def _attend(
        self, p: SeneddParams, panel: PanelParams, met: MonthOfPanel, seen: Surroundings, turnout: float
    ) -> tuple[float, ...]:
        """Move attention; return by how much each of `ATTENTION_CAUSES` has moved it."""
        self._attention, parts = pulled(self._attention, [
            (0.0, p.attention_decay),
            (1.0, p.champion_attention if self.champion is not None else 0.0),
            (1.0, p.campaign),
            (1.0, met.heeded * panel.attention),
            (1.0, seen.success * p.success_attention),
            (1.0, turnout * p.seminar_attention),
        ])  # fmt: skip
        return tuple(parts)

    def _commit(self, p: SeneddParams, month: int, luck: float) -> tuple[float, int]:
        """Return commitment, 0 to 1, and whether duties are law; the law may be amended on the way."""
        duty = elections.since_april(p.act_from_year, month)
        self._amended |= duty and luck < p.amendment_chance * self._attention
        own = sqrt(self._attention * float(self.convinced.sum()) / elections.seats(month))
        lawful = own + (1.0 - own) * p.amendment_commitment if self._amended else own
        return max(lawful, p.commitment_imposed), int(duty)

    def _be_afraid(
        self, fear: FearParams, newcomers: float, news: bool, seen: Surroundings
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Move what members and practitioners fear; return by how much each of `FEAR_CAUSES` has moved it."""
        met, rate = seen.direct_payment_share, seen.harm_rate
        (members, mine), (practitioners, theirs) = (
            next_fear(fear, self._fear[0], newcomers=newcomers, news=news, contact=met * fear.members_contact, harm_rate=rate),
            next_fear(fear, self._fear[1], newcomers=0.0, news=news, contact=met * fear.practitioners_contact, harm_rate=rate),
        )
        self._fear = members, practitioners
        return tuple(mine), tuple(theirs)
