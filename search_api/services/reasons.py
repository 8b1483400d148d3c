"""A hit's score as parts that add up to it, each with its reason, and the line a patient reads first."""

from collections.abc import Mapping
from typing import Any

from ranking import SearchIntent, load_weights, tell
from search_api.language import Language

# The engine's scores are 32-bit floats: near 10 they and the sum of their parts differ by up to 5e-7. Seven digits keep
# the parts within 1e-6 of the score, and the scores in the engine's order.
_DIGITS = 7
_VALUE_DIGITS = 6


def take_score_apart(hit: Mapping[str, Any], intent: SearchIntent, language: Language) -> dict[str, Any]:
    """The fields `score`, `parts` and `headline` of a hit, see `Hit`; the points add up to the score to 1e-6."""
    told = tell(hit["_source"], intent, hit.get("matched_queries") or {}, load_weights())
    return {
        "score": round(hit["_score"] or 0.0, _DIGITS),
        "parts": [
            {
                "signal": each.part.signal,
                "value": round(each.part.value, _VALUE_DIGITS),
                "weight": each.part.weight,
                "points": round(each.part.points, _DIGITS),
                "reason": {"uk": each.reason.uk, "en": each.reason.en} if each.reason else None,
            }
            for each in told.parts
        ],
        "headline": told.headline.text(language),
    }
