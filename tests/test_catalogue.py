"""The Welsh catalogue: no sentence of the page is missing, empty, guessed, left over or altered in its placeholders."""

import re
import subprocess
import sys
from gettext import c2py
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from copro_sim.language import _, ngettext, speaking
from tests.test_language import ROOT

PO = ROOT / "copro_sim" / "locale" / "cy" / "LC_MESSAGES" / "copro_sim.po"


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as file:
        return read_po(file, locale="cy")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Return the sentences that code, templates and scenarios say, gathered as CONTRIBUTING.md says."""
    pot = tmp_path_factory.mktemp("catalogue") / "copro_sim.pot"
    command = re.search(r"pybabel extract .*", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    arguments = command.group().replace("out/copro_sim.pot", str(pot)).split()
    subprocess.run([str(Path(sys.executable).parent / arguments[0]), "-q", *arguments[1:]], cwd=ROOT, check=True)
    with pot.open("rb") as file:
        return read_po(file)


def keys(catalogue):
    return {message.id for message in catalogue if message.id}


def strings(message):
    return message.string if message.pluralizable else (message.string,)


def originals(message):
    return message.id if message.pluralizable else (message.id,)


def placeholders(text):
    return {(name, spec) for _text, name, spec, _conversion in Formatter().parse(text) if name is not None}


def test_no_sentence_is_missing_and_none_is_left_over(said, catalogue):
    assert len(keys(said)) > 300
    assert sorted(map(str, keys(said) - keys(catalogue))) == []
    assert sorted(map(str, keys(catalogue) - keys(said))) == []
    assert list(catalogue.obsolete) == []


def test_none_is_empty_and_none_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.id and not all(strings(message))] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_placeholders_are_the_same(catalogue):
    for message in catalogue:
        if message.id:
            wanted = set().union(*map(placeholders, originals(message)))
            for text in strings(message):
                counted = {("n", "")} if message.pluralizable else set()
                assert placeholders(text) | counted == wanted | counted, message.id


def test_markup_is_the_same(catalogue):
    for message in catalogue:
        if message.id and not message.pluralizable:
            tags = [sorted(re.findall(r"</?\w+|&\w+;|href=\"[^\"]*\"", text)) for text in (message.id, message.string)]
            assert tags[0] == tags[1], message.id
            assert not re.search(r"['\"]", re.sub(r"<[^>]*>", "", message.string)), "write marks that are safe in attributes"


def test_sentences_end_alike(catalogue):
    for message in catalogue:
        for one, other in zip(originals(message), strings(message), strict=False) if message.id else ():
            assert one.endswith(".") == other.endswith("."), message.id
            assert one.count("\n") == other.count("\n"), message.id


def test_entries_stand_in_the_order_in_which_they_are_kept(catalogue):
    found = [message.id[0] if message.pluralizable else message.id for message in catalogue if message.id]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "0 dyfodol"), (1, "1 dyfodol"), (2, "2 ddyfodol"), (3, "3 dyfodol"), (6, "6 dyfodol"), (7, "7 dyfodol")],
)
def test_things_are_counted_in_welsh(n, form):
    with speaking("cy"):
        assert ngettext("{n} future", "{n} futures", n) == form
    assert ngettext("{n} future", "{n} futures", n) == f"{n} future{'' if n == 1 else 's'}"


def test_each_of_the_six_forms_has_its_numbers(catalogue):
    chosen = {n: c2py(catalogue.plural_expr)(n) for n in (0, 1, 2, 3, 6, 7, 12, 103)}
    assert catalogue.num_plurals == 6
    assert chosen == {0: 0, 1: 1, 2: 2, 3: 3, 6: 4, 7: 5, 12: 5, 103: 5}


def test_scenarios_that_ship_have_welsh_titles_and_questions():
    from copro_sim.scenario.load import load_scenario, shipped_scenarios

    for name in shipped_scenarios():
        scenario = load_scenario(name)
        for text in (scenario.title, " ".join(scenario.question.split())):
            with speaking("cy"):
                assert _(text) != text, name


def test_a_sentence_that_is_not_in_the_catalogue_would_be_found(said, catalogue):
    assert keys(said) - (keys(catalogue) - {"Who meets need"}) == {"Who meets need"}
