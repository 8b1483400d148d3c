"""Kinds of facilities as people say them: «поліклініка», «амбулаторія», «ФАП»."""

from dataclasses import dataclass
from functools import lru_cache

from directory.text import words
from ranking.phrases import expand_all, read_word_file


@dataclass(frozen=True, slots=True)
class WordsOfName:
    """Words that show a kind when all of `present` stand in a facility's name and none of `absent`; normalised."""

    present: tuple[str, ...]
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacilityKind:
    """A kind: `phrases` people say, `in_names` the words that show it in a facility's name, `in_names_together` those
    that show it only in company, `division_types` that are of this kind whatever the name (DIVISION_TYPE codes)."""

    code: str
    phrases: tuple[str, ...]
    in_names: tuple[str, ...]
    in_names_together: tuple[WordsOfName, ...]
    division_types: tuple[str, ...]


@lru_cache(maxsize=1)
def facility_kinds() -> dict[str, FacilityKind]:
    """All kinds by code, from `facility_kinds.toml`."""
    data, endings = read_word_file("facility_kinds.toml")
    kinds = {}
    for code, kind in data.items():
        named = [_words_of_name(shown) for shown in kind["in_names"]]
        kinds[code] = FacilityKind(
            code,
            phrases=tuple(dict.fromkeys(expand_all(kind["said"], endings))),
            in_names=tuple(found.present[0] for found in named if _stands_alone(found)),
            in_names_together=tuple(found for found in named if not _stands_alone(found)),
            division_types=tuple(kind["division_types"]),
        )
    return kinds


def _words_of_name(shown: str) -> WordsOfName:
    """«медичний центр -пункт»: a minus stands before a word that must not be there."""
    parts = shown.split()
    return WordsOfName(
        present=tuple(word for part in parts if not part.startswith("-") for word in words(part)),
        absent=tuple(word for part in parts if part.startswith("-") for word in words(part)),
    )


def _stands_alone(found: WordsOfName) -> bool:
    return len(found.present) == 1 and not found.absent
