"""The month's order is stated once, and every process says what it does and needs."""

import ast
import inspect
import re

import pytest

from copro_sim.core.draws import Stream
from copro_sim.engines import kernels
from copro_sim.engines.block import walks_of
from copro_sim.processes import month
from copro_sim.state.columns import CITIZEN_COLUMNS
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


@pytest.mark.parametrize("process", month.MONTH, ids=month.name_of)
def test_a_walk_takes_of_its_loan_what_its_process_needs(process, monkeypatch):
    name, took = month.name_of(process), []
    monkeypatch.setattr(process, "columns", lambda *args: took.extend(args))
    p, t = (kind(*kind._fields) for kind in (month.Parameters, month.Tables))
    walk = month.walk_of(process)
    walk(month.Loan("c", "here", p, t, "cells"))
    held = [name] * ((name in p._fields) + (name in t._fields))
    assert took == ["c", "here", *held, *(["cells"] if name == "tally" else [])]
    assert walk.__qualname__ == name


@pytest.mark.parametrize("settling", [False, True])
def test_the_run_in_rests_exactly_the_processes_it_says(settling, monkeypatch):
    lived = []
    monkeypatch.setattr(kernels, "walks_of", lambda month, p, t: lived.append(month.names) or walks_of(month, p, t))
    p = default_parameters()
    kernels.live_year(random_world(8, (50, 30)), some_policy(), p, tables_for(p), seed=1, settling=settling)
    assert lived == [tuple(name for name in month.MONTH.names if not (settling and name in month.SETTLING))]


@pytest.mark.parametrize("process", month.MONTH, ids=month.name_of)
def test_every_process_says_what_it_does(process):
    text = inspect.getdoc(process)
    for word in ("Equation", "Reads", "Writes", "Chance", "Source", "Limits"):
        assert f"\n{word} " in text or f"\n{word}\n" in text, word
    assert month.summary(process).endswith(".") or ":" in month.summary(process)


def columns_in(tree, *, written):
    """Return the citizen's columns that a process reads (or writes), but for the id: of `c` or `citizen`, by name."""
    found = set()
    for node in ast.walk(tree):
        column = node.value if isinstance(node, ast.Subscript) else node
        if isinstance(column, ast.Attribute) and getattr(column.value, "id", "") in ("c", "citizen"):
            found |= {column.attr} if not written or isinstance(node.ctx, ast.Store) else set()
    return found & {column.name for column in CITIZEN_COLUMNS} - {"id"}


def unsaid(names, text):
    """Return the columns that a text does not name; "bonds" names a bond, too."""
    everything = re.search(r"\beverything\b|\ba new citizen's columns\b", text)
    return [] if everything else sorted(name for name in names if not re.search(rf"\b{name}s?\b", text))


@pytest.mark.parametrize("process", month.MONTH, ids=month.name_of)
def test_every_process_says_which_columns_it_reads_and_writes(process):
    tree, text = ast.parse(inspect.getsource(process)), inspect.getdoc(process)
    reads, writes = re.search(r"\nReads(.*)\nWrites(.*)\nChance", text, re.DOTALL).groups()
    assert not unsaid(columns_in(tree, written=True), writes)
    assert not unsaid(columns_in(tree, written=False), reads + writes)


def test_a_column_that_is_not_said_is_found():
    tree = ast.parse("def columns(c, i):\n    c.strain[i], c.trust[i] = c.need[i], 1\n    c.unmet[i, 0] -= c.life[i]\n")
    assert unsaid(columns_in(tree, written=True), "strains, unmet") == ["trust"]
    assert unsaid(columns_in(tree, written=False), "strain, unmet, trust, need, lives") == ["life"]


@pytest.mark.parametrize("process", month.MONTH, ids=month.name_of)
def test_rules_are_small_and_use_every_argument(process):
    tree = ast.parse(inspect.getsource(process))
    rules = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any(getattr(mark, "id", "") == "rule" for mark in node.decorator_list)
    ]
    assert rules
    for node in rules:
        names = [argument.arg for argument in node.args.args]
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        assert len(names) <= 8, node.name
        assert set(names) <= used, f"{node.name} ignores {set(names) - used}"
        assert ast.get_docstring(node), node.name


def test_every_process_draws_from_the_stream_it_says_and_from_no_others():
    """Two processes on one stream would share their luck: the words are the same for one citizen and month."""
    streams = {}
    for process in month.MONTH:
        said = re.search(r"\nChance +(?:stream (\w+)|none)", inspect.getdoc(process))
        streams[month.name_of(process)] = said.group(1) and Stream[said.group(1)]
        assert getattr(process, "_STREAM", None) == streams[month.name_of(process)], month.name_of(process)
    used = [stream for stream in streams.values() if stream is not None]
    assert len(set(used)) == len(used)
