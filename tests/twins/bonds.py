"""Bonds told again from the docstring: whose turn it is, what fades and ends, who looks for company and whom they meet."""

from . import ties

FRIEND, NEIGHBOUR = 2, 3
NONE, CO_PRODUCED = 0, 2
MOST, FULL, UNIT = 15, 16_383, 2**32
WEAKEST = {0: 0.70, 1: 0.40, 2: 0.25, 3: 0.10}
STRONGEST = {0: 0.95, 1: 0.80, 2: 0.60, 3: 0.40}
OLDEST, YEARS_TOGETHER = 25, 3


def live(people, community, p, month, words, founders, pair):
    """Live one month; `words` and `founders` are the chance of this month and of the founders' bonds (their month 0)."""
    tale = _Tale(people, p, month, words, founders, pair)
    april = month - month % 12
    shift = int(words(community, 0, april)[0] / UNIT * p["shift_years"] * 12)
    groups = {}
    for who, one in people.items():
        group = min(OLDEST, (max(0, april - one["birth_month"]) + shift) // (YEARS_TOGETHER * 12))
        if (group + community % 12 + month) % 12 == 0:
            groups[who] = group
    for who in groups:
        tale.tend(who)
    seekers = sorted((groups[who], words(who, 0, month)[3], who) for who in groups if tale.seeks(who))
    left = [(group, who) for group, _, who in seekers if not tale.meets_through_a_friend(who)]
    for group in dict.fromkeys(group for group, _ in left):
        tale.gather([who for one, who in left if one == group])


class _Tale:
    def __init__(self, people, p, month, words, founders, pair):
        self.people, self.p, self.month, self.founders, self.pair = people, p, month, founders, pair
        self.words = lambda who, block: words(who, block, month)

    def rests(self, who, other, kind):
        _, _, warmth, like = self.founders(who)
        share = (warmth / UNIT + self.pair(like, other) / UNIT) / 2
        return int((WEAKEST[kind] + share * (STRONGEST[kind] - WEAKEST[kind])) * FULL)

    def tend(self, who):
        p, one = self.p, self.people[who]
        lapse, letting = self.words(who, 0)[:2]
        for other, (kind, strength) in list(one["bonds"].items()):
            rest, friend = self.rests(who, other, kind), self.people[other]
            if kind >= FRIEND:
                crowding = 0.0
                if friend["mode"] != NONE:
                    spared = p["crowding_spared"] if friend["practice"] == CO_PRODUCED else 0.0
                    crowding = p["crowding_out"] * (1.0 - spared)
                rest = int(rest * (1.0 - crowding) * (1.0 - p["strain_neglects"] * one["strain"]))
            strength += int(p["tending"] * (rest - strength))
            one["bonds"][other] = (kind, strength)
            if kind >= FRIEND:
                weak = strength < p["letting_go"] * FULL
                lets_go = weak and self.pair(letting, other) / UNIT * 100 < p["letting_go_percent"]
                moves_on = who < other and self.pair(lapse, other) / UNIT * 100 < p["lapse_percent"]
                if lets_go or moves_on:
                    ties.part(self.people, who, other)

    def company(self, who):
        return sum(kind >= FRIEND for kind, _ in self.people[who]["bonds"].values())

    def wanted(self, who):
        one, p = self.people[who], self.p
        age, none_from = self.month - one["birth_month"], 250 * (1 - p["want_none_percent"] / 100)
        if age < 5 * 12 or one["sociable"] >= none_from:
            return 0.0
        return p["most_wanted"] * (1 - one["sociable"] / none_from) * (p["children_want"] if age < 16 * 12 else 1)

    def seeks(self, who):
        one, p, wanted, company = self.people[who], self.p, self.wanted(who), self.company(who)
        if len(one["bonds"]) >= MOST or company >= wanted:
            return False
        more = p["introductions"] if one["practice"] == CO_PRODUCED else 0.0
        more += p["shared_activity"] if one["member"] and one["need_level"] else 0.0
        return self.words(who, 0)[2] / UNIT < p["seeking"] * (1 - company / wanted) * (1 + more)

    def meets_through_a_friend(self, who):
        way, choice = self.words(who, 1)[:2]
        if way / UNIT >= self.p["closure"]:
            return False

        def friends(of):
            found = [other for other, (kind, _) in self.people[of]["bonds"].items() if kind == FRIEND]
            return sorted(found, key=lambda other: (self.pair(choice, other), other))

        for friend in friends(who)[:1]:
            for other in friends(friend):
                known = other == who or other in self.people[who]["bonds"]
                if not known and self.company(other) < self.wanted(other):
                    return self.begin(who, other, FRIEND)
        return False

    def gather(self, group):
        size = self.p["circle"]
        while group:
            take = size + 1 if len(group) == size + 1 else size
            circle, group = group[:take], group[take:]
            for at, one in enumerate(circle):
                for other in circle[at + 1 :]:
                    if other not in self.people[one]["bonds"]:
                        self.begin(one, other, self.kind_met(one, other))

    def kind_met(self, one, other):
        youngest = self.month - max(self.people[one]["birth_month"], self.people[other]["birth_month"])
        draw = self.pair(self.words(one, 1)[2], other) / UNIT
        return NEIGHBOUR if youngest >= 16 * 12 and draw * 100 < self.p["neighbours_percent"] else FRIEND

    def begin(self, one, other, kind):
        there, back = (int(self.rests(*both, kind) * self.p["begins_at"]) for both in ((one, other), (other, one)))
        return ties.bind(self.people, one, other, kind, there, back)
