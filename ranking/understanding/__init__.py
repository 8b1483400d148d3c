"""Text to intent: specialities, places, names, facilities, wishes; what is not understood is kept and said."""

from ranking.understanding.lexicons import Bearer, Lexicons, NameLexicon, Places, WordLexicon
from ranking.understanding.reading import (
    Alternative,
    Reading,
    Repair,
    Repaired,
    SaidFacility,
    SaidName,
    SaidWishes,
    TakenAs,
    Token,
    Understanding,
)
from ranking.understanding.understand import understand

__all__ = [
    "Alternative",
    "Bearer",
    "Lexicons",
    "NameLexicon",
    "Places",
    "Reading",
    "Repair",
    "Repaired",
    "SaidFacility",
    "SaidName",
    "SaidWishes",
    "TakenAs",
    "Token",
    "Understanding",
    "WordLexicon",
    "understand",
]
