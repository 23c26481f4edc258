"""For people who decide: figures whose titles say the finding, and one page that holds them."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any


class _Report(ModuleType):
    """This package, which can be called: Python puts it in the place of `cs.report` once anything in it has been imported."""

    def __call__(self, *arguments: Any, **named: Any) -> Path:
        """Write the page of a comparison, as `copro_sim.report.page.report` does."""
        from copro_sim.report.page import report

        return report(*arguments, **named)


sys.modules[__name__].__class__ = _Report
