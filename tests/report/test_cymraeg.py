"""The page in Welsh and in both languages: whole, nothing in English left, escaped, one file that finds its own places."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from babel.messages.pofile import read_po
from matplotlib.text import Text

from copro_sim import language
from copro_sim.comparison.comparison import CROSS
from copro_sim.comparison.places import places
from copro_sim.language import speaking
from copro_sim.report.figures import plot
from copro_sim.report.page import report
from copro_sim.report.style import Drawing
from copro_sim.report.words import place
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.schema import setting_records
from tests.comparison.fakes import fake_comparison
from tests.test_catalogue import PO, strings

LESS = np.linspace(-0.06, -0.04, 20)
EVIL = '<script>alert("1")</script>'
TITLES = {name.replace("-", "_"): load_scenario(name).title for name in CROSS}


def four(*, stance="evidence-only", sign=1, **titles):
    effects = {name: sign * np.tile(k * LESS, 2) for k, name in enumerate(CROSS)}
    return fake_comparison(effects, stance=stance, **(TITLES | titles))


class Words(HTMLParser):
    """Collects ids, links and, apart from code, style and what says that it is in another language, all words."""

    def __init__(self, text, spoken):
        super().__init__()
        self.spoken, self.ids, self.links, self.words, self.open, self.langs = spoken, [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.langs += [found["lang"]] if "lang" in found else []
        if tag not in ("meta", "img", "br"):
            self.open.append((tag, found.get("lang")))
        if self.heard:
            self.words += [found[name] for name in ("alt", "aria-label") if name in found]

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.heard and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def heard(self):
        spoken = [lang for _tag, lang in self.open if lang]
        return bool(spoken) and spoken[-1] == self.spoken and not {"code", "style"} & {tag for tag, _lang in self.open}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        for kind in ("svg", "png"):
            patched.setattr(Drawing, kind, lambda drawing: b"")
        return report(four(), tmp_path_factory.mktemp("both"), others=(four(stance="sceptic", sign=-1),), lang="both")


@pytest.fixture
def drawn(monkeypatch):
    """Return a list in which every figure of a page stands; none is saved."""
    found = []
    monkeypatch.setattr(Drawing, "svg", lambda drawing: found.append(drawing) or b"")
    monkeypatch.setattr(Drawing, "png", lambda drawing: b"")
    monkeypatch.setattr(Drawing, "body", lambda drawing: b"")
    return found


def test_both_languages_stand_on_one_page_that_finds_its_places(both):
    text = both.read_text(encoding="utf-8")
    found = Words(text, "cy")
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert {"en", "cy", "part-need", "cy-part-need"} <= set(found.ids)
    assert {"#en", "#cy"} <= set(found.links)
    for link in found.links:
        assert link.removeprefix("#") in found.ids if link.startswith("#") else (both.parent / link).is_file(), link
    assert set(found.langs) == {"en-GB", "cy"}
    assert text.count("<main") == 1
    assert len(text.encode()) < 3_000_000


def test_both_halves_have_the_same_content(both):
    english, welsh = both.read_text(encoding="utf-8").split('<article id="cy"')
    assert [one.removeprefix("cy-") for one in re.findall(r'id="([^"]*)"', welsh)] == re.findall(
        r'id="([^"]*)"', english.partition('<article id="en"')[2]
    )
    for tag in ("<img ", "<table", "<tr>", "<li>", "<td"):
        assert english.count(tag) == welsh.count(tag), tag


def test_every_figure_is_there_in_both_languages_and_data_once(both):
    folder = both.parent
    english, welsh = ({path.name for path in (folder / at).glob("*.*")} for at in ("figures", "figures/cy"))
    assert english == welsh
    assert (folder / "figures/cy/wellbeing.csv").read_text(encoding="utf-8").startswith("Senario,")
    assert (folder / "data/differences.csv").read_text(encoding="utf-8").count("better in 40 of 40 futures")
    assert 'lang="cy"' in (folder / "parameters.cy.html").read_text(encoding="utf-8")


def test_no_english_sentence_is_left_on_the_welsh_half(both):
    with PO.open("rb") as file:
        catalogue = [message for message in read_po(file) if message.id and not message.pluralizable]
    kept = [one.id for one in catalogue if len(one.id.split()) >= 3 and one.id not in strings(one)[0]]
    plain = [text for text in kept if not re.search(r"[{<]", text)]
    found = " ".join(Words(both.read_text(encoding="utf-8"), "cy").words)
    assert len(plain) > 100
    assert [text for text in plain if text in found] == []
    assert "angen heb ei ddiwallu" in found


def test_the_page_says_in_both_languages_that_its_welsh_awaits_a_reader(both):
    english, welsh = (" ".join(Words(both.read_text(encoding="utf-8"), code).words) for code in ("en-GB", "cy"))
    assert "still awaits a native reader" in english
    assert "darllenydd mamiaith" in welsh


class Pretended:
    """A catalogue in which every letter is ø: what is left of the alphabet was not said through it."""

    def gettext(self, text):
        return re.sub(r"(\{[^}]*\}|<[^>]*>|&\w+;)|[^\W\d_]", lambda found: found[1] or "ø", text)

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)


def test_whatever_readers_see_goes_through_the_catalogue(tmp_path, monkeypatch, drawn):
    monkeypatch.setattr(language, "_catalogue", lambda code: Pretended())
    others = (four(stance="sceptic", sign=-1),)
    page = report(four(), tmp_path, others=others, place="Cymru", lang="cy").read_text(encoding="utf-8")
    assert len(drawn) >= 12
    said = Words(page, "cy").words + Words((tmp_path / "parameters.cy.html").read_text(encoding="utf-8"), "cy").words
    for drawing in drawn:
        meanings = [text.get_text() for ax in drawing.figure.axes for text in ax.get_yticklabels()]
        axes = [text for ax in drawing.figure.axes for text in (ax.get_xlabel(), ax.get_ylabel())]
        left_out = {"what-decides": meanings, "where-it-wins": axes}.get(drawing.name, [])
        said += [text.get_text() for text in drawing.figure.findobj(Text) if text.get_text() not in left_out]
    names = {word for one in places() for word in re.findall(r"\w+", f"{one.name} {one.name_cy}")}
    options = {option for _table, record in setting_records().values() for option in record.options or ()}
    known = names | options | {"copro_sim", "kernels", "Council", "Cyngor"} | {f"What of {name}?" for name in CROSS}
    left = {text for text in said if text not in known and _words(text) - known}
    assert left == set()


def _words(text):
    """Return the words of a text, without names of settings and scenarios and what identifies them."""
    text = text.replace("-\n", "-").replace("\n", " ")
    text = re.sub(r"copro-sim \w+[\w -]*", "", text)  # a command
    text = re.sub(r"[a-z_]+\.[a-z_]+|[\w-]+ [0-9a-f]{10}\b|\b[0-9a-f]{16}\b|\d+\.\d+\w*", "", text)
    for name in sorted(CROSS, key=len, reverse=True):
        text = text.replace(name, "")
    return {word for word in re.findall(r"[^\W\d_]{2,}", text) if set(word) - set("øØ")}


def test_what_the_user_wrote_is_escaped_in_welsh_too(tmp_path, drawn):
    comparison = fake_comparison({"old": np.zeros(4), "new": np.full(4, -0.05)}, new=EVIL, years=1)
    text = report(comparison, tmp_path, lang="cy").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "alert(" in " ".join(Words(text, "cy").words)
    assert '<html lang="cy">' in text
    assert not (tmp_path / "parameters.html").exists()


def test_a_figure_in_welsh():
    comparison = fake_comparison({"old": np.zeros(4), "new": np.full(4, -0.05)}, new="Co-production")
    said = " ".join(text.get_text() for text in plot(comparison, "wellbeing", lang="cy").texts)
    assert "Llesiant" in said
    assert "“Cyd-gynhyrchu”" in said
    assert "Wellbeing" in " ".join(text.get_text() for text in plot(comparison, "wellbeing").texts)


def test_an_unknown_language_is_refused_before_anything_is_written(tmp_path):
    comparison = fake_comparison({"old": np.zeros(2)}, years=1)
    with pytest.raises(ValueError, match=r'lang = "fr" +must be en, cy or both'):
        report(comparison, tmp_path / "out", lang="fr")
    assert not (tmp_path / "out").exists()
    with pytest.raises(ValueError, match="'fr' is unknown"):
        plot(comparison, "wellbeing", lang="fr")


def test_data_stay_english_whatever_is_spoken(tmp_path, drawn):
    comparison = fake_comparison({"old": np.zeros(10), "new": np.full(10, -0.05)}, years=1)
    with speaking("cy"):
        report(comparison, tmp_path, lang="en")
    assert "better in 10 of 10 futures" in (tmp_path / "data" / "differences.csv").read_text(encoding="utf-8")


def test_a_place_has_its_welsh_name():
    with speaking("cy"):
        assert place(fake_comparison({"old": np.zeros(2)}, years=1)) == "Cymru"
