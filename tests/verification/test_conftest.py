"""The page of verification: every check with its chance and its planted errors, what failed shown as failed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.test_style import luminance

VERIFICATION = Path(__file__).parents[2] / "verification"
HEADS = "from verdicts import above_zero, shares\n\nTHEORY, WRONG = 'a fair coin', {'two heads': shares(52, 100, 0.99)}\n"
GOOD = f"""{HEADS}
def test_a_coin(check):
    check("Heads of 100", THEORY, shares(52, 100, 0.5), WRONG)
"""
BAD = f"""{HEADS}
import pytest


def test_a_coin(check):
    check("Heads of 100", THEORY, shares(52, 100, 0.5), WRONG)

def test_a_false_coin(check):
    check("<b>Heads</b>", THEORY, shares(80, 100, 0.5), WRONG)

def test_that_notices_nothing(check):
    check("Heads of 100", THEORY, shares(52, 100, 0.5), {{"a coin somewhat bent": shares(52, 100, 0.51)}})

def test_without_an_error(check):
    check("Heads of 100", THEORY, shares(52, 100, 0.5), {{}})

def test_of_nothing():
    pass

def test_that_breaks(check):
    raise ValueError("no coin at hand")

@pytest.fixture
def broken():
    raise ValueError("no bank")

def test_of_a_broken_fixture(broken):
    pass

def test_left_out():
    pass
"""


def verified(folder, tests, *arguments, report="out/page.html"):
    """Run a file of tests as verification's own; return the exit status, what was said, and the page."""
    for name in ("conftest.py", "verdicts.py", "page.html.j2"):
        shutil.copy(VERIFICATION / name, folder)
    (folder / "test_coins.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    found = subprocess.run([*command, "--report", report, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    page = folder / report
    return found.returncode, found.stdout + found.stderr, page.read_text(encoding="utf-8") if page.is_file() else ""


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    return verified(tmp_path_factory.mktemp("bad"), BAD, "--deselect", "test_coins.py::test_left_out")


def test_a_check_that_holds_is_shown_with_its_chance_and_its_planted_error(tmp_path):
    status, said, page = verified(tmp_path, GOOD)
    assert status == 0
    assert "1 checks, 0 refused; 1 of 1 planted errors caught; overall chance of a false alarm 5.6e-07" in said
    assert "Heads of 100: holds" in page
    assert "a fair coin" in page
    assert "52 of 100 where 50.0 were expected (+0.4 standard errors)" in page
    assert "5 standard errors or more" in page
    assert "two heads: caught" in page
    assert "below 1 in 1,000,000" in page
    assert "Failed" not in page


def test_what_fails_is_shown_as_failed_and_why(bad):
    status, said, page = bad
    assert status == 1
    assert "5 failed, 1 passed, 1 deselected, 1 error" in said
    assert "Failed: test_a_false_coin" in page
    assert "Failed: test_a_coin" not in page
    assert "the planted error was not caught: a coin somewhat bent" in page
    assert "plant an error" in page
    assert "nothing was checked" in page
    assert "no coin at hand" in page
    assert "no bank" in page
    assert "Tests that failed: 6 of 7" in page


def test_the_page_is_one_file_without_a_script_and_everything_in_it_is_text(bad):
    _, _, page = bad
    assert "&lt;b&gt;Heads&lt;/b&gt;: refused" in page
    assert "<b>Heads" not in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert 'name="viewport"' in page


def test_too_large_a_chance_in_all_fails_though_every_check_holds(tmp_path):
    status, said, page = verified(tmp_path, GOOD.replace("shares(52, 100, 0.5)", "above_zero([1.0, 2.0, 3.0, 2.0], 3)"))
    assert status == 1
    assert "1 passed" in said
    assert "the largest: Heads of 100" in said
    assert "the largest: Heads of 100" in page


def test_tests_that_were_left_out_are_counted(bad):
    _, _, page = bad
    assert "Left out of this run: 1" in page


def test_a_file_that_cannot_be_read_is_on_the_page(tmp_path):
    status, _, page = verified(tmp_path, "import no_such_module\n")
    assert status == 2
    assert "Failed: test_coins.py" in page
    assert "No module named" in page


def test_a_folder_is_refused_in_a_line(tmp_path):
    (tmp_path / "taken").mkdir()
    status, said, _ = verified(tmp_path, GOOD, report="taken")
    assert status == 4
    assert "--report taken: is a folder; name a file in it, such as taken/verification.html" in said
    assert "Traceback" not in said


def test_text_has_enough_contrast():
    style = (VERIFICATION / "page.html.j2").read_text(encoding="utf-8")
    grounds = re.findall(r"background: (#\w{6})", style)
    colours = re.findall(r"[^-]color: (#\w{6})", style)
    assert len(grounds) >= 2
    assert len(colours) >= 3
    for ground in grounds:
        for colour in colours:
            assert (luminance(ground) + 0.05) / (luminance(colour) + 0.05) >= 4.5, (ground, colour)
