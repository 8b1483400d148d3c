"""How many phrases each word file stands for: `python -m ranking.understanding.word_counts`."""

import sys
import time
from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any

from ranking.understanding import word_files

_FILES: dict[str, tuple[Callable[[], Any], ...]] = {
    "specialities.toml": (word_files.speciality_phrases, word_files.speciality_wishes),
    "facility_kinds.toml": (word_files.facility_phrases,),
    "wishes.toml": (word_files.wish_phrases, word_files.age_units),
    "times.toml": (word_files.time_words,),
    "small_words.toml": (word_files.small_words,),
    "ordinary.toml": (word_files.ordinary_words,),
    "out_of_domain.toml": (word_files.out_of_domain_phrases,),
}


def phrases_of(name: str) -> frozenset[str]:
    """All phrases a file stands for, each once."""
    return frozenset(phrase for load in _FILES[name] for phrase in _phrases(load()))


def counts() -> dict[str, tuple[int, float]]:
    """Phrases and milliseconds of the first loading by file, in the order in which they are loaded."""
    found = {}
    for name, loads in _FILES.items():
        started = time.perf_counter()
        for load in loads:
            load()
        found[name] = (len(phrases_of(name)), (time.perf_counter() - started) * 1000)
    return found


def _phrases(loaded: Any) -> Collection[str]:
    if isinstance(loaded, dict | frozenset):
        return loaded
    lists = (getattr(loaded, field.name) for field in fields(loaded))
    return {phrase for listed in lists if isinstance(listed, dict | frozenset) for phrase in listed}


def main() -> None:
    """Prints the table."""
    total = counts()
    lines = [f"{name:22}{phrases:7}{took_ms:9.1f} ms" for name, (phrases, took_ms) in total.items()]
    whole = f"{'all':22}{sum(p for p, _ in total.values()):7}{sum(ms for _, ms in total.values()):9.1f} ms"
    sys.stdout.write("\n".join([*lines, whole]) + "\n")


if __name__ == "__main__":
    main()
