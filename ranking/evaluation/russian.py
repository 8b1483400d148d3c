"""Ukrainian names and places as they are spelt in Russian: from dictionaries where there are any, else by rule."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ranking.evaluation.truth import Piece, PieceKind

_FILE = Path(__file__).parent / "data" / "russian.toml"
_LETTERS = str.maketrans(
    {"и": "и", "і": "и", "ї": "и", "є": "е", "ґ": "г", "И": "И", "І": "И", "Ї": "И", "Є": "Е", "Ґ": "Г"}
)
_PLACE_ENDINGS = (
    (r"їв$", "ев"), (r"(?<=[жчшщц])ів$", "ев"), (r"ів$", "ов"), (r"їв(?=к|ц|щ)", "ев"),
    (r"(?<=[жчшщц])ів(?=к|ц|щ)", "ев"),
    (r"ів(?=к|ц|щ)", "ов"), (r"ське$", "ское"), (r"цьке$", "цкое"), (r"зьке$", "зское"), (r"піль$", "поль"),
    (r"(?<=[гкхжчшщ])и$", "и"), (r"ий$", "ий"), (r"(?<=[бвдзлмнпрст])и$", "ы"), (r"не$", "ное"), (r"ве$", "вое"),
    (r"ці$", "цы"), (r"иця$", "ица"), (r"иці$", "ицы"), (r"ття$", "тье"), (r"лля$", "лье"), (r"жжя$", "жье"),
    (r"ння$", "нье"),
)  # fmt: skip
_NAME_ENDINGS = (
    (r"ський$", "ский"), (r"цький$", "цкий"), (r"зький$", "зский"), (r"ська$", "ская"), (r"цька$", "цкая"),
    (r"ий$", "ый"), (r"(?<=[гкхжчшщ])ый$", "ий"), (r"ій$", "ий"), (r"івна$", "овна"), (r"ївна$", "евна"),
)  # fmt: skip
_PARTS = {PieceKind.SURNAME: "last", PieceKind.GIVEN: "first", PieceKind.PATRONYMIC: "patronymic"}


@lru_cache(maxsize=1)
def russian_words() -> Mapping[str, Mapping[str, str]]:
    """The tables of `russian.toml`: specialities, places, words."""
    with _FILE.open("rb") as file:
        return dict(tomllib.load(file))


def in_russian(piece: Piece) -> str:
    """The piece as a Russian speaker spells it, in the nominative."""
    if piece.kind in _PARTS:
        return "-".join(_name(part, _PARTS[piece.kind]) for part in piece.text.split("-"))
    tables = russian_words()
    if piece.kind is PieceKind.SPECIALITY and piece.code and piece.code in tables["specialities"]:
        return tables["specialities"][piece.code]
    if piece.kind is PieceKind.SETTLEMENT:
        return tables["places"].get(piece.text) or by_rule(piece.text, _PLACE_ENDINGS)
    if piece.text in tables["words"]:
        return tables["words"][piece.text]
    known = {**tables["oblasts"], **tables["words"]}
    return " ".join(known.get(word) or by_rule(word) for word in piece.text.split())


def by_rule(text: str, endings: tuple[tuple[str, str], ...] = _NAME_ENDINGS) -> str:
    """Letter by letter, after the endings that differ between the languages."""
    return " ".join(_word(word, endings) for word in text.split(" "))


def _word(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, russian in endings:
        word, found = re.subn(ending, russian, word)
        if found:
            break
    word = word.replace("ьо", "ё").replace("йо", "ё").replace("'", "ъ")
    return word.translate(_LETTERS)


def _name(word: str, pool: str) -> str:
    found = _dictionary(pool).get(word.lower(), [])
    other = [form for form in found if re.search("[іїєґ]", form.lower()) is None]
    return other[0] if other else by_rule(word)


@lru_cache(maxsize=3)
def _dictionary(pool: str) -> Mapping[str, list[str]]:
    from names_translator.dicts import NameDicts

    words: Mapping[str, list[str]] = NameDicts().as_dict(pool)
    return words
