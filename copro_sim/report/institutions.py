"""The figure of what institutions did: who practises co-production, who leads, who is let in, what is feared."""

from typing import Any

import numpy as np

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import difference, verdict_of
from copro_sim.language import N_, _, number
from copro_sim.report.style import LINES, Drawing, end_labels, sheet, year_axis
from copro_sim.report.words import by_scenario_year, drawing, footer, futures_of, grid, subtitle_of, wrapped, years_of

Array = np.ndarray[Any, Any]
_PERCENT = 100.0
PRACTISE = N_("Practise co-production (percent)")


def _shares(comparison: Comparison) -> dict[str, Array]:
    """Return each panel's title and its mean over futures, float64 [scenario, year]."""

    def mean(name: str) -> Array:
        return np.asarray(comparison.by_year(name).mean(axis=1))

    holders = mean("direct_payment_clients") + mean("citizen_directed_clients")
    harmed = np.divide(mean("harmed"), holders, out=np.zeros_like(holders), where=holders > 0)
    return {
        _(PRACTISE): _PERCENT * mean("adopters") / mean("practitioners"),
        _("Councils' leadership (0 to 100)"): _PERCENT * mean("leadership"),
        _("The Senedd's commitment (0 to 100)"): _PERCENT * mean("commitment"),
        _("Supported by councils (percent)"): _PERCENT * mean("council_clients") / mean("citizens"),
        _("Turned away at first contact (percent)"): _PERCENT * mean("turned_away"),
        _("Harm feared: direct payments (percent)"): _PERCENT * mean("feared_harm"),
        _("Direct payments: harmed (percent)"): _PERCENT * harmed,
        _("Promoted less practised (points)"): _PERCENT * mean("implementation_gap"),
    }


_FINDING = N_(
    "{here:.0f} percent of practitioners work the co-produced way at the end under {scenario}, {before:.0f} percent under "
    "{reference}: {verdict}"
)
_ALONE = N_("{here:.0f} percent of practitioners work the co-produced way at the end under {scenario}, mean of {futures}")


def _finding(comparison: Comparison) -> str:
    """Return how many practitioners work the co-produced way in the last year, and in how many futures more or fewer do."""
    last = (_PERCENT * comparison.by_year("adopters") / comparison.by_year("practitioners"))[:, :, -1]
    means, names = last.mean(axis=1), [comparison.titles[name] for name in comparison.names]
    if len(names) == 1:
        return _(_ALONE, here=means[0], scenario=names[0], futures=futures_of(comparison))
    verdict = verdict_of(difference(last[0], last[1]), None)
    return _(_FINDING, here=means[1], scenario=names[1], before=means[0], reference=names[0], verdict=verdict)


def institutions(comparison: Comparison) -> Drawing:
    """Draw how practice, leadership, commitment, entitlement, fear and harm went, one line a scenario in each panel."""
    years, values = years_of(comparison), _shares(comparison)
    title = _finding(comparison)
    subtitle = subtitle_of(
        comparison,
        _(
            "What institutions did, mean of {futures}. Since April 2016 the national test counts what others do against "
            "entitlement; councils short of money turn people away at first contact",
            futures=futures_of(comparison),
        ),
    )
    rows, columns = grid(len(values), 2)
    made = sheet(1.75 * rows + 0.2, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, right=2.4, wspace=0.16, hspace=0.45)
    for ax, (panel, lines) in zip(axes.flat, values.items(), strict=False):
        ends = []
        for k, name in enumerate(comparison.names):
            colour, dashes, marker = LINES[k % len(LINES)]
            every = (k % len(years), max(1, len(years) // 5))
            ax.plot(years, lines[k], color=colour, linestyle=dashes, marker=marker, markevery=every, markersize=4)
            text = "\n".join(wrapped(comparison.titles[name], 26))
            ends.append((f"{text} {number(lines[k, -1], 0 if lines.max() >= 10 else 1)}", float(lines[k, -1]), colour))
        year_axis(ax, years)
        ax.set_ylim(min(0.0, float(lines.min()) * 1.1), max(1.0, float(lines.max()) * 1.1))
        ax.set_title(panel, fontsize=9.5)
        if ax in axes[:, -1]:
            end_labels(made.figure, ax, ends, years[-1], lines=22)
    for ax in axes.flat[len(values) :]:
        ax.set_visible(False)
    ends_at = "; ".join(f"{panel}: " + ", ".join(number(one, 1) for one in lines[:, -1]) for panel, lines in values.items())
    alt = _(
        "Lines in {panels} panels. {title}. In the last year, in the order of the scenarios, {numbers}.",
        panels=len(values), title=title, numbers=ends_at,
    )  # fmt: skip
    return drawing("institutions", title, subtitle, alt, by_scenario_year(comparison, values), made)
