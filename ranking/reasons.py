"""The sentences of `reasons.toml`: what a patient is told, in both languages, with the plural forms of each."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale

LANGUAGES = ("uk", "en")

_FILE = Path(__file__).with_name("reasons.toml")
_REMEMBERED_NUMBERS = 4_096


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in the two languages of the product."""

    uk: str
    en: str

    def text(self, language: str) -> str:
        """The text in `language` («uk» or «en»); any other language gives the Ukrainian one."""
        return self.en if language == "en" else self.uk


Wording = str | Mapping[str, str]


def say(code: str, **values: str | int | Reason) -> Reason:
    """The sentence `code` with `values` filled in; a value that is a Reason itself is filled in language by language.

    A number `n` chooses the plural form. Raises KeyError for a code without a sentence. About a microsecond a language.
    """
    if not values:
        return _plain(code)
    wordings = catalogue()[code]
    return Reason(*(_filled(wordings[language], language, values) for language in LANGUAGES))


def plural_form(language: str, number: int) -> str:
    """The plural category of a whole number by the Unicode CLDR: «one», «few», «many», «other»."""
    return _plural_form(language, abs(number))


def decimal(number: float, digits: int) -> Reason:
    """A number with a decimal comma in Ukrainian and a point in English."""
    english = f"{number:.{digits}f}"
    return Reason(english.replace(".", ","), english)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, Wording]]:
    """Every sentence by its code: language to the wording, or to one wording a plural form."""
    with _FILE.open("rb") as file:
        return MappingProxyType(tomllib.load(file))


@lru_cache(maxsize=256)
def _plain(code: str) -> Reason:
    wordings = catalogue()[code]
    return Reason(*(str(wordings[language]) for language in LANGUAGES))


def _filled(wording: Wording, language: str, values: Mapping[str, str | int | Reason]) -> str:
    text = wording if isinstance(wording, str) else wording[plural_form(language, int(str(values["n"])))]
    shown = {name: value.text(language) if isinstance(value, Reason) else value for name, value in values.items()}
    return text.format_map(shown)


@lru_cache(maxsize=_REMEMBERED_NUMBERS)
def _plural_form(language: str, number: int) -> str:
    return _rule(language)(number)


@lru_cache(maxsize=len(LANGUAGES))
def _rule(language: str) -> Callable[[int], str]:
    # Reading a locale takes milliseconds, so once a process.
    rule: Callable[[int], str] = Locale.parse(language).plural_form
    return rule
