"""A typed text as words, each chunk spelt the way that gives the most sense: as typed, on another layout, apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from directory.text import lookalikes_to_cyrillic, normalise, strip_invisible
from ranking.understanding.hearing import CUT_SHORT, RETYPED, UNKNOWN, cheapest, hear_plainly, is_latin
from ranking.understanding.keyboards import retype_latin, retype_mixed
from ranking.understanding.reading import Repaired, TakenAs
from ranking.understanding.vocabulary import Vocabulary

MAX_TEXT = 200
MAX_WORDS = 24

_APART = 0.5
_STRAY_LATIN = 1.2
_NAMES = frozenset({TakenAs.SURNAME, TakenAs.FACILITY_WORD, TakenAs.FILLER})
_CLEAR = 0.5
_EXISTS = 1.0
_SHORTEST_APART = 3
_NOT_A_CHOICE = 3
# Marks that stand alone only as letters of another layout: «'» is «є».
_LETTER_MARKS = frozenset("'[];")
_SEAM = re.compile(r"(?<=[а-яіїєґ]{2})(?=[А-ЯІЇЄҐ])")
_FOUR = re.compile(r"(?<=[A-Za-z'])4(?!\d)|(?<!\d)4(?=[A-Za-z])")
# Under this mean cost a spelling is understood, and no other is looked for.
_UNDERSTOOD = 0.35
_NOT_UNDERSTOOD = 1.8
_WORD = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
# «3-я», «2га», «5-ти»: the ending of a number is no word.
_NUMBER_ENDING = re.compile(
    r"(?<=\d)-?(?:ша|ше|шої|га|ге|гої|тя|тє|тьої|та|те|тої|ма|ме|мої|а|я|е|ї|ої|й|ий|ій|го|ого|му|ому|ти|ми|х|ая|ое|ой|ей|ю|у)"
    r"(?![^\W_])"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_UPPER = re.compile(r"[^\W\d_]{2,3}")
_DOTTED = re.compile(r"(?<![^\W_])([^\W\d_]+)\.", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Typed:
    """One word to be read: `text` normalised; `source` is what stood in the text.

    `dotted`: a dot stands behind it; `capital`: begins with one; `capitals`: two or three capitals in a text that is
    not all capitals. `repairs` were needed to get from `source` to `text`, at `cost`.
    """

    text: str
    source: str
    dotted: bool = False
    capital: bool = False
    capitals: bool = False
    repairs: tuple[Repaired, ...] = ()
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class _Spelling:
    words: tuple[str, ...]
    cost: float
    text: str
    repairs: tuple[Repaired, ...] = ()


def split(text: str, vocabulary: Vocabulary) -> tuple[list[Typed], bool]:
    """The words of a text in order, and whether it was cut: MAX_TEXT characters and MAX_WORDS words are read."""
    shouted = text.upper() == text
    plain = strip_invisible(text[:MAX_TEXT])
    # «педіатрКиїв»: a capital inside a word is a lost blank, in «лОР» it is not.
    # «So4ko»: a four among Latin letters is a «ч».
    chunks = _FOUR.sub("ch", _SEAM.sub(" ", plain)).split()
    latin = [_is_latin_chunk(chunk) for chunk in chunks]
    chosen: list[_Spelling | None] = []
    for chunk, retypable in zip(chunks, latin, strict=True):
        scrap = retypable and (_letters(chunk) < _NOT_A_CHOICE or _is_initials(chunk))
        chosen.append(None if scrap else _spelt(chunk, retypable, vocabulary))
    retyped = sum(1 for spelling in chosen if spelling and Repaired.LAYOUT in spelling.repairs)
    as_typed = sum(
        1 for spelling, retypable in zip(chosen, latin, strict=True) if retypable and spelling and not spelling.repairs
    )
    if retyped > as_typed:
        chosen = [
            _follow(chunk, spelling, vocabulary) if retypable else spelling
            for chunk, spelling, retypable in zip(chunks, chosen, latin, strict=True)
        ]
    found: list[Typed] = []
    for chunk, spelling in zip(chunks, chosen, strict=True):
        # A scrap alone says nothing of its layout: it follows the longer words.
        spelt = spelling or (_retyped_scrap(chunk) if retyped > as_typed else _as_typed(chunk))
        found += _typed(chunk, spelt, shouted=shouted)
    return found[:MAX_WORDS], len(text) > MAX_TEXT or len(found) > MAX_WORDS


def _typed(chunk: str, spelling: _Spelling, *, shouted: bool) -> Iterator[Typed]:
    text = normalise(spelling.text)
    dotted = set(_DOTTED.findall(text))
    if dotted and all(len(word) == 1 for word in spelling.words):
        # «о.в»: the last dot is often left out.
        dotted.update(spelling.words)
    one = len(spelling.words) == 1
    for word in spelling.words:
        yield Typed(
            word,
            normalise(chunk) if spelling.repairs else word,
            dotted=word in dotted,
            capital=not shouted and chunk[:1].isupper(),
            capitals=one and not shouted and bool(_UPPER.fullmatch(chunk.strip(".,"))) and chunk.upper() == chunk,
            repairs=spelling.repairs,
            cost=spelling.cost / len(spelling.words),
        )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, normalised; hyphens divide, clock times stay whole, numbers lose their endings («3-я»)."""
    return words_of_normal(normalise(text))


def words_of_normal(spelling: str) -> tuple[str, ...]:
    """The same of a text that is normalised already."""
    return tuple(_WORD.findall(_NUMBER_ENDING.sub("", spelling)))


def _as_typed(chunk: str) -> _Spelling:
    return _Spelling(words_of(chunk), 0.0, chunk)


def _spelt(chunk: str, retypable: bool, vocabulary: Vocabulary) -> _Spelling:
    """The likeliest spelling of one chunk: others than the typed one only where that one is not understood."""
    typed = _as_typed(chunk)
    best, doubt = typed, _doubt(typed, vocabulary)
    if doubt <= _UNDERSTOOD or (_CLOCK.fullmatch(chunk) and typed.words):
        return best
    retyped: list[_Spelling] = []
    if retypable:
        retyped = [
            _Spelling(words_of(retyped.text), RETYPED, retyped.text, (Repaired.LAYOUT,))
            for retyped in retype_latin(chunk)
        ]
    others = [
        *retyped,
        *(
            _Spelling(words_of(mended), RETYPED, mended, (repair,))
            for mended, repair in _mended(chunk)
            if mended != chunk
        ),
    ]
    others += [parted for one in (typed, *others) for parted in _apart(one, vocabulary)]
    for other in others:
        other_doubt = _doubt(other, vocabulary) + other.cost
        if other.words and other_doubt < doubt:
            best, doubt = other, other_doubt
    if doubt >= _NOT_UNDERSTOOD and retypable:
        return _likelier_layout(typed, retyped, vocabulary)
    return best


def _mended(chunk: str) -> Iterator[tuple[str, Repaired]]:
    """A chunk of Latin letters that all look Cyrillic, and one whose layout was switched on the way («Pf[арченко»)."""
    letters = [letter for letter in chunk if letter.isalpha()]
    latin = [letter for letter in letters if letter.isascii()]
    if len(latin) == len(letters) > 2:
        mended = lookalikes_to_cyrillic(chunk)
        if not any(letter.isascii() and letter.isalpha() for letter in mended):
            yield mended, Repaired.SCRIPT
    elif latin:
        yield retype_mixed(chunk), Repaired.LAYOUT


def _likelier_layout(typed: _Spelling, retyped: Sequence[_Spelling], vocabulary: Vocabulary) -> _Spelling:
    """Of spellings nobody knows, the one that a word within a few slips is nearest to."""
    from ranking.understanding.hearing import hear_with_slips

    best, doubt = typed, fmean([cheapest(hear_with_slips(word, vocabulary)) for word in typed.words] or [UNKNOWN])
    for other in retyped:
        if not other.words:
            continue
        found = fmean(cheapest(hear_with_slips(word, vocabulary)) for word in other.words) + other.cost
        if found < doubt:
            best, doubt = other, found
    return best


def _doubt(spelling: _Spelling, vocabulary: Vocabulary) -> float:
    """The mean cost of the words as they stand; words without a meaning of their own cost half of an unknown one."""
    costs = []
    for word in spelling.words:
        if word[0].isdigit() or len(word) == 1:
            # A Latin letter before a comma or a quote may be the beginning of a word typed on another layout.
            costs.append(_STRAY_LATIN if word.isascii() and word.isalpha() and len(spelling.words) > 1 else 0.0)
            continue
        if f"{word}." in spelling.text.casefold() and vocabulary.begun_by(word):
            costs.append(CUT_SHORT)
            continue
        heard = hear_plainly(word, vocabulary)
        known = [one for one in heard if vocabulary.meanings(one.word)]
        if known:
            costs.append(cheapest(known))
        elif vocabulary.exists(word):
            costs.append(_EXISTS)
        else:
            costs.append(cheapest(heard) + UNKNOWN / 2 if heard else UNKNOWN)
    return fmean(costs) if costs else UNKNOWN


def _apart(spelling: _Spelling, vocabulary: Vocabulary) -> Iterator[_Spelling]:
    """«педіатркиїв»: one chunk as two words that are both known."""
    if len(spelling.words) != 1:
        return
    word = spelling.words[0]
    for at in range(_SHORTEST_APART, len(word) - _SHORTEST_APART + 1):
        left, right = word[:at], word[at:]
        if (
            left in vocabulary
            and right in vocabulary
            and (_are_apart(left, right, vocabulary) or vocabulary.meanings(f"{left} {right}"))
        ):
            yield _Spelling((left, right), spelling.cost + _APART, spelling.text, (*spelling.repairs, Repaired.SPACING))


def _are_apart(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Both mean something, and not two names each: every longer surname would fall into two short ones."""
    meant = [vocabulary.meanings(word) for word in (left, right)]
    if not all(meant):
        return False
    return any(meaning.taken_as not in _NAMES for meanings in meant for meaning in meanings if meaning.doubt < _CLEAR)


def _follow(chunk: str, spelling: _Spelling | None, vocabulary: Vocabulary) -> _Spelling | None:
    """Among words of another layout a word that only sounds like something is rather a word of that layout too."""
    if spelling is None or Repaired.LAYOUT in spelling.repairs or all(word in vocabulary for word in spelling.words):
        return spelling
    for retyped in retype_latin(chunk):
        words = words_of(retyped.text)
        if words and all(word in vocabulary for word in words):
            return _Spelling(words, RETYPED, retyped.text, (Repaired.LAYOUT,))
    return spelling


def _is_initials(chunk: str) -> bool:
    """«Y.F.»: single letters with dots say nothing of their layout."""
    words = words_of(chunk)
    return bool(words) and all(len(word) == 1 for word in words)


def _retyped_scrap(chunk: str) -> _Spelling:
    if _is_initials(chunk) and "." in chunk:
        # The dots are dots here, not the letter that shares their key.
        text = ".".join(retype_latin(letter)[0].text for letter in words_of(chunk)) + "."
        return _Spelling(words_of(text), RETYPED, text, (Repaired.LAYOUT,))
    retyped = retype_latin(chunk)
    return (
        _Spelling(words_of(retyped[0].text), RETYPED, retyped[0].text, (Repaired.LAYOUT,))
        if retyped
        else _as_typed(chunk)
    )


def _is_latin_chunk(chunk: str) -> bool:
    """Latin letters or the marks that are letters on other layouts, no Cyrillic and no digits."""
    return (is_latin(chunk) or chunk in _LETTER_MARKS) and not any(letter.isdigit() for letter in chunk)


def _letters(chunk: str) -> int:
    return sum(1 for letter in chunk if letter.isalpha() or letter in "[];',.`{}:\"<>~")
