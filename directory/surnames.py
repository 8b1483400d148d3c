"""Surnames that exist though nobody in the directory bears them: so that a rare name is never taken for a misspelt one.

`build_surnames` writes the file once from the lexicon of names-translator; serving reads the file alone.
"""

import gzip
from pathlib import Path

from directory.text import normalise


class SurnamesUnreadable(Exception):
    """The file is missing or damaged; the message says what to do."""


def build_surnames(path: Path) -> int:
    """Writes the file in one step, the same bytes every time for the same package version; the number of surnames."""
    from names_translator.dicts import NameDicts

    surnames = sorted({normalise(surname) for surname in NameDicts().as_dict("last")} - {""})
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_name(path.name + ".part")
    half_written.write_bytes(gzip.compress("\n".join(surnames).encode(), compresslevel=9, mtime=0))
    half_written.replace(path)
    return len(surnames)


def load_surnames(path: Path) -> frozenset[str]:
    """The surnames of the file, normalised; raises SurnamesUnreadable."""
    try:
        return frozenset(gzip.decompress(path.read_bytes()).decode().split("\n"))
    except FileNotFoundError as error:
        raise SurnamesUnreadable(
            f"{path} does not exist: run «likar up», or «likar index build», which make it"
        ) from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SurnamesUnreadable(f"{path} is damaged: delete it, and it is made anew") from error
