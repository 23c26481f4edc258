"""Sharing told again from the docstring: four rounds, the neediest first, givers by who is asked first."""

HOUSEHOLD, KIN, FRIEND, NEIGHBOUR = range(4)
PERSONAL, PRACTICAL, COUNCIL = 0, 1, 6
FEMALE, CO_PRODUCED = 1, 2
FULL, FULL_THANKS = 16_383, 520


def live(people, p, words, pair):
    """Live one month of help along bonds in `people`; all settings are in the dict `p`."""
    shares = [p[f"{kind}_share"] for kind in ("household", "kin", "friend", "neighbour")]
    for kind in range(4):
        queue = [who for who, one in people.items() if sum(one["unmet"]) > 0 and (kind == HOUSEHOLD or one["asked"])]
        for who in sorted(queue, key=lambda who: (-sum(people[who]["unmet"]), words(who)[kind], who)):
            lot = pair(words(who)[kind], who)
            _ask(people, who, kind, shares[kind], p, {other: pair(lot, other) for other in people[who]["bonds"]})


def _ask(people, who, kind, share, p, lots):
    one = people[who]
    ready = _readiness(one, p)
    ranked = []
    for other, (bond, _) in one["bonds"].items():
        giver = people[other]
        willing = kind == HOUSEHOLD or giver["need_level"] == 0 or giver["invited"]
        if bond == kind and willing and giver["spare"] > 0:
            weight = p["asked_first_women"] if kind <= KIN and giver["sex"] == FEMALE else 1.0
            weight *= p["asked_first_partner"] if kind == HOUSEHOLD and one["partner"] == other else 1.0
            strength = giver["bonds"][who][1]
            ranked.append((-int(strength * weight), lots[other], other, strength))
    for _, _, other, strength in sorted(ranked):
        giver = people[other]
        offer = min(giver["spare"], int(giver["capacity"] * share * (strength / FULL) * ready))
        personal = offer if kind <= KIN else int(offer * p["volunteers_personal_share"])
        personal = min(personal, one["unmet"][PERSONAL])
        minutes = [personal, min(offer - personal, one["unmet"][PRACTICAL])]
        for need in (PERSONAL, PRACTICAL):
            one["unmet"][need] -= minutes[need]
            one["received"][need][kind] += minutes[need]
        giver["spare"] -= sum(minutes)
        giver["given"] += sum(minutes)
        if sum(minutes):
            _feel(one, who, giver, other, kind, sum(minutes), p)


def _readiness(one, p):
    needed = sum(one["need"])
    council = (one["received"][PERSONAL][COUNCIL] + one["received"][PRACTICAL][COUNCIL]) / needed if needed else 0.0
    if one["practice"] == CO_PRODUCED:
        return (1.0 - p["displacement"] * (1.0 - p["displacement_spared"]) * council) * (1.0 + p["circle"])
    return 1.0 - p["displacement"] * council


def _feel(one, who, giver, other, kind, minutes, p):
    """Who is helped feels closer; who helps beyond the home without return feels less close."""
    felt = one["bonds"][other][1]
    one["bonds"][other] = (kind, felt + int(p["gratitude"] * (FULL - felt) * min(1.0, minutes / FULL_THANKS)))
    if kind != HOUSEHOLD:
        returned = 1.0
        if one["need_level"]:
            made_up = p["giving_returns"] if one["invited"] or one["gave_last_month"] else 0.0
            returned = p["company_returns"] + made_up * (1.0 - p["company_returns"])
        strength = giver["bonds"][who][1]
        giver["bonds"][who] = (kind, strength - int(p["one_sided_fades"] * strength * (1.0 - returned)))
