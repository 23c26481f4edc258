"""The dashboard: Mesa's SolaraViz on one village, served on this machine alone (extra `app`)."""

import os
from typing import Any

import mesa.visualization
import solara
from mesa.visualization.utils import update_counter

from copro_sim.core.units import month_label
from copro_sim.engines.village import LEVERS, Village
from copro_sim.report.village import in_words, place_citizens, so_far, who_helps_whom

TITLE = "One Welsh village: who needs help, and who gives it"
_HOW = """
**Step** lives a month, **▶** plays five years from April 2013. Move a lever, press **Reset** and play again: the dashed line is
the run before, lived by the same people with the same luck, so what differs is due to the lever. In one village chance decides
much: this shows how things happen, not how they come out for Wales. Much of what the levers do is assumed.
"""
_SECOND = 1000
_SLIDERS: dict[str, Any] = {
    name: {
        "type": "SliderInt", "label": lever.label, "value": lever.value, "min": lever.low, "max": lever.high, "step": lever.step,
    }
    for name, lever in LEVERS.items()
}  # fmt: skip


@solara.component
def Now(village: Village) -> None:
    """Show how to use the page, and this month in words."""
    update_counter.get()
    with solara.Card(f"Month {month_label(village.month - 1)}", style={"height": "100%"}):
        solara.Markdown(_HOW)
        solara.Markdown("\n".join(f"- {sentence}" for sentence in in_words(village)))


@solara.component
def Network(village: Village) -> None:
    """Show who helps whom this month."""
    update_counter.get()
    places = solara.use_memo(lambda: {"all": place_citizens(village)}, [id(village)])
    places["all"] = place_citizens(village, places["all"])
    with solara.Card("Who helps whom this month"):
        solara.FigureMatplotlib(who_helps_whom(village, places["all"]))


@solara.component
def Course(village: Village) -> None:
    """Show how it has gone so far, beside the run before."""
    update_counter.get()
    runs: Any = solara.use_ref([])
    if not runs.current or runs.current[-1] is not village:
        runs.current = [*runs.current[-1:], village]
    with solara.Card("How it has gone so far"):
        solara.FigureMatplotlib(so_far(village, runs.current[0] if len(runs.current) > 1 else None))


@solara.component
def Page() -> None:
    """Show the dashboard."""
    village = solara.use_memo(Village, [])
    mesa.visualization.SolaraViz(
        village, components=[(Network, 0), (Course, 0), (Now, 0)], model_params=_SLIDERS, name=TITLE, play_interval=300
    )


def serve(port: int) -> None:
    """Serve the dashboard on this machine until interrupted; nothing is fetched from outside, and nobody is told."""
    os.environ["SOLARA_APP"] = __name__
    from solara.server import settings

    settings.telemetry.mixpanel_enable = False
    settings.theme.title, settings.theme.show_banner = TITLE, False
    import uvicorn
    from solara.server.starlette import app

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
