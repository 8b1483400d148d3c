"""Names that no lexicon holds: initials, surnames that nobody in the index bears, words shaped like names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from directory.declension import nominative_candidates
from ranking.understanding.candidates import HOW_DOUBT, PLACES, Candidate, Gathered
from ranking.understanding.hearing import Match, is_latin
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.reading import TakenAs
from ranking.understanding.typed import Typed
from ranking.understanding.vocabulary import How

_INITIAL_DOTTED, _INITIAL_PLAIN, _INITIALS_TOGETHER = 0.1, 0.7, 0.6
_SMALL_INITIAL, _CAPITAL_MARKER, _CAPITAL_FILLER = 0.15, 0.6, 1.2
_TWO_LETTER_INITIALS = {
    "yu": "ю", "ya": "я", "ye": "є", "yi": "ї", "ju": "ю", "ja": "я", "je": "є", "iu": "ю", "ia": "я", "ie": "є",
    "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш",
}  # fmt: skip
_KNOWN_ALIKE, _COMMON_ALIKE = 0.55, 0.85
_KNOWN_SURNAME, _KNOWN_IN_RUSSIAN, _LOOKS_LIKE_SURNAME, _LOOKS_LIKE_PATRONYMIC = 1.25, 1.0, 2.4, 1.3
_KNOWN_PLACE = 0.7

_PATRONYMIC = re.compile(r".{2,}(?:[оеєь]?вич(?:а|у|ем|еві|і|ові)?|[оеєії]вн(?:а|и|і|у|ою|ой|е))")
_RUSSIAN_SPELLING = re.compile(r"[еи]ц$|[сц]к(?:ий|ая|ого|ой)$|[ыэъё]|ая$|ой$|ье|рь$|[аеиоуьбвгджзклмнпрст]й?ева?$")
# What Ukrainian writes for Russian letters in surnames, the likelier first; the longest piece is taken.
_RUSSIAN_PIECES = {
    **{f"{hard}ье": (f"{hard}'є",) for hard in "рбпвмф"}, "ье": ("ьє", "'є"), "льё": ("льо",), "ьё": ("йо", "ьо"),
    "ёв": ("ьов", "йов", "ов"), "ё": ("е", "ьо", "йо", "о"), "ы": ("и",), "э": ("е",), "ъ": ("'",), "рь": ("р", "рь"),
    "е": ("е", "є"), "и": ("и", "і"), "еев": ("єєв", "еєв"), "ев": ("ев", "ьов", "єв", "йов", "ов"),
}  # fmt: skip
_RUSSIAN_PIECE = re.compile("|".join(sorted(_RUSSIAN_PIECES, key=len, reverse=True)))
_MOST_SPELLINGS = 256
_SURNAME = re.compile(
    r".{2,}(?:енк[оау]|ко|ук|юк|чук|[сцз]ьк(?:ий|а|ого|ому|им|ої|ій|у|ою)|[ії]в|[оеє]в|[оеє]ва|ець|ак|як|ик|ич|ій|ишин|ло|[ії]н|[ії]на|"
    r"швілі|дзе|ян|оглу|ба|ра|да|га)"
)


def add_initials(gathered: Gathered, typed: Sequence[Typed], start: int) -> None:
    word = typed[start]
    if word.text in _TWO_LETTER_INITIALS and (word.dotted or word.capital):
        letter = _TWO_LETTER_INITIALS[word.text]
        gathered[1, TakenAs.INITIAL].append(Candidate((letter,), _INITIAL_DOTTED, How.LEMMA, Match.EXACT, word.text))
    elif len(word.text) == 1 and word.text.isalpha():
        cost = _INITIAL_DOTTED if word.dotted else _INITIAL_PLAIN
        if word.dotted and not word.capital:
            cost += _SMALL_INITIAL
        gathered[1, TakenAs.INITIAL].append(Candidate((word.text,), cost, How.LEMMA, Match.EXACT, word.text))
        if word.dotted and word.capital and (found := gathered.get((1, TakenAs.PLACE_MARKER))):
            # «С. Руденко» is rather a name, «с. Руденко» a village.
            found[:] = [replace(one, cost=one.cost + _CAPITAL_MARKER) for one in found]
    elif (
        len(word.text) == 2 and word.text.isalpha() and (word.capitals or not gathered or start in (0, len(typed) - 1))
    ):
        cost = _INITIALS_TOGETHER if word.capitals else _INITIAL_PLAIN + _INITIALS_TOGETHER
        gathered[1, TakenAs.INITIAL].append(Candidate(tuple(word.text), cost, How.LEMMA, Match.EXACT, word.text))
        if word.capitals and (found := gathered.get((1, TakenAs.FILLER))):
            found[:] = [replace(one, cost=one.cost + _CAPITAL_FILLER) for one in found]


def add_unknown_names(gathered: Gathered, word: Typed, lexicons: Lexicons) -> None:
    """Names that nobody in the index bears: a surname that exists, or a word shaped like one; a patronymic."""
    text = word.text
    if len(text) < 3 or not text.replace("'", "").isalpha() or is_latin(text):
        return
    known = {
        candidate.value: candidate
        for candidate in gathered.get((1, TakenAs.SURNAME), ())
        if candidate.match < Match.SLIP
    }
    bare = _bare(text)
    only_apart = any(_bare(str(lemma)) == bare and len(str(lemma)) > len(text) for lemma in known)
    if (
        known
        # «Шульги» is Шульга in the genitive, though a surname Шульги exists as well: only the same sound yields.
        and all(one.match is Match.SOUND and one.cost > _COMMON_ALIKE for one in known.values())
        and not only_apart
        and text in lexicons.known_surnames
        and not _RUSSIAN_SPELLING.search(text)
    ):
        # A surname that exists stays itself, though only others of its sound are in the index.
        gathered[1, TakenAs.SURNAME].append(
            Candidate(text, _KNOWN_ALIKE + word.cost, How.LEMMA, Match.EXACT, text, word.repairs)
        )
    if not known and (ukrainian := _ukrainian_spelling(text, lexicons)):
        cost = _KNOWN_IN_RUSSIAN + word.cost
        gathered[1, TakenAs.SURNAME].append(Candidate(ukrainian, cost, How.RUSSIAN, Match.EXACT, text, word.repairs))
    elif not known:
        for lemma in dict.fromkeys((text, *nominative_candidates(text, "surname"))):
            if lemma in lexicons.known_surnames:
                how = How.LEMMA if lemma == text else How.FORM
                cost = _KNOWN_SURNAME + HOW_DOUBT[how] + word.cost
                gathered[1, TakenAs.SURNAME].append(Candidate(lemma, cost, how, Match.EXACT, text, word.repairs))
        if (1, TakenAs.SURNAME) not in gathered and _SURNAME.fullmatch(text) and not _is_known_place(gathered):
            lemma = next(iter(nominative_candidates(text, "surname")), text)
            cost = _LOOKS_LIKE_SURNAME + word.cost
            gathered[1, TakenAs.SURNAME].append(Candidate(lemma, cost, How.FORM, Match.EXACT, text, word.repairs))
    if not known and (1, TakenAs.PATRONYMIC) not in gathered and len(text) > 5 and _PATRONYMIC.fullmatch(text):
        lemma = next(iter(nominative_candidates(text, "patronymic")), text)
        cost = _LOOKS_LIKE_PATRONYMIC + word.cost + (_KNOWN_SURNAME if text in lexicons.known_surnames else 0.0)
        gathered[1, TakenAs.PATRONYMIC].append(Candidate(lemma, cost, How.FORM, Match.EXACT, text, word.repairs))


def _ukrainian_spelling(text: str, lexicons: Lexicons) -> str | None:
    """A surname spelt in Russian as Ukrainian spells it, if such a one exists: «Соловьёва» is Соловйова."""
    if not _RUSSIAN_SPELLING.search(text):
        return None
    pieces: list[tuple[str, ...]] = []
    end = 0
    for found in _RUSSIAN_PIECE.finditer(text):
        pieces += [(text[end : found.start()],), _RUSSIAN_PIECES[found[0]]]
        end = found.end()
    spellings = map("".join, islice(product(*pieces, (text[end:],)), _MOST_SPELLINGS))
    return next((one for one in spellings if one != text and one in lexicons.known_surnames), None)


def _bare(name: str) -> str:
    """Without the signs that people leave out."""
    return name.replace("'", "").replace("ь", "")


def _is_known_place(gathered: Mapping[tuple[int, TakenAs], Sequence[Candidate]]) -> bool:
    """«Київ», «Шевченківський»: spelt like a place that many know, so no surname for its ending alone."""
    return any(
        candidate.match is Match.EXACT and candidate.cost < _KNOWN_PLACE
        for taken_as in PLACES
        for candidate in gathered.get((1, taken_as), ())
    )
