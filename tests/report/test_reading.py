"""What modules say of themselves is read whole: every heading, every named number, every remark."""

import sys
from types import ModuleType

import pytest

from copro_sim import institutions, population, processes
from copro_sim.report.reading import fields, fixed, inside, module

SOURCE = '''"""It rains, and sometimes
it snows.

Rain is wet, and Mondays
are no exception.

Equation
    wet = rain
        + snow

Reads    sky; of the community:
         roofs
Limits   none
"""

from math import pi

_WET, _COLD = 0.5, -3
"""Shares of days, and a temperature:
assumption."""

_MONTH = 12 * _WET
_NAME = "rain"
_ROUND = round(3.7)
_SKY = pi


class Weather:
    """What it is like."""

    rain: float
    """Share of days."""
    snow: float


def falls(rain):
    """Return 7."""
    seven = 7
    return seven
'''


@pytest.fixture
def weather(tmp_path, monkeypatch):
    """A module of its own, and the package that holds it."""
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "sky" / "weather.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    package = __import__("sky")
    yield inside(package)
    for name in ("sky", "sky.weather"):
        del sys.modules[name]


def test_a_docstring_is_read_by_its_headings(weather):
    (found,) = weather
    said = module(found)
    assert (said.name, said.path) == ("weather", "sky/weather.py")
    assert said.summary == "It rains, and sometimes it snows."
    assert said.prose == ("Rain is wet, and Mondays are no exception.",)
    assert said.parts == {"Equation": "wet = rain\n    + snow", "Reads": "sky; of the community:\nroofs", "Limits": "none"}


def test_numbers_written_out_are_read_with_their_remarks(weather):
    (found,) = weather
    assert [(number.code, number.meaning) for number in fixed(found)] == [
        ("_WET, _COLD = (0.5, -3)", "Shares of days, and a temperature: assumption."),
        ("_MONTH = 12 * _WET", ""),
    ]


def test_fields_are_read_with_their_remarks(weather):
    assert fields(weather[0], "Weather") == {"rain": "Share of days.", "snow": ""}


@pytest.mark.parametrize("package", [processes, institutions, population])
def test_nothing_of_a_docstring_is_lost(package):
    for source in inside(package):
        said = module(source)
        kept = " ".join([said.summary, *said.prose, *(f"{heading} {body}" for heading, body in said.parts.items())])
        assert sorted(kept.split()) == sorted(source.__doc__.split()), source.__name__


def test_a_module_without_a_docstring_says_nothing():
    assert module(ModuleType("sky.silent"))[2:] == ("", (), {})
