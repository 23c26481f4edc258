"""How figures look: the Government Analysis Function palette, never colour alone, and bytes that do not change."""

import io
import re
import textwrap
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
import numpy as np
import pandas as pd
from afcharts.af_colours import get_af_colours
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

Array = np.ndarray[Any, Any]
BLUE, TURQUOISE, PINK, ORANGE, GREY, PURPLE = get_af_colours("categorical", number_of_colours=6)
INK, FAINT = "#0b0c0c", "#505a5f"
"""Colours of text, 19:1 and 7:1 on white."""

LINES = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (TURQUOISE, "-.", "^"), (PINK, ":", "D"), (GREY, (0, (5, 1)), "v"),
         (PURPLE, (0, (1, 1)), "P"))  # fmt: skip
"""Colour, line style and marker of each scenario; none is told by its colour alone."""

WIDTH = 9.6
MARGIN = 0.25
_LINE, _SMALL = 0.27, 0.19
SETTINGS: Any = {
    "font.family": "DejaVu Sans", "font.size": 10.0, "text.color": INK, "text.parse_math": False,
    "axes.edgecolor": "#8a9297", "axes.labelcolor": INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.spines.left": False, "axes.grid": True, "axes.grid.axis": "y", "axes.axisbelow": True,
    "axes.titlelocation": "left", "axes.titlesize": 10.5, "axes.titleweight": "bold", "axes.titlecolor": INK,
    "grid.color": "#d5d9db", "grid.linewidth": 0.7, "lines.linewidth": 2.0, "lines.markersize": 5.0,
    "xtick.labelcolor": INK, "ytick.labelcolor": INK, "xtick.color": "#8a9297", "ytick.color": "#8a9297",
    "xtick.labelsize": 9.5, "ytick.labelsize": 9.5, "ytick.major.size": 0.0, "hatch.linewidth": 0.6,
    "svg.hashsalt": "copro_sim", "svg.fonttype": "path", "figure.facecolor": "white", "figure.dpi": 100.0,
}  # fmt: skip
"""What every figure is drawn and saved with."""


class Picture(Figure):
    """A figure that a notebook shows where it stands last in a cell, whatever backend matplotlib has there."""

    def _repr_png_(self) -> bytes:
        return saved(self, "png")


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure with all that the page says of it.

    Parameters
    ----------
    name
        Name of its files.
    title, subtitle
        The finding; measure, place and period.
    alt
        What somebody who cannot see it should know.
    table
        Its data.
    figure
        With title on top and footer below.
    header, footer
        Height of these in inches: the page, which says them itself, leaves them out.
    english
        Columns of the table whose words are English in every language.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    figure: Figure
    header: float
    footer: float
    english: tuple[str, ...] = ()

    def svg(self) -> bytes:
        """Return the whole figure as SVG; the same figure gives the same bytes."""
        return self._whole.encode()

    def png(self) -> bytes:
        """Return the whole figure as PNG at 150 dots an inch."""
        return saved(self.figure, "png", dpi=150.0)

    def body(self) -> bytes:
        """Return the figure as a slim SVG without its title and footer, for a page that says both."""
        width, height = (72 * side for side in self.figure.get_size_inches())
        inside = height - 72 * (self.header + self.footer)
        frame = (
            f'viewBox="0 {72 * self.header:.1f} {width:.1f} {inside:.1f}" width="{width:.1f}pt" height="{inside:.1f}pt"'
        )
        svg = slim(re.sub(_SAID, "", self._whole))
        opening = re.match(r"<svg [^>]*>", svg)
        assert opening is not None
        plain = re.sub(r' (width|height|viewBox)="[^"]*"', "", opening.group())
        return svg.replace(opening.group(), plain.replace("<svg ", f"<svg {frame} ", 1), 1).encode()

    @cached_property
    def _whole(self) -> str:
        """The whole figure as SVG."""
        return saved(self.figure, "svg").decode()


_SAID, _LAST = r"(?ms)^( *)<g id=\"said_\w+\">$.*?^\1</g>\n", 1_000
"""Title, measure and source in a figure's SVG, which stands indented; and that they are drawn last, so that letters which others
use, too, are not defined in them and lost where they are left out."""

_SLIM = (
    (r"(?s)<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>| xmlns:xlink=\"[^\"]*\"", ""),
    (r"\s*\n\s*", " "),
    (r"> <", "><"),
    (r"(scale\([^)]*\))|(\.\d\d)\d+", r"\1\2"),
    (r'<use xlink:href="([^"]*)" transform="translate\(([-.\d]+) ([-.\d]+)\)"/>', r'<use href="\1" x="\2" y="\3"/>'),
    (r' y="0"', ""),
    (r'<g id="[^"]*"', "<g"),
    (r"(?<=[\d\"]) ?([MLQCz]) ", r"\1"),
    (r"([:;]) ", r"\1"),
    (r"xlink:href", "href"),
    (r"DejaVuSans-Bold-", "b"),
    (r"DejaVuSans-Oblique-", "o"),
    (r"DejaVuSans-", "d"),
)
"""What makes an SVG slim: patterns, and what stands in their stead. A hundredth of a point is finer than any screen."""


def slim(svg: str) -> str:
    """Return an SVG that looks the same in a third of the bytes: without remarks, needless space and decimals, long names."""
    for pattern, put in _SLIM:
        svg = re.sub(pattern, put, svg)
    return re.sub(r'(?<= d=")[^"]*', _straight, svg).strip()


def _straight(path: re.Match[str]) -> str:
    """Return a path whose level and upright lines say one coordinate."""
    said, x, y = "", "", ""
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path.group()):
        *_before, to_x, to_y = numbers.split() or ("", x, y)
        level, upright = letter == "L" and to_y == y, letter == "L" and to_x == x
        said += f"V{to_y}" if upright else f"H{to_x}" if level else letter + numbers.strip()
        x, y = to_x, to_y
    return said


def address(svg: bytes) -> Markup:
    """Return an SVG as a `data:` address for an attribute in double quotes: a quarter shorter than base64."""
    single = re.sub("<[^>]*>", lambda tag: tag.group().replace("'", "&#39;").replace('"', "'"), svg.decode())
    return Markup("data:image/svg+xml," + quote(single, safe=_PLAIN))


_PLAIN = " !$'()*+,-./:;<=>?@[]^_`{|}~"
"""What an address may hold as it is, besides letters and figures: no %, no # (it ends an address), no double quote, no &."""


def saved(figure: Figure, kind: str, *, dpi: float | None = None) -> bytes:
    """Return a figure as "svg" or "png" (with so many dots an inch): of the same figure always the same bytes."""
    canvas, usual, buffer = figure.canvas, figure.dpi, io.BytesIO()
    with mpl.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # shown as a box; the page has the text itself
        try:  # not `savefig`, which draws everything twice
            if kind == "svg":
                FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
            else:
                figure.dpi = usual if dpi is None else dpi
                FigureCanvasAgg(figure).print_png(buffer, metadata={"Software": None})
        finally:
            figure.dpi = usual
            figure.set_canvas(canvas)
    return buffer.getvalue()


@dataclass(frozen=True, eq=False)
class Sheet:
    """An empty figure with title and footer, and room for panels between them."""

    figure: Figure
    header: float
    footer: float

    def panels(
        self,
        rows: int,
        columns: int,
        *,
        left: float = 0.75,
        right: float = 0.3,
        top: float = 0.3,
        bottom: float = 0.35,
        **spacing: Any,
    ) -> Any:
        """Return axes [rows, columns] in the room between title and footer; margins are in inches."""
        height = self.figure.get_size_inches()[1]
        grid = self.figure.add_gridspec(
            rows, columns, left=left / WIDTH, right=1 - right / WIDTH, top=1 - (self.header + top) / height,
            bottom=(self.footer + bottom) / height, **spacing,
        )  # fmt: skip
        return grid.subplots(squeeze=False)


def sheet(body: float, title: str, subtitle: str, footer: str) -> Sheet:
    """Return a sheet whose body is `body` inches high, with the finding on top and the source below."""
    heading = textwrap.wrap(title, 82) or [""]
    measure, source = textwrap.wrap(subtitle, 122), textwrap.wrap(footer, 165)
    top = 0.2 + _LINE * len(heading) + 0.21 * len(measure)
    bottom = 0.15 + _SMALL * len(source)
    height = top + body + bottom
    figure = Picture(figsize=(WIDTH, height))
    x = MARGIN / WIDTH
    lower = 0.16 + _LINE * len(heading)
    said = {
        "title": figure.text(
            x, 1 - 0.12 / height, "\n".join(heading), va="top", fontsize=13.5, fontweight="bold", linespacing=1.2
        ),
        "measure": figure.text(x, 1 - lower / height, "\n".join(measure), va="top", fontsize=10, color=FAINT),
        "source": figure.text(x, 0.1 / height, "\n".join(source), va="bottom", fontsize=7.5, color=FAINT),
    }
    for name, text in said.items():
        text.set(gid=f"said_{name}", zorder=_LAST)
    return Sheet(figure, top, bottom)


def apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions as near to those wanted as they can be with `gap` between neighbours, from `low` to `high`."""
    order = np.argsort(wanted, kind="stable")
    gap = min(gap, (high - low) / max(1, len(wanted) - 1)) if len(wanted) > 1 else gap
    placed = np.clip(np.array(wanted, float)[order], low, high)
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + gap)
    if len(placed) and placed[-1] > high:
        placed[-1] = high
        for k in range(len(placed) - 2, -1, -1):
            placed[k] = min(placed[k], placed[k + 1] - gap)
    found = np.empty(len(placed))
    found[order] = placed
    return [float(value) for value in found]


def end_labels(
    figure: Figure, ax: Axes, labels: list[tuple[str, float, str]], x: float, *, lines: float = 13.0
) -> None:
    """Write labels at the right end of lines or bands, apart from each other, each with a tie of its colour.

    Parameters
    ----------
    labels
        Text, height in data, colour of the tie.
    x
        Where the lines end, in data.
    lines
        Points from one label to the next.
    """
    low, high = ax.get_ylim()
    box = ax.get_position()
    points = box.height * figure.get_size_inches()[1] * 72
    heights = apart([y for _, y, _ in labels], (high - low) * lines / points, low, high)
    for (text, y, colour), height in zip(labels, heights, strict=True):
        ax.annotate(
            text, (x, y), (1.05, (height - low) / (high - low)), xycoords="data", textcoords="axes fraction",
            va="center", fontsize=9, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 1.4, "shrinkA": 2, "shrinkB": 0,
                        "relpos": (0.0, 0.5)},
        )  # fmt: skip


def year_axis(ax: Axes, years: Array) -> None:
    """Label an axis of financial years sparingly."""
    first, last = int(years[0]), int(years[-1])
    step = max(1, -(-(last - first) // 4))
    ax.set_xlim(first - 0.5, last + 0.5)
    ax.set_xticks(range(first, last + 1, step))
