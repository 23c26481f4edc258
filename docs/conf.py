"""How the documentation is built: `uv run --group docs sphinx-build -W docs out/docs`.

The notebooks are those of `examples/`; what code holds (parameters, indicators, scenarios, the ODD protocol) is written out of it
at every build, so that no page can drift.
"""

import shutil
from pathlib import Path

import copro_sim
from copro_sim.interchange.tables import TABLES
from copro_sim.report.describe import DOCUMENTS, describe
from copro_sim.report.half import LIMITS
from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.load import load_scenario, shipped_scenarios

HERE = Path(__file__).parent
MADE = HERE / "made"

project = "copro_sim"
author = copyright = "the copro_sim developers"
release = version = copro_sim.__version__

extensions = [
    "myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx_click", "sphinx_copybutton",
]  # fmt: skip
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
nb_execution_mode = "cache"
nb_execution_timeout = 600
nb_execution_raise_on_error = True
nb_execution_show_tb = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_numpy_docstring, napoleon_google_docstring = True, False
exclude_patterns = ["conf.py", "notebooks.py", "made/limits.md", "made/population.md"]
html_theme = "furo"
html_title = "copro_sim"
html_theme_options = {"source_repository": ""}
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("\n", " ").replace("|", "\\|") for cell in cells) + " |\n"


def _table(*names: str) -> str:
    return _row(*names) + _row(*("---" for _ in names))


def _indicators() -> str:
    text = "# Indicators\n\nEach is defined once, in `copro_sim/results/indicators.py`.\n\n"
    text += _table("name", "title", "unit", "meaning")
    return text + "".join(_row(f"`{one.name}`", one.title, one.unit, one.meaning) for one in INDICATORS.values())


def _population() -> str:
    """Return one table for each table of a population of one's own."""
    text = ""
    for table, columns in TABLES.items():
        text += f"\n### `{table}`\n\n" + _table("column", "what it says", "what it must be", "where nothing is said")
        text += "".join(
            _row(f"`{name}`", column.meaning, column.expected.removeprefix("must be "), column.default or "must be there")
            for name, column in columns.items()
        )
    return text


def _scenarios() -> str:
    text = "# Scenarios\n\nEach is a file that holds only what differs from the one it extends, and opens with its question.\n"
    for name in shipped_scenarios():
        scenario = load_scenario(name)
        text += f"\n## {scenario.title}\n\n`{name}`\n\n{' '.join(scenario.question.split())}\n"
    return text


def _written() -> None:
    """Write what code holds, and copy the notebooks, beside the pages."""
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir()
    for document in DOCUMENTS:
        (MADE / f"{document}.md").write_text(describe(document), encoding="utf-8")
    (MADE / "limits.md").write_text("".join(f"- {limit}\n" for limit in LIMITS), encoding="utf-8")
    (MADE / "indicators.md").write_text(_indicators(), encoding="utf-8")
    (MADE / "population.md").write_text(_population(), encoding="utf-8")
    (MADE / "scenarios.md").write_text(_scenarios(), encoding="utf-8")
    for example in sorted((HERE.parent / "examples").glob("*.py")):
        text = example.read_text(encoding="utf-8").replace('tags=["answer"]', 'tags=["hide-cell"]')
        (MADE / example.name).write_text(text, encoding="utf-8")


    shutil.copytree(HERE.parent / "examples" / "village", MADE / "village")


_written()
