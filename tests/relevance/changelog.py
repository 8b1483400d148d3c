"""The rule that a baseline moves only with a word to the readers of the changelog."""

import re
from datetime import date

_UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def mentions_relevance(changelog: str, day: date) -> bool:
    """Under Unreleased stands a line with «Relevance:» and this day (ISO)."""
    found = _UNRELEASED.search(changelog)
    return found is not None and any("Relevance:" in line and day.isoformat() in line for line in found[1].splitlines())
