"""The dashboard: Mesa's SolaraViz on one village, served on this machine alone (extra `app`)."""

import os
import warnings
from typing import Any

import mesa.visualization
import solara
from mesa.visualization.utils import update_counter

from copro_sim.core.units import month_label
from copro_sim.engines.village import LEVERS, Village
from copro_sim.report.village import in_words, place_citizens, so_far, who_helps_whom

TITLE = "One Welsh village: who needs help, and who gives it"
_HOW = """<p><b>Step</b> lives a month, <b>▶</b> plays five years from April 2013. Move a lever, press <b>Reset</b> and play
again: the dashed line is the run before, lived by the same people with the same luck, so what differs is due to the lever. In one
village chance decides much: this shows how things happen, not how they come out for Wales; much of what the levers do is
assumed.</p>"""
_LABELS_ABOVE = ".v-input__slider .v-input__slot { flex-wrap: wrap; } .v-input__slider .v-label { flex: 0 0 100%; }"
_SLIDERS: dict[str, Any] = {
    name: {
        "type": "SliderInt", "label": lever.label, "value": lever.value, "min": lever.low, "max": lever.high, "step": lever.step,
    }
    for name, lever in LEVERS.items()
}  # fmt: skip


# Mesa counts `update_counter` up after every step: who reads it is shown anew.


@solara.component
def Now(village: Village) -> None:
    """Show how to use the page, and this month in words."""
    update_counter.get()
    said = " ".join(in_words(village))
    levers = "; ".join(f"{LEVERS[name].label}: {value}" for name, value in village.levers.items())
    with solara.Card(f"Month {month_label(village.month - 1)}"):  # solara.Markdown wants a library that solara-assets lacks
        solara.HTML(tag="div", unsafe_innerHTML=f"<p><b>{said}</b></p>{_HOW}<p>This run: {levers}.</p>")


@solara.component
def Network(village: Village) -> None:
    """Show who helps whom this month."""
    update_counter.get()
    places: Any = solara.use_memo(lambda: {"of": place_citizens(village)}, [id(village)])
    places["of"] = place_citizens(village, places["of"])
    with solara.Card("Who helps whom this month"):
        solara.FigureMatplotlib(who_helps_whom(village, places["of"]))


@solara.component
def Course(village: Village) -> None:
    """Show how it has gone so far, beside the run before."""
    update_counter.get()
    runs: Any = solara.use_ref([])
    if not runs.current or runs.current[-1] is not village:
        runs.current = [*runs.current[-1:], village]
    before = next((run for run in runs.current[:-1] if run.levers["luck"] == village.levers["luck"]), None)
    with solara.Card("How it has gone so far"):
        solara.FigureMatplotlib(so_far(village, before))


@solara.component
def Page() -> None:
    """Show the dashboard: Mesa's controls at the side, the village beside them."""
    village: Any = solara.use_reactive(solara.use_memo(Village, []))
    solara.Style(_LABELS_ABOVE)
    mesa.visualization.SolaraViz(village, components=[], model_params=_SLIDERS, name=TITLE, play_interval=300)
    Now(village.value)
    with solara.Columns([1, 1]):
        Network(village.value)
        Course(village.value)


def serve(port: int) -> None:
    """Serve the dashboard on this machine until interrupted; nothing is fetched from outside, and nobody is told."""
    os.environ["SOLARA_APP"] = __name__
    from solara.server import settings

    solara.settings.assets.proxy, solara.settings.assets.cdn = True, ""  # only what solara-assets ships: there is nowhere else
    settings.telemetry.mixpanel_enable = False
    settings.main.mode, settings.session.same_site = "production", "lax"
    settings.theme.title, settings.theme.show_banner = TITLE, False
    warnings.filterwarnings("ignore", message="Cookies with samesite")  # of no concern on this machine alone
    import uvicorn
    from solara.server.starlette import app

    print(f"The dashboard is at http://127.0.0.1:{port} (Ctrl-C ends it)", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
