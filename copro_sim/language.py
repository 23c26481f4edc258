"""The language of what readers read: English unless told, or Cymraeg from the catalogue `locale/cy/LC_MESSAGES/copro_sim.po`.

English sentences stand where they are used, whole and with named placeholders: they are the keys of the catalogue, and there
is no other list of them. `CONTRIBUTING.md` says how to add one. Whatever is kept as data (CSV, NetCDF, provenance) stays English.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
"""Each language by its code, called what its speakers call it."""

SPOKEN = {"en": ("en",), "cy": ("cy",), "both": ("en", "cy")}
"""The languages of a page, by what they are asked for with."""

CODES = {"en": "en-GB", "cy": "cy"}
"""What the attribute `lang` of a page says."""

_DOMAIN = Path(__file__).parent / "locale"
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let all that is said within be said in a language ("en" or "cy").

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is unknown: choose one of {', '.join(LANGUAGES)}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the code of the language that is spoken."""
    return _spoken.get()


def _(text: str, /, **values: object) -> str:
    """Return a text in the language spoken, with its placeholders filled, if any are given."""
    said = _catalogue(spoken()).gettext(text) if text else ""
    return said.format(**values) if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return a text in the form that a number of things needs (Welsh has six), with `{n}` and other placeholders filled."""
    return _catalogue(spoken()).ngettext(one, many, n).format(n=n, **values)


def N_(text: str, /) -> str:
    """Return a text as it is: marks a constant for the catalogue that is said later, with `_`."""
    return text


def number(value: float, decimals: int = 0) -> str:
    """Return a number as both languages write it: 1,234.5, with a sign of minus that is one."""
    return f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def month_and_year(year: int, month: int) -> str:
    """Return a month in words, such as April 2013 or Ebrill 2013; months count from 1."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date(year, month, 1), locale=CODES[spoken()].replace("-", "_"))


def listed(items: list[str]) -> str:
    """Return items in a row: with an 'and' in English, with commas alone in Welsh, where it would change what follows."""
    *most, last = items or [""]
    return _("{most} and {last}", most=", ".join(most), last=last) if most else last


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language, made from its source: there is no compiled file that could be older."""
    source = _DOMAIN / language / "LC_MESSAGES" / "copro_sim.po"
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = BytesIO()
    with source.open("rb") as file:
        write_mo(made, read_po(file, locale=language))
    made.seek(0)
    return GNUTranslations(made)


def scenario_texts(
    file: BinaryIO, keywords: Mapping[str, Any], tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield what readers see of a scenario file, its title and its question: `pybabel extract` calls this."""
    import tomllib

    found = tomllib.load(file)
    for name in ("title", "question"):
        if found.get(name):
            yield 1, None, " ".join(found[name].split()), []
