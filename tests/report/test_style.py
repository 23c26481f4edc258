"""Text can be read, labels keep apart, and the same figure has the same bytes."""

import re
from itertools import pairwise
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.report.style import FAINT, INK, LINES, Picture, address, apart, slim


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("colour", [INK, FAINT])
@pytest.mark.parametrize("ground", ["#ffffff", "#f3f2f1"])
def test_text_has_enough_contrast(colour, ground):
    assert (luminance(ground) + 0.05) / (luminance(colour) + 0.05) >= 4.5


def test_no_two_scenarios_are_told_apart_by_colour_alone():
    assert len({str(dashes) for _, dashes, _ in LINES}) == len({marker for _, _, marker in LINES}) == len(LINES)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=9))
def test_labels_keep_apart_and_in_order(wanted):
    placed = apart(wanted, 1.0, 0.0, 10.0)
    assert all(-1e-9 <= y <= 10 + 1e-9 for y in placed)
    in_order = [placed[k] for k in np.argsort(wanted, kind="stable")]
    assert all(b - a >= 1 - 1e-9 for a, b in pairwise(in_order))


def test_labels_with_room_stay_where_they_are():
    assert apart([7.0, 1.0, 4.0], 1.0, 0.0, 10.0) == [7.0, 1.0, 4.0]


def test_too_many_labels_share_what_room_there_is():
    assert apart([5.0] * 5, 4.0, 0.0, 10.0) == [0.0, 2.5, 5.0, 7.5, 10.0]


def test_a_notebook_shows_a_picture_whatever_its_backend():
    figure = Picture(figsize=(2, 1))
    figure.add_subplot().plot([0, 1])
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_a_slim_picture_keeps_what_is_seen():
    text = """<?xml version="1.0"?>
<svg xmlns:xlink="x">
 <!-- a remark --> <g id="text_1"><path id="DejaVuSans-Bold-41" d="M 1.23456 2
L 3 0.5 z " transform="scale(0.015625)"/>
  <use xlink:href="#DejaVuSans-Bold-41" transform="translate(63.625 0)"/></g></svg>"""
    path = '<path id="b41" d="M1.23 2L3 0.5z" transform="scale(0.015625)"/>'
    assert slim(text) == f'<svg><g>{path}<use href="#b41" x="63.62"/></g></svg>'


def points(path):
    """Return the corners of a path of straight lines, however it says them."""
    x = y = 0.0
    for letter, numbers in re.findall(r"([MLHVz])([^A-Za-z]*)", path):
        values = [float(number) for number in numbers.split()]
        if letter in "ML":
            x, y = values
        x = values[0] if letter == "H" else x
        y = values[0] if letter == "V" else y
        yield letter == "M", x, y


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_a_slim_path_passes_the_same_corners(corners):
    full = "M " + " L ".join(f"{x} {y}" for x, y in corners) + " z"
    short = slim(f'<path d="{full}"/>').removeprefix('<path d="').removesuffix('"/>')
    assert list(points(short)) == list(points(full))
    assert len(short) <= len(full)


def test_an_address_holds_the_picture_and_cannot_end_an_attribute():
    picture = """<svg id="a"><text fill="#0b0c0c">100% of Gareth's &amp; others' "hours"</text></svg>"""
    said = address(picture.encode())
    assert not set('"&#') & set(said)
    kept = unquote(said.removeprefix("data:image/svg+xml,"))
    assert ElementTree.canonicalize(kept) == ElementTree.canonicalize(picture)
