"""What happens to a clean query on its way through a patient's fingers, class by class; every operator is seeded.

An operator takes the pieces of a query and gives them back with other texts, or None when it cannot act on them.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

from ranking.evaluation import inflecting, keyboards, romanising, shortening
from ranking.evaluation.inflecting import Case
from ranking.evaluation.russian import in_russian
from ranking.evaluation.slips import LEAST_LETTERS, edits, slip
from ranking.evaluation.truth import NAMES, PLACES, Piece, PieceKind

_OLD_NAMES = Path(__file__).parent / "data" / "old_names.toml"
# Two slips in a shorter word leave nothing to recognise it by.
LEAST_FOR_TWO = 7
_TRIES = 20
_SLIPPING = NAMES | {PieceKind.SPECIALITY, PieceKind.SETTLEMENT}

Pieces = list[Piece]
Operator = Callable[[Pieces, Random], Pieces | None]


@lru_cache(maxsize=1)
def old_names() -> Mapping[str, list[str]]:
    """Former names by present official name."""
    with _OLD_NAMES.open("rb") as file:
        return dict(tomllib.load(file))


def clean(pieces: Pieces, _: Random) -> Pieces | None:
    """As it is."""
    return pieces


def apostrophe(pieces: Pieces, rng: Random) -> Pieces | None:
    """Apostrophes in one other form, or none."""
    if not any(keyboards.has_apostrophe(piece.text) for piece in pieces):
        return None
    seed = rng.random()
    return _each(pieces, lambda piece: keyboards.with_other_apostrophes(piece.text, Random(seed)))


def layout(pieces: Pieces, rng: Random) -> Pieces | None:
    """Typed under another layout, all of it or one word; some with Latin lookalikes instead."""
    how = rng.choices(
        ("uk on en", "uk on ru", "ru on en", "ru on uk", "latin on uk", "lookalikes"), (45, 20, 15, 6, 4, 10)
    )[0]
    if how == "lookalikes":
        return _each(pieces, lambda piece: keyboards.with_lookalikes(piece.text, rng))
    meant, active = how.split(" on ")
    if meant == "ru":
        pieces = _each(pieces, in_russian)
    elif meant == "latin":
        meant = "en"
        pieces = _each(pieces, lambda piece: romanising.by_table(piece.text, Random(0)))
    one = rng.randrange(len(pieces)) if len(pieces) > 1 and rng.random() < 0.3 else None
    if one is not None and meant != "uk":
        one = None
    return [
        replace(piece, text=keyboards.retyped(piece.text, meant, active)) if one in (None, at) else piece
        for at, piece in enumerate(pieces)
    ]


def romanised(pieces: Pieces, rng: Random) -> Pieces | None:
    """In Latin letters: by a table, by habit, or from the Russian spelling."""
    how = rng.choices(("table", "habit", "russian"), (50, 35, 15))[0]
    if how == "russian":
        pieces = _each(pieces, in_russian)
    act = {"table": romanising.by_table, "habit": romanising.by_habit, "russian": romanising.by_russian_table}[how]
    # One way of spelling holds for the whole query.
    seed = rng.random()
    return _each(pieces, lambda piece: act(piece.text, Random(seed)))


def russian(pieces: Pieces, rng: Random) -> Pieces | None:
    """In Russian; now and then only a part of it."""
    if len(pieces) > 1 and rng.random() < 0.2:
        at = rng.randrange(len(pieces))
        return [replace(piece, text=in_russian(piece)) if by == at else piece for by, piece in enumerate(pieces)]
    return _each(pieces, in_russian)


def inflected(pieces: Pieces, rng: Random) -> Pieces | None:
    """As part of a sentence: «до педіатра Коваленко в Полтаві»."""
    head, case = rng.choice(
        (
            ("до", Case.GENITIVE), ("запис до", Case.GENITIVE), ("прийом", Case.GENITIVE), ("шукаю", Case.ACCUSATIVE),
            ("записатися до", Case.GENITIVE), ("потрібен прийом у", Case.GENITIVE), ("декларація з", Case.INSTRUMENTAL),
            ("подзвонити", Case.DATIVE), ("відгуки про", Case.ACCUSATIVE), ("на прийомі у", Case.GENITIVE),
            ("", Case.GENITIVE),
        )
    )  # fmt: skip
    who: Pieces = []
    where: Pieces = []
    for piece in pieces:
        found = _in_case(piece, case)
        if found is None:
            return None
        (where if piece.kind in PLACES else who).append(replace(piece, text=found))
    if where and len(where) > 1 and where[0].kind is not PieceKind.SETTLEMENT:
        return None
    said = [Piece(PieceKind.WORD, head)] if head and who else []
    return [*said, *who, *where]


def one_slip(pieces: Pieces, rng: Random) -> Pieces | None:
    """One slip in one word that can bear it."""
    return _slipped(pieces, rng, LEAST_LETTERS + 1)


def two_slips(pieces: Pieces, rng: Random) -> Pieces | None:
    """Two slips in one word, or one in each of two."""
    if rng.random() < 0.5:
        once = _slipped(pieces, rng, LEAST_LETTERS + 1)
        changed = {at for at, piece in enumerate(pieces) if once and once[at] != piece}
        return _slipped(once, rng, LEAST_LETTERS + 1, barred=changed) if once else None
    return _slipped(pieces, rng, LEAST_FOR_TWO, times=2)


def initials(pieces: Pieces, rng: Random) -> Pieces | None:
    """Given name and patronymic shortened to initials, in any order and punctuation."""
    by_kind = {piece.kind: piece for piece in pieces}
    surname, given = by_kind.get(PieceKind.SURNAME), by_kind.get(PieceKind.GIVEN)
    if surname is None or given is None:
        return None
    patronymic = by_kind.get(PieceKind.PATRONYMIC)
    text = shortening.with_initials(surname.text, given.text, patronymic.text if patronymic else None, rng)
    rest = [piece for piece in pieces if piece.kind not in (PieceKind.GIVEN, PieceKind.PATRONYMIC)]
    return [replace(piece, text=text) if piece.kind is PieceKind.SURNAME else piece for piece in rest]


def renamed(pieces: Pieces, rng: Random) -> Pieces | None:
    """The settlement by a former name."""
    return _once(pieces, lambda piece: rng.choice(old_names()[piece.text]) if _was_renamed(piece) else None)


def abbreviated(pieces: Pieces, rng: Random) -> Pieces | None:
    """Specialities, places and facilities shortened as people do; at least one of them."""
    done = [_short(piece, rng) for piece in pieces]
    if all(text is None for text in done):
        return None
    keep = rng.random() < 0.3
    first = next(at for at, text in enumerate(done) if text is not None)
    return [
        piece if text is None or (keep and at != first) else replace(piece, text=text)
        for at, (piece, text) in enumerate(zip(pieces, done, strict=True))
    ]


def mixed(pieces: Pieces, rng: Random) -> Pieces | None:
    """Two or three of the others, in the order in which they happen to people."""
    wording = rng.choice((None, None, inflected, russian, initials, abbreviated))
    fingers = rng.choice((one_slip, one_slip, apostrophe, None))
    script = rng.choice((None, romanised, layout, _lower, _lookalikes))
    chain = [operator for operator in (wording, fingers, script) if operator is not None]
    if len(chain) < 2:
        return None
    found: Pieces | None = pieces
    for operator in chain:
        before = text_of(found or [])
        found = operator(found, rng) if found else None
        if found is None or (operator is not _lower and text_of(found) == before):
            return None
    return found


OPERATORS: Mapping[str, Operator] = {
    "clean": clean,
    "apostrophe": apostrophe,
    "layout": layout,
    "romanised": romanised,
    "russian": russian,
    "inflected": inflected,
    "one_slip": one_slip,
    "two_slips": two_slips,
    "initials": initials,
    "old_names": renamed,
    "abbreviations": abbreviated,
    "mixed": mixed,
}
CLASSES = (*OPERATORS, "nonsense")


def text_of(pieces: Pieces) -> str:
    """The query as typed."""
    return " ".join(piece.text for piece in pieces if piece.text)


def _each(pieces: Pieces, act: Callable[[Piece], str]) -> Pieces:
    return [replace(piece, text=act(piece)) for piece in pieces]


def _once(pieces: Pieces, act: Callable[[Piece], str | None]) -> Pieces | None:
    texts = [act(piece) for piece in pieces]
    if all(text is None for text in texts):
        return None
    return [piece if text is None else replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True)]


def _slipped(
    pieces: Pieces, rng: Random, least: int, *, times: int = 1, barred: set[int] | None = None
) -> Pieces | None:
    spots = [
        (at, word)
        for at, piece in enumerate(pieces)
        if piece.kind in _SLIPPING and at not in (barred or ())
        for word in range(len(piece.text.split(" ")))
        # A slip in «м.» or «с.» would be another kind of place.
        if len(piece.text.split(" ")[word]) >= least and "." not in piece.text.split(" ")[word]
    ]
    if not spots:
        return None
    at, number = rng.choice(spots)
    words = pieces[at].text.split(" ")
    meant = words[number]
    for _ in range(_TRIES):
        for _ in range(times):
            words[number] = slip(words[number], rng)
        # A second slip may undo the first, or fall on the same letters.
        if edits(meant, words[number]) == times:
            break
        words[number] = meant
    return [replace(piece, text=" ".join(words)) if by == at else piece for by, piece in enumerate(pieces)]


def _in_case(piece: Piece, case: Case) -> str | None:
    gender = piece.gender or "FEMALE"
    if piece.kind is PieceKind.SURNAME:
        return inflecting.surname_in(case, piece.text, gender)
    if piece.kind is PieceKind.GIVEN:
        return inflecting.given_in(case, piece.text, gender)
    if piece.kind is PieceKind.PATRONYMIC:
        return inflecting.patronymic_in(case, piece.text)
    if piece.kind is PieceKind.SPECIALITY:
        return inflecting.speciality_in(case, piece.text)
    if piece.kind is PieceKind.SETTLEMENT:
        form = inflecting.place_in(Case.LOCATIVE, piece.text)
        if form is None:
            return None
        return f"{'у' if form[0].lower() not in 'аеєиіїоуюяв' else 'в'} {form}"
    if piece.kind in (PieceKind.OBLAST, PieceKind.RAION, PieceKind.DISTRICT):
        return inflecting.area_of(piece.text)
    if piece.kind is PieceKind.WORD:
        return piece.text
    if piece.kind is PieceKind.FACILITY and piece.text.startswith(("поліклініка", "амбулаторія")):
        return piece.text.replace("поліклініка", "поліклініки").replace("амбулаторія", "амбулаторії")
    return None


def _short(piece: Piece, rng: Random) -> str | None:
    if piece.kind is PieceKind.SPECIALITY:
        return shortening.shorter(piece.code or "", "specialities", rng)
    if piece.kind is PieceKind.SETTLEMENT:
        return shortening.shorter(piece.text, "places", rng)
    if piece.kind is PieceKind.OBLAST:
        return piece.text.replace("область", rng.choice(("обл.", "обл")))
    if piece.kind in (PieceKind.RAION, PieceKind.DISTRICT):
        return piece.text.replace("район", rng.choice(("р-н", "р-н.")))
    if piece.kind is PieceKind.FACILITY and " " in piece.text and not piece.text.startswith("АЗПСМ"):
        short = shortening.shorter(piece.code or "", "facilities", rng)
        return None if short is None else f"{short} {piece.text.split(' ', 1)[1]}"
    return None


def _was_renamed(piece: Piece) -> bool:
    return piece.kind is PieceKind.SETTLEMENT and piece.text in old_names()


def _lower(pieces: Pieces, rng: Random) -> Pieces | None:
    return _each(pieces, lambda piece: piece.text.upper() if rng.random() < 0.5 else piece.text.lower())


def _lookalikes(pieces: Pieces, rng: Random) -> Pieces | None:
    return _each(pieces, lambda piece: keyboards.with_lookalikes(piece.text, rng))
