"""Files of phrases anyone can read: «сімейн{adj+} лікар{likar+}» stands for every form the listed endings give."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from directory.text import words

_FOLDER = Path(__file__).parent / "understanding" / "data"
_SLOT = re.compile(r"\{(\w+)(\+?)\}")
# Written as it is looked up already: nothing to normalise.
_NORMALISED = re.compile(r"[а-яёіїєґa-z0-9]+(?:'[а-яёіїєґa-z0-9]+)*(?: [а-яёіїєґa-z0-9]+(?:'[а-яёіїєґa-z0-9]+)*)*")


class UnknownEnding(ValueError):
    """A phrase names endings that neither its file nor `endings.toml` lists, or lists of endings that cannot agree."""


class Contradiction(ValueError):
    """One phrase stands for two different things."""


def expand(phrase: str, endings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All phrases that `phrase` stands for, normalised, words joined by one blank, without repeats; hyphens divide.

    `{a}` takes every ending of list a, whatever the others take. Slots with a plus go in step: `{a+} {b+}` takes the
    first of both, then the second of both, so that words agree. Raises UnknownEnding for a slot that is not in
    `endings`, and for lists in step of different lengths.
    """
    pieces = _SLOT.split(phrase)
    texts, slots = pieces[0::3], list(zip(pieces[1::3], pieces[2::3], strict=True))
    for slot, _ in slots:
        if slot not in endings:
            raise UnknownEnding(f"«{phrase}»: no endings called «{slot}»; list them under [endings]")
    in_step = [endings[slot] for slot, plus in slots if plus]
    if len({len(listed) for listed in in_step}) > 1:
        raise UnknownEnding(f"«{phrase}»: endings with a plus go in step, so their lists must be equally long")
    steps: list[tuple[str, ...]] = list(zip(*in_step, strict=True)) if in_step else [()]
    free = [endings[slot] for slot, plus in slots if not plus]
    found: dict[str, None] = {}
    for step in steps:
        for choice in product(*free):
            agreeing, others = iter(step), iter(choice)
            endings_taken = (next(agreeing) if plus else next(others) for _, plus in slots)
            text = texts[0] + "".join(
                ending + following for ending, following in zip(endings_taken, texts[1:], strict=True)
            )
            found[text if _NORMALISED.fullmatch(text) else _normalised(text)] = None
    return tuple(found)


def read_word_file(name: str) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """A file of `understanding/data` without its [endings], and all endings it may use: its own and the shared ones.

    Raises Contradiction when it gives a shared list of endings another meaning.
    """
    data = tomllib.loads((_FOLDER / name).read_text("utf-8"))
    own, shared = data.pop("endings", {}), _shared_endings()
    if repeated := own.keys() & shared.keys():
        raise Contradiction(f"{name}: endings {sorted(repeated)} are listed in endings.toml: use those or rename")
    return data, {**shared, **own}


def expand_all(said: Iterable[str], endings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every phrase of a list, expanded, in order; a phrase written twice comes twice."""
    return (phrase for line in said for phrase in expand(line, endings))


@lru_cache(maxsize=1)
def _shared_endings() -> dict[str, list[str]]:
    data: dict[str, list[str]] = tomllib.loads((_FOLDER / "endings.toml").read_text("utf-8"))
    return data


def _normalised(phrase: str) -> str:
    return " ".join(words(phrase)).replace("-", " ")
