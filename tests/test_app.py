"""The dashboard, driven as a student would: it steps, a lever moves what happens, and nothing is asked of the network."""

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli
from tests.browser import chromium, complaints

_A_START = 120
"""Seconds in which a server must answer: it may have to compile first."""


@contextmanager
def served():
    """Serve the dashboard on a free port and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).parent / "copro-sim"
    server = subprocess.Popen([command, "app", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        said = server.communicate(timeout=30)[1]
    assert "Traceback" not in said, said
    assert "Could not load" not in said, "asked for what solara-assets does not ship: " + said


def _wait_for(address, server):
    until = time.monotonic() + _A_START
    while True:
        assert server.poll() is None, server.stderr.read()
        try:
            urlopen(address, timeout=_A_START).close()
            return
        except URLError:
            assert time.monotonic() < until, "the dashboard does not answer"
            time.sleep(0.2)


def _step(page, month):
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_text(f"Month {month}").wait_for()


@pytest.mark.full
def test_a_student_steps_moves_a_lever_and_sees_what_changes():
    with served() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        wrong = complaints(page)
        page.goto(address)
        page.get_by_text("Month 2013-04").wait_for()
        assert page.locator("img").count() == 2
        first = page.locator("img").nth(0).get_attribute("src")
        for month in ("2013-05", "2013-06", "2013-07"):
            _step(page, month)
        before = page.get_by_text("people need help").inner_text()
        assert page.locator("img").nth(0).get_attribute("src") != first

        luck = page.get_by_role("slider", name=re.compile("Another village"))
        luck.focus()
        luck.press("ArrowRight")
        page.get_by_role("button", name="Reset").click()
        page.get_by_text("Month 2013-04").wait_for()
        page.get_by_text("other luck): 2").wait_for()
        for month in ("2013-05", "2013-06", "2013-07"):
            _step(page, month)
        assert page.get_by_text("people need help").inner_text() != before
        assert wrong == []


def test_a_bad_port_is_refused_in_words():
    found = CliRunner().invoke(cli, ["app", "--port", "80"])
    assert found.exit_code == 2
    assert "--port" in found.output
    assert "1024" in found.output


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "copro_sim.app", None)
    found = CliRunner().invoke(cli, ["app"])
    assert found.exit_code == 1
    assert "copro-sim[app]" in found.output
