"""How templates become pages: everything is escaped, what is missing is an error, and sentences are said in a language."""

import jinja2
from markupsafe import Markup

from copro_sim.language import _


def render(template: str, **facts: object) -> str:
    """Return a template of the package filled with facts, in the language spoken."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("copro_sim.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _marked
    return made.get_template(template).render(facts)


def _marked(text: str, /, **values: object) -> Markup:
    """Return a text of a template (HTML) in the language spoken; what fills its placeholders is escaped."""
    return Markup(_(text)).format(**values)
