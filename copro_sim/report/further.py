"""What the page has beyond the comparison itself: two futures of one citizen, and further runs; or how to have them."""

import shlex

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.story import Story
from copro_sim.comparison.why import Why
from copro_sim.language import N_, _
from copro_sim.report.because import because, how_to_have_why
from copro_sim.report.sections import Section
from copro_sim.report.story import story_section

_TO_HAVE_A_STORY = N_("Two futures of one citizen, month by month, are not on this page. To have them: {command}")


def further_parts(wales: Comparison, story: Story | None, why: Why | None) -> list[Section]:
    """Return these parts of a page, in the language spoken; none of a single scenario. Further runs are of all councils."""
    if len(wales.names) < 2:
        return []
    found = [Section("true", sentences=tuple(how_to_have_why(wales)))] if why is None else because(wales, why)
    if story is None:
        command = f"copro-sim story {shlex.join(wales.names[:2])}"
        return [*found, Section("two-futures", sentences=(_(_TO_HAVE_A_STORY, command=command),))]
    return [*found, story_section(story)]
