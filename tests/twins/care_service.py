"""Who gets a package, told again from the docstring: a queue, a practitioner's time, and reviews."""

NONE, ARRANGED, DIRECT, DIRECTED, RESIDENTIAL = range(5)
OLD, CO_PRODUCED, TOKEN = 1, 2, 3
PERSONAL, PRACTICAL, COUNCIL, HOUSEHOLD = 0, 1, 6, 0
CRITICAL, ADULT, LONGEST_WAIT = 4, 18, 250
WEEKLY_HOUR, UNIT = 260, 2**32


def live(people, community, p, orders, month, words):
    """Live one month of assessments and reviews; `p` and `orders` are dicts of the settings and of what government decided."""
    queue = []
    for who, one in people.items():
        one["refused"] = 0
        if one["mode"] != NONE:
            if (who + month) % p["review_months"] == 0:
                _review(one, words(who, 1), p, orders)
        elif _comes(one, p, month):
            if _turned_away(one, words(who, 1)[0] / UNIT, p, orders):
                one["refused"], one["waiting"] = 1, 0
            else:
                queue.append((-one["need_level"], -one["waiting"], words(who, 0)[0], who))
        elif sum(one["unmet"]) == 0:
            one["waiting"] = 0
    longest_case = int(p["case_hours"] * 60 * (1.0 + p["extra_time"]))
    minutes = min(community["leftover"], longest_case) + int(orders["assessment_minutes"] * len(people))
    queue.sort()
    for at, (_, _, _, who) in enumerate(queue):
        _, way, token, accepts = words(who, 0)
        practice = OLD
        if way / UNIT < orders["coproduced_share"]:
            practice = TOKEN if token / UNIT < p["tokenism"] else CO_PRODUCED
        takes = longest_case if practice == CO_PRODUCED else int(p["case_hours"] * 60)
        if takes > minutes:
            for _, _, _, left_over in queue[at:]:
                people[left_over]["waiting"] = min(LONGEST_WAIT, people[left_over]["waiting"] + 1)
            break
        minutes -= takes
        one = people[who]
        one["practice"], one["waiting"] = practice, 0
        if practice == CO_PRODUCED and accepts / UNIT < p["invitation"]:
            one["invited"] = 1
        if words(who, 2)[0] / UNIT < orders["reablement_share"]:
            one["acute_months"] = max(0, one["acute_months"] - p["reablement_months"])
        _arrange(one, words(who, 1), p, orders)
    community["leftover"] = minutes


def _crisis(one, p):
    return one["need_level"] == CRITICAL and sum(one["unmet"]) > p["crisis_share"] * sum(one["need"])


def _comes(one, p, month):
    unmet = sum(one["unmet"])
    if unmet == 0 or (month - one["birth_month"]) // 12 < ADULT:
        return False
    asks = one["asked"] and unmet >= p["worth_asking_hours_per_week"] * WEEKLY_HOUR
    return bool(asks or one["waiting"] or _crisis(one, p))


def _entitled(one, left, crisis, orders):
    if not orders["national_test"]:
        return one["need_level"] >= orders["eligibility_line"]
    return crisis or (one["need_level"] > 0 and left >= orders["test_minutes"])


def _turned_away(one, draw, p, orders):
    crisis = _crisis(one, p)
    if not _entitled(one, sum(one["unmet"]), crisis, orders):
        return True
    return not one["waiting"] and not crisis and draw < orders["turned_away"]


def _review(one, lots, p, orders):
    others_leave = sum(one["unmet"]) + one["received"][PERSONAL][COUNCIL] + one["received"][PRACTICAL][COUNCIL]
    if _entitled(one, others_leave, False, orders):
        _arrange(one, lots, p, orders)
    else:
        one["refused"] = 1
        one["mode"], one["package"] = NONE, [0, 0]


def _arrange(one, lots, p, orders):
    whole = 1.0 if one["practice"] == OLD else 1.0 - p["natural_first"]
    package = [
        int((one["unmet"][need] + one["received"][need][COUNCIL]) * orders["package_share"] * whole)
        for need in (PERSONAL, PRACTICAL)
    ]
    if sum(package) == 0 or sum(package) < p["least_hours_per_week"] * WEEKLY_HOUR:
        one["mode"], one["package"] = NONE, [0, 0]
        return
    _, direct, directed, home = (lot / UNIT for lot in lots)
    alone = all(kind != HOUSEHOLD for kind, _ in one["bonds"].values())
    frail = one["need_level"] == CRITICAL or (alone and one["need_level"] >= p["residential_from_level"])
    if frail and home < orders["residential_share"]:
        one["mode"] = RESIDENTIAL
    elif one["mode"] == NONE and direct < orders["direct_payment_share"]:
        one["mode"] = DIRECTED if directed < orders["citizen_directed_share"] else DIRECT
    elif one["mode"] == NONE:
        one["mode"] = ARRANGED
    one["package"] = list(one["need"]) if one["mode"] == RESIDENTIAL else package
