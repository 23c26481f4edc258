"""Write the notebooks in `examples/` from their sources: `uv run python docs/notebooks.py`. A test holds them equal."""

from pathlib import Path

import jupytext

EXAMPLES = Path(__file__).parent.parent / "examples"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook_of(source: Path) -> str:
    """Return the notebook that a source means, without outputs: always the same text for the same source."""
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.nbformat_minor = 4  # the last form whose cells need no random ids
    for cell in notebook.cells:
        cell.pop("id", None)
    return str(jupytext.writes(notebook, fmt="ipynb")).rstrip("\n") + "\n"


if __name__ == "__main__":
    for path in sorted(EXAMPLES.glob("*.py")):
        path.with_suffix(".ipynb").write_text(notebook_of(path), encoding="utf-8", newline="\n")
