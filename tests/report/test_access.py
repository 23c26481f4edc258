"""The pages meet WCAG 2.2 AA: by axe-core in a browser, by computed contrast, on paper, and against hostile words."""

import filecmp
import re
from pathlib import Path

import numpy as np
import pytest

from copro_sim.comparison.comparison import CROSS
from copro_sim.report import levels, page, style
from copro_sim.report.page import report
from tests.browser import chromium, complaints
from tests.comparison.fakes import fake_comparison
from tests.report.test_style import luminance

ROOT = Path(__file__).parents[2]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
HOSTILE = """"'><img src=x onerror=alert(1)><script>alert(1)</script>&amp;</style></title>{{ 7 * 7 }}"""


def contrast(one, other):
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the pages that ship or are made, by name."""
    less = np.linspace(-0.06, -0.04, 20)
    four = fake_comparison({name: np.tile(k * less, 2) for k, name in enumerate(CROSS)}, co_production=HOSTILE)
    made = report(four, tmp_path_factory.mktemp("page") / HOSTILE.replace("/", "_"), lang="both")
    return {
        "comparison": made,
        "parameters": made.parent / "parameters.html",
        "paramedrau": made.parent / "parameters.cy.html",
        "against Wales": ROOT / "verification" / "against_wales" / "index.html",
    }


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.mark.full
def test_axe_would_find_a_fault(browser):
    from axe_playwright_python.sync_playwright import Axe

    shown = browser.new_page()
    shown.set_content('<html lang="en"><title>t</title><p style="color: #bbb">Too faint</p><img src="data:,"></html>')
    found = {one["id"] for one in Axe().run(shown, options=RULES).response["violations"]}
    shown.close()
    assert found == {"color-contrast", "image-alt"}


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["comparison", "parameters", "paramedrau", "against Wales"])
def test_axe_finds_nothing_wrong(name, width, pages, browser):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    shown = context.new_page()
    wrong = complaints(shown)
    shown.goto(pages[name].as_uri())
    shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(shown, options=RULES).response["violations"]
    overflow = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert [(one["impact"], one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert overflow <= 0, "the page itself scrolls sideways"
    assert wrong == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["comparison", "parameters", "paramedrau", "against Wales"])
def test_all_of_it_can_be_read_without_script_and_on_paper(name, pages, browser, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    wrong = complaints(shown)
    shown.goto(pages[name].as_uri())
    assert len(shown.inner_text("body")) > 1000
    printed = tmp_path / "page.pdf"
    shown.pdf(path=printed, format="A4")
    context.close()
    assert wrong == []
    assert re.findall(rb"/MediaBox \[0 0 (59\d)", printed.read_bytes())
    screen = browser.new_page(viewport={"width": 718, "height": 1000})  # an A4 page less margins, in pixels
    screen.emulate_media(media="print")
    screen.goto(pages[name].as_uri())
    wide = screen.evaluate("""[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > 719)
        .map(one => one.outerHTML.slice(0, 120))""")
    screen.close()
    assert wide == []


@pytest.mark.full
def test_hostile_words_stay_words(pages, browser):
    shown = browser.new_page()
    alerts = []
    shown.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    shown.goto(pages["comparison"].as_uri())
    assert all(HOSTILE in heading for heading in shown.locator("h1").all_inner_texts())
    assert shown.locator("h1").count() == 2
    assert HOSTILE in shown.title()
    assert shown.locator("script, [onerror]").count() == 0
    assert alerts == []
    shown.close()


SHEETS = {path.name: path.read_text(encoding="utf-8") for path in (Path(page.__file__).parent / "templates").glob("*.html.j2")}


@pytest.mark.parametrize("sheet", [name for name, text in SHEETS.items() if "<style>" in text])
def test_every_colour_of_text_in_a_sheet_has_enough_contrast(sheet):
    text = SHEETS[sheet]
    names = dict(re.findall(r"(--\w+): (#\w{6})", text))
    colours = re.findall(r"[ {;]color: (?:var\((--\w+)\)|(#\w{6}))", text)
    grounds = {"#ffffff", *(names[name] for name in re.findall(r"background: var\((--\w+)\)", text))}
    assert colours
    for name, plain in colours:
        assert min(contrast(plain or names[name], ground) for ground in grounds) >= 4.5, name or plain
    for outline in re.findall(r"outline: 3px solid (#\w{6})", text):
        assert contrast(outline, "#ffffff") >= 3, "focus must be seen"


def test_what_figures_are_drawn_with_has_enough_contrast():
    drawn = [colour for colour, _, _ in style.LINES] + [colour for _, _, colour, hatch in levels.SOURCES if not hatch]
    assert {colour: contrast(colour, "#ffffff") for colour in drawn if contrast(colour, "#ffffff") < 3} == {}


def test_the_same_comparison_leaves_the_same_folder(tmp_path):
    comparison = fake_comparison({"first": np.zeros(4), "second": np.full(4, -0.05)})
    one, other = (report(comparison, tmp_path / name, lang="both").parent for name in ("one", "other"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(one, other, files, shallow=False)[1:] == ([], [])
