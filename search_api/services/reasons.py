"""A hit's score as parts that add up to it, each with its reason in words."""

from collections.abc import Mapping
from typing import Any

from ranking import SIGNALS, SearchIntent, explain, load_weights
from ranking.query.name_gate import GATE, Grade
from search_api.language import Language
from search_api.texts import reason_text

_DIGITS = 6
_SIGNALS = {signal.name: signal for signal in SIGNALS}


def take_score_apart(hit: Mapping[str, Any], intent: SearchIntent, language: Language) -> dict[str, Any]:
    """See `Score`. The points add up to the total within 32-bit rounding."""
    document = hit["_source"]
    parts = []
    for part in explain(hit.get("matched_queries") or {}, load_weights()):
        if part.signal == GATE:
            reason: str | None = reason_text("name_exact" if part.points >= Grade.EXACT else "name_sound", language)
        else:
            said = _SIGNALS[part.signal].reason(document, intent)
            reason = said.text(language) if said else None
        parts.append(
            {
                "name": part.signal,
                "value": round(part.value, _DIGITS),
                "weight": part.weight,
                "points": round(part.points, _DIGITS),
                "reason": reason,
            }
        )
    return {"total": round(hit["_score"] or 0.0, _DIGITS), "parts": parts}
