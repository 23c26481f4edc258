"""Councils' money told again, in plain lists and dicts: what each may spend, whom it supports, what is left and what is owed."""

from math import expm1

MONTHS, HOUR, WEEKS, PENCE = 12, 60, 52, 100
START, LAST_ACTUAL, BASE = 2013, 2023, 2009
TRUSTED, MOST_TURNED_AWAY = 5_000, 0.9
LEVELS = ("DEMAND_LOW", "DEMAND_MODERATE", "DEMAND_SUBSTANTIAL", "DEMAND_CRITICAL")


class Councils:
    """Councils year by year; settings `p` by table and name, `figures` by name and year, both plain.

    Each council is a dict: people of 65 and over (`older`), their share of those of Wales (`share`), real people for each
    simulated one (`weight`).
    """

    def __init__(self, councils, p, figures):
        """Begin in April 2013 with the first line and nothing owed."""
        self.councils, self.p, self.figures = councils, p, figures
        many = range(len(councils))
        self.decided = [(p["council"]["first_line"], 1.0, 0.0) for _ in many]
        self.carried, self.clawed_back, self.comes_to = [0 for _ in many], [0 for _ in many], [1.0 for _ in many]

    def april(self, year, last, pace, citizens, given):
        """Decide for a year: `last` year's real counts of each council, the `pace` of its last months, its simulated citizens.

        Given are the year's price of an hour, and by council the share delivered at first and at last, and the pence for
        co-production and grants.
        """
        p, self.entries, self.late = self.p, [], given["delivered_late"]
        demand = self._demand(pace, citizens)
        charged = self._charges(year, last, given["price"])
        for a, council in enumerate(self.councils):
            people = citizens[a] * council["weight"]
            entry = {
                "budget": self._budget(year, council),
                "carried_in": self.carried[a],
                "clawed_back": self.clawed_back[a],
                "reserved": MONTHS * int(p["funding"]["reserved_pounds_per_head"] * people / MONTHS * PENCE),
                "coproduction_spent": given["coproduction"][a],
                "grants_spent": given["grants"][a],
            }
            self.entries.append(entry)
            forward = entry["carried_in"]
            if forward < 0:
                forward = int(forward / p["funding"]["repay_years"])
            owed = entry["clawed_back"] + entry["reserved"] + entry["coproduction_spent"] + entry["grants_spent"]
            money = entry["budget"] + forward + sum(charged[a]) - owed - self._respite(last[a])
            wanted = [self.comes_to[a] * level[a] for level in demand]
            delivered = given["delivered"][a]
            tested = START + year >= p["council"]["national_test_from_year"]
            self.decided[a] = self._ration(self.decided[a], tested, wanted, money, given["price"], delivered)

    def close(self, year, counts, pace, citizens, price):
        """Enter what the year that was lived has cost, and carry over what is left or owed."""
        p = self.p
        charged = self._charges(year, counts, price)
        at_home = [self._at_home(one) for one in counts]
        for a, (entry, one) in enumerate(zip(self.entries, counts, strict=True)):
            entry["charges_paid_below"], entry["charges_paid_above"] = charged[a]
            entry["charges"] = sum(charged[a])
            entry["care_spent"] = int(at_home[a] / HOUR * price * PENCE)
            entry["respite_spent"] = self._respite(one)
            left = p["care_service"]["natural_first"]
            freed = one["COPRODUCED_PACKAGE"] * left / (1 - left) if left < 1 else 0.0
            self.clawed_back[a] = int(p["funding"]["clawback"] * (freed / HOUR * price * PENCE))
        demand, tested = self._demand(pace, citizens), START + year >= p["council"]["national_test_from_year"]
        plans = []
        for a, (line, share, _) in enumerate(self.decided):
            plans.append(sum(level[a] for level in demand[0 if tested else line - 1 :]) * share * self.late[a])
        came = self._no_sample([self._at_home(one) for one in pace], plans, citizens)
        for a, planned in enumerate(plans):
            now = self.comes_to[a]
            ratio = came[a] / max(planned, 1.0) if planned > 0 else now
            self.comes_to[a] = min(4.0, max(0.05, now + p["council"]["outturn_weight"] * (ratio - now)))
        left = [
            one["budget"] + one["charges"] + one["carried_in"] - one["clawed_back"] - one["reserved"]
            - one["coproduction_spent"] - one["grants_spent"] - one["care_spent"] - one["respite_spent"]
            for one in self.entries
        ]  # fmt: skip
        kept = self._no_sample(left, [one["budget"] for one in self.entries], citizens)
        for a, entry in enumerate(self.entries):
            most = int(entry["budget"] * p["funding"]["carry_over_percent"] / 100)
            entry["carried_out"] = self.carried[a] = min(int(kept[a]), most)
            entry["handed_back"] = left[a] - entry["carried_out"]

    def _demand(self, pace, citizens):
        older = [council["older"] for council in self.councils]
        return [self._no_sample([one[level] for one in pace], older, citizens) for level in LEVELS]

    def _budget(self, year, council):
        funding, calendar = self.p["funding"], START + year
        if funding["basis"] == "restored":
            older = self.figures["older"]
            wales = self.figures["budget"][BASE] / older[BASE] * older[calendar]
        else:
            growth = (1 + funding["real_growth_percent_per_year"] / 100) ** max(0, calendar - LAST_ACTUAL)
            wales = self.figures["budget"][calendar] * growth
        adults = wales * (1 + funding["younger_adults_ratio"])
        return int(adults * funding["home_support_share"] * council["share"] * PENCE)

    def _ration(self, now, tested, demand, money, price, delivered):
        p = self.p["council"]
        line, _, turned_away = now

        def covered(lowest):
            cost = sum(demand[lowest - 1 :]) / HOUR * price * PENCE * delivered
            return min(1.0, max(0.0, money / cost)) if cost > 0 else 1.0

        if tested:
            share = covered(1)
            if share < p["tightens_below"]:
                turned_away += p["first_contact_step"]
            if share >= p["widens_above"]:
                turned_away -= p["first_contact_step"]
            return line, share, min(MOST_TURNED_AWAY, max(0.0, turned_away))
        if covered(line) < p["tightens_below"] and line < 4:
            return line + 1, covered(line + 1), 0.0
        if line > 1 and covered(line - 1) >= p["widens_above"]:
            return line - 1, covered(line - 1), 0.0
        return line, covered(line), 0.0

    def _no_sample(self, counted, per, citizens):
        if sum(per) <= 0:
            return counted
        usual = [sum(counted) * (one / sum(per)) for one in per]
        trust = [n / (n + TRUSTED) for n in citizens]
        return [t * own + (1 - t) * all_of_them for t, own, all_of_them in zip(trust, counted, usual, strict=True)]

    def _respite(self, one):
        return int(one["RESPITE"] * self.p["council"]["respite_pounds_per_month"] * PENCE)

    def _at_home(self, one):
        return one["PERSONAL_COUNCIL"] + one["PRACTICAL_COUNCIL"] - one["RESIDENT_MINUTES"]

    def _charges(self, year, counts, price):
        p, calendar = self.p["charges"], START + year
        change = (1 + p["real_change_percent_per_year"] / 100) ** max(0, calendar - LAST_ACTUAL)
        cap = p["cap_percent"] / 100 * self.figures["cap"][calendar] / self.figures["deflator"][calendar] * change
        paid = []
        for one in counts:
            clients = one["COUNCIL_CLIENTS"] - one["RESIDENTS"], one["HOME_CLIENTS_ABOVE"]
            minutes = self._at_home(one), one["HOME_MINUTES_ABOVE"]
            below = max(0.0, minutes[0] - minutes[1]), max(0.0, clients[0] - clients[1])
            free = 1 - p["free_percent"] / 100
            paid.append([self._paid(*below, cap, price, free), self._paid(minutes[1], clients[1], cap, price, 1.0)])
        return paid

    def _paid(self, minutes, clients, cap, price, share):
        """Return whole pence that clients pay in a year: packages partly alike, partly exponentially spread."""
        p = self.p["charges"]
        hours = minutes / (260 * clients) if clients > 0 else 0.0
        full = min(p["pounds_per_hour"], price) * hours
        spread = full * -expm1(-cap / full) if full > 0 else 0.0
        weekly = (1 - p["packages_differ"]) * min(full, cap) + p["packages_differ"] * spread
        return round(weekly * share * clients * (WEEKS / MONTHS) * PENCE)
