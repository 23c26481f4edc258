"""Every test here says what it checks, how often luck alone would refuse it and which planted error it caught.

`--report FILE` leaves that as a page. A test that checks nothing fails; so do all together where the chance of a false alarm
passes MOST.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import jinja2
import pytest

from copro_sim.results.export import write_text
from verdicts import Verdict

MOST = 0.01
"""Overall chance of a false alarm that is let pass."""


@dataclass(frozen=True)
class Check:
    """What was compared with which theory, what came of it, and what came of it with an error planted."""

    what: str
    theory: str
    verdict: Verdict
    planted: Mapping[str, Verdict]

    @property
    def uncaught(self) -> list[str]:
        return [error for error, verdict in self.planted.items() if verdict.holds]

    @property
    def faults(self) -> Iterator[str]:
        if not self.verdict.holds:
            yield f"{self.what}: found {self.verdict.found}; refused: {self.verdict.refused}"
        yield from (f"{self.what}: the planted error was not caught: {error}" for error in self.uncaught)


@dataclass(frozen=True)
class Row:
    """What the page says of one test."""

    name: str
    checks: list[Check]
    why: str
    """Why it failed, or nothing."""


CHECKS = pytest.StashKey[list[Check]]()
ROWS = pytest.StashKey[dict[str, Row]]()
"""By the test's id."""
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser):
    parser.addoption("--report", type=Path, metavar="FILE", help="leave a page of what was checked against which theory")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Run in this process alone: the page and the overall chance are made of all checks together."""
    return 0


def pytest_configure(config):
    config.stash[ROWS], config.stash[LEFT_OUT] = {}, 0
    page = config.getoption("--report")
    if page is None:
        return
    if page.is_dir():
        raise pytest.UsageError(f"--report {page}: is a folder; name a file in it, such as {page / 'verification.html'}")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise pytest.UsageError(f"--report {page}: cannot be written ({error}); name a file in a folder of yours") from None


def pytest_deselected(items):
    items[0].config.stash[LEFT_OUT] += len(items)


@pytest.fixture
def check(request) -> Callable[[str, str, Verdict, Mapping[str, Verdict]], None]:
    """Return what records a check: what, which theory, the verdict, and verdicts with errors planted, by what each error is."""

    def record(what: str, theory: str, verdict: Verdict, planted: Mapping[str, Verdict]) -> None:
        if not planted:
            pytest.fail(f"{what}: nothing shows that this check can fail; plant an error")
        request.node.stash.setdefault(CHECKS, []).append(Check(what, theory, verdict, planted))

    return record


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    yield
    checks = item.stash.get(CHECKS, [])
    faults = [fault for one in checks for fault in one.faults]
    if not checks:
        faults = ["nothing was checked: a verification says what it compares, with the fixture `check`"]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" or report.failed:
        why = str(call.excinfo.value) or call.excinfo.typename if report.failed else ""
        item.config.stash[ROWS][item.nodeid] = Row(item.name, item.stash.get(CHECKS, []), why)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if report.failed:
        collector.config.stash[ROWS][report.nodeid] = Row(report.nodeid, [], report.longreprtext)
    return report


def reckoned(rows: Iterable[Row]) -> list[Check]:
    """Return the checks of which a chance is known, the largest first."""
    known = (check for row in rows for check in row.checks if not isnan(check.verdict.chance))
    return sorted(known, key=lambda check: -check.verdict.chance)


def overall(rows: Iterable[Row]) -> float:
    """Return the chance that luck alone refuses any check: at most the sum of all."""
    return sum(check.verdict.chance for check in reckoned(rows))


def total(rows: Iterable[Row]) -> str:
    """Return the overall chance, and where it is too large which check has the largest share in it."""
    said = f"{overall(rows):.2g}, at most {MOST:g} is let pass"
    return said if overall(rows) <= MOST else f"{said}; the largest: {reckoned(rows)[0].what}"


def counts(rows: Collection[Row]) -> Counter[str]:
    """Return how many checks there are, how many were refused, how many errors planted and how many of them caught."""
    checks = [check for row in rows for check in row.checks]
    return Counter(
        checks=len(checks),
        refused=sum(not check.verdict.holds for check in checks),
        planted=sum(len(check.planted) for check in checks),
        caught=sum(len(check.planted) - len(check.uncaught) for check in checks),
        tests=len(rows),
        failed=sum(bool(row.why) for row in rows),
    )


def pytest_sessionfinish(session):
    rows = session.config.stash[ROWS].values()
    if overall(rows) > MOST and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    page = session.config.getoption("--report")
    if page is not None:
        write_text(page, _page(rows, session.config.stash[LEFT_OUT]))


def pytest_terminal_summary(terminalreporter, config):
    rows = config.stash[ROWS].values()
    said = "{checks} checks, {refused} refused; {caught} of {planted} planted errors caught; ".format_map(counts(rows))
    terminalreporter.write_line(f"{said}overall chance of a false alarm {total(rows)}")


def chance_in_words(chance: float) -> str:
    """Return a chance as a reader takes it in."""
    if isnan(chance):
        return "not reckoned: it was refused"
    if chance == 0:
        return "none: exact"
    if chance > 0.1:
        return f"{min(chance, 1):.0%}"
    return f"1 in {1 / chance:,.0f}" if chance > 1e-6 else "below 1 in 1,000,000"


def _page(rows: Collection[Row], left_out: int) -> str:
    """Return the page: one file, without a script."""
    folder = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["chance"] = chance_in_words
    return environment.get_template("page.html.j2").render(
        rows=rows, chance=overall(rows), total=total(rows), counts=counts(rows), left_out=left_out
    )
