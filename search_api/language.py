"""Which of the two languages a caller reads."""

from typing import Literal

Language = Literal["uk", "en"]
LANGUAGES: tuple[Language, ...] = ("uk", "en")
DEFAULT_LANGUAGE: Language = "uk"
_MOST_RANGES = 20


def choose_language(accept_language: str | None) -> Language:
    """«uk» or «en» by the weights of an Accept-Language header (RFC 9110 §12.5.4); Ukrainian when it says neither."""
    best: Language = DEFAULT_LANGUAGE
    best_weight = 0.0
    for item in (accept_language or "").split(",")[:_MOST_RANGES]:
        tag, _, rest = item.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weight = _weight(rest)
        if primary in ("uk", "en") and weight > best_weight:
            best, best_weight = ("uk" if primary == "uk" else "en"), weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
