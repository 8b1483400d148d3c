"""Text to intent: specialities, places, names, facilities; what is not understood is kept and said."""

from ranking.understanding.lexicons import Lexicons, NameLexicon, Places, WordLexicon
from ranking.understanding.reading import Alternative, TakenAs, Token, Understanding
from ranking.understanding.understand import understand

__all__ = [
    "Alternative",
    "Lexicons",
    "NameLexicon",
    "Places",
    "TakenAs",
    "Token",
    "Understanding",
    "WordLexicon",
    "understand",
]
