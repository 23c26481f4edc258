"""Time credits told again from the docstring: one list of askers, one list of volunteers, a purse and a pot."""

from . import ties

ALTRUIST, HOARDER = 1, 2
THIRD_SECTOR, USERS = 1, 2
FRIEND, CREDIT = 2, 4
UNIT = 2**32


def live(people, community, p, broker_minutes, month, words, pair):
    """Live one month of the group's exchanges in `people` and `community`; all settings are in the dict `p`."""
    if not community["group"]:
        return
    shortest, limit, pot = p["shortest_minutes"], int(p["debit_limit_hours"] * 60), int(p["pot_hours_per_month"] * 60)
    target, members = community["target"], [who for who, one in people.items() if one["member"]]
    for one in people.values():
        one["wanted"] = 0
    for who in members:
        people[who]["wanted"] = _wanted(people[who], words(who, 0)[0] / UNIT, p)
    givers = [who for who in members if people[who]["need_level"] == 0 or people[who]["invited"]]
    ready = sum(_volunteers(people[who], target, shortest) for who in givers)
    share = _brokers_share(community, p, month, words(community["id"], 1)[0] / UNIT)
    matches, offered = int(broker_minutes * share * len(people) / p["minutes_per_match"]), 0
    queue = sorted((words(who, 0)[1], who) for who in members if people[who]["wanted"])
    for _, who in queue:
        if matches == 0:
            break
        one = people[who]
        out_of_pot = one["capacity"] < shortest and pot >= shortest
        purse = pot if out_of_pot else one["balance"] + limit
        payable = max(0, min(one["wanted"], purse))
        if payable >= shortest:
            offered += payable
        choice, befriended = words(who, 0)[2:]
        able = []
        for other in givers:
            giver = people[other]
            serves = giver["habit"] == ALTRUIST or payable >= shortest
            if other != who and serves and _volunteers(giver, target, shortest):
                able.append((giver["balance"] if p["lowest_balance_first"] else 0, pair(choice, other), other))
        if not able:
            continue
        matches -= 1
        other = min(able)[2]
        paid = _exchange(one, people[other], payable)
        if out_of_pot:
            pot -= paid
            community["issuer"] -= paid
        else:
            one["balance"] -= paid
        if befriended / UNIT < p["strangers_befriend"] and other not in one["bonds"]:
            strength = int(p["friendship"] * 16_383)
            ties.bind(people, who, other, FRIEND, strength, strength)
    if offered:
        community["target"] = _next_target(target, ready * p["favour_minutes"] / offered, limit, p)


def _wanted(one, draw, p):
    if one["asked"]:
        practical = min(one["unmet"][1], int(p["help_hours_per_week"] * 260))
        if practical >= p["shortest_minutes"]:
            return practical
    return p["favour_minutes"] if draw < p["favour_chance"] else 0


def _volunteers(one, target, shortest):
    enough = {ALTRUIST: float("inf"), HOARDER: 900_000}.get(one["habit"], target)
    return one["spare"] >= shortest and one["balance"] < enough


def _exchange(one, giver, payable):
    free = giver["habit"] == ALTRUIST
    minutes = min(giver["spare"], one["wanted"] if free else payable)
    met = min(minutes, one["unmet"][1]) if one["asked"] else 0
    one["unmet"][1] -= met
    one["received"][1][CREDIT] += met
    one["credit_received"] += minutes
    giver["credit_given"] += minutes
    giver["spare"] -= minutes
    paid = 0 if free else minutes
    giver["balance"] += paid
    return paid


def _brokers_share(community, p, month, draw):
    if community["host"] == USERS:
        community["grant"] = 0
        return p["users_broker_share"]
    if community["host"] != THIRD_SECTOR:
        community["grant"] = 0
        return 1.0
    if community["grant"] > 1:
        community["grant"] -= 1
        return 1.0
    chance = p["grant_renewal"] if community["grant"] == 1 else 0.0
    if community["grant"] == 0 and (community["id"] + month) % 12 == 0:
        chance = p["grant_again"]
    community["grant"] = p["grant_months"] if draw < chance else 0
    return 1.0 if community["grant"] else p["after_grant_share"]


def _next_target(target, months, limit, p):
    cautious = max(0.0, p["caution"] * p["favour_minutes"] * months - limit)
    wish = (1.0 - p["target_adapts"]) * int(p["target_hours"] * 60) + p["target_adapts"] * cautious
    gap = int(min(1_000_000, wish)) - target
    step = int(p["target_pace"] * gap)
    if step == 0 and gap != 0 and p["target_pace"] > 0:
        step = 1 if gap > 0 else -1
    return target + step
