"""The counts in tests/README.md are those of the cases that there are."""

import re
from pathlib import Path

from copro_sim.scenario.schema import setting_records
from copro_sim.scenario.tables import TABLES
from tests.bad_input.broken import EVERY as BROKEN
from tests.bad_input.corpus import faults, typos
from tests.bad_input.test_arguments import COMMAND_LINE, PYTHON
from tests.bad_input.test_files import WAYS
from tests.damage.cases import EVERY as DAMAGE

README = Path(__file__).parent / "README.md"


def test_counts_are_true():
    every = [fault for table in TABLES for fault in faults(table)]
    keys = [key.partition(".") for key in setting_records()]
    misspelt = [word for table, _, name in keys for word in typos(name, places=1) if f"{table}.{word}" not in setting_records()]
    counts = (
        len(every), sum(fault.changes is not None for fault in every), len(misspelt), len(BROKEN) * len(WAYS), len(PYTHON),
        len(COMMAND_LINE), len(DAMAGE),
    )  # fmt: skip
    text = README.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d,]+) \| .*`(test_\w+\.py)` \|$", text, re.MULTILINE)
    assert [count for count, _ in rows[: len(counts)]] == [f"{count:,}" for count in counts]
    assert f"| {len(BROKEN)} files that are none, named in {len(WAYS)} ways" in text
    assert all(list(README.parent.rglob(name)) for _, name in rows)
