"""The known-item set: doctors drawn from the index, asked for cleanly, then spoilt class by class. Seeded by half.

A query that its corruption turned into another sensible one is left out and counted: a person could not tell either.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

from directory.specialities import specialities
from directory.text import normalise
from ranking.evaluation.corruptions import CLASSES, OPERATORS, Pieces, old_names, text_of
from ranking.evaluation.doctors import Doctor, Doctors, is_busy
from ranking.evaluation.nonsense import nonsense
from ranking.evaluation.rendering import Renderer, named_facility, plain_name
from ranking.evaluation.shortening import abbreviations
from ranking.evaluation.slips import edits
from ranking.evaluation.truth import KnownItem, PieceKind, TrueIntent

HALVES = ("development", "test")
PER_CLASS = 150
_SEEDS = {"development": 20_260_302, "test": 77_003_911}
_RURAL_SHARE = 0.3
_BUSY_SHARE = 0.1
_LONGEST = 200
_TRIES = 1_000
_SLIPS = frozenset({"one_slip", "two_slips"})

_NAMES = {"surname": 2, "surname given": 3, "full name": 3, "speciality surname": 2, "surname given settlement": 1}
_PLACED = {"speciality surname settlement": 3, "surname settlement": 2, "surname given settlement": 1}
_PLACES = {
    "speciality settlement": 5,
    "speciality settlement district": 1,
    "facility settlement": 2,
    "speciality near": 2,
}
_ALL = {**_NAMES, **_PLACED, **_PLACES}
_FORMS = {
    **dict.fromkeys(OPERATORS, _ALL),
    "initials": {"full name": 6, "surname given": 2, "surname given settlement": 2},
    "old_names": {**_PLACED, "speciality settlement": 6, "facility settlement": 2},
    "abbreviations": {"speciality settlement": 6, "speciality surname": 2, **_PLACED, **_PLACES},
}


# What doctors must have to be asked for so; the class decides before the form.
_TRAITS = {
    "apostrophe": "apostrophe",
    "old_names": "old_names",
    "abbreviations": "abbreviations",
    "speciality settlement district": "district",
    "facility settlement": "facility",
}


@dataclass(frozen=True, slots=True)
class KnownItems:
    """The queries, and how many were left out for which reason."""

    items: tuple[KnownItem, ...]
    dropped: Counter[str] = field(default_factory=Counter)


def make_known_items(
    doctors: Doctors,
    renderer: Renderer,
    *,
    halves: Iterable[str] = HALVES,
    classes: Iterable[str] = CLASSES,
    per_class: int = PER_CLASS,
) -> KnownItems:
    """`per_class` queries for each class and half, the same for the same doctors; ValueError when they give too few."""
    maker = _Maker(doctors, renderer)
    items = [item for half in halves for name in classes for item in maker.make(name, half, per_class)]
    return KnownItems(tuple(items), maker.dropped)


class _Maker:
    def __init__(self, doctors: Doctors, renderer: Renderer) -> None:
        self._renderer = renderer
        self.dropped: Counter[str] = Counter()
        self._surnames = doctors.surnames
        self._given = frozenset(doctor.given for doctor in doctors.all)
        self._specialities = frozenset(normalise(known.uk) for known in specialities().values())
        self._all = doctors.all
        self._rural = [doctor for doctor in doctors.all if _is_rural(renderer, doctor)]
        busy = {
            code for code in {each.settlement for each in doctors.all} if code and is_busy(doctors.within_area(code))
        }
        self._busy = [doctor for doctor in doctors.all if doctor.settlement in busy and doctor.primary_care]
        self._by_trait: dict[str, list[Doctor]] = {}

    def make(self, name: str, half: str, count: int) -> Iterable[KnownItem]:
        rng = Random(f"known items/{name}/{half}/{_SEEDS[half]}")
        seen: set[str] = set()
        number = 0
        for _ in range(_TRIES * count):
            if number == count:
                return
            item = self._nonsense(rng) if name == "nonsense" else self._one(name, rng)
            if item is None or item.text in seen:
                continue
            seen.add(item.text)
            yield replace(item, name=name, half=half, number=number)
            number += 1
        if number < count:
            raise ValueError(f"these doctors do not give {count} queries of class {name}, only {number}")

    def _nonsense(self, rng: Random) -> KnownItem | None:
        text = nonsense(rng)
        known = any(normalise(word) in self._surnames for word in text.split())
        return None if known else KnownItem("nonsense", "", text, "", TrueIntent())

    def _one(self, name: str, rng: Random) -> KnownItem | None:
        forms = _FORMS[name]
        form = rng.choices(list(forms), list(forms.values()))[0]
        rendered = self._renderer.forms[form](self._draw(name, form, rng), rng)
        if rendered is None:
            return None
        pieces, truth = rendered
        if self._is_unclear(pieces):
            self.dropped["clean: two readings"] += 1
            return None
        if name == "old_names" and not self._is_the_renamed(pieces):
            return None
        spoilt = OPERATORS[name](pieces, rng)
        if spoilt is None:
            return None
        clean, text = text_of(pieces), text_of(spoilt)
        # Apostrophes and lookalikes are made equal by normalising: there the letters themselves must differ.
        same = text == clean if name in ("apostrophe", "layout", "mixed") else normalise(text) == normalise(clean)
        if same and name != "clean":
            return None
        reason = self._means_another(name, pieces, spoilt)
        if reason is not None:
            self.dropped[f"{name}: {reason}"] += 1
            return None
        # Initials without dots are told from words by their capitals.
        if "." in text or not _has_initials(spoilt, pieces):
            text = _cased(text, name, rng)
        if len(text) > _LONGEST:
            return None
        if _has_initials(spoilt, pieces):
            truth = _with_initials(truth)
        return KnownItem(name, "", text, clean, truth, (form,))

    def _draw(self, name: str, form: str, rng: Random) -> Doctor:
        share = rng.random()
        pool = self._rural if share < _RURAL_SHARE else self._busy if share < _RURAL_SHARE + _BUSY_SHARE else self._all
        trait = _TRAITS.get(name) or _TRAITS.get(form)
        if trait is not None:
            if trait not in self._by_trait:
                self._by_trait[trait] = [doctor for doctor in self._all if self._has_trait(trait, doctor)]
            pool = self._by_trait[trait]
        return rng.choice(pool or self._all)

    def _has_trait(self, trait: str, doctor: Doctor) -> bool:
        place = self._renderer.place(doctor.settlement)
        if trait == "district":
            return doctor.district is not None
        if trait == "facility":
            return doctor.primary_care and any(named_facility(text) for text in doctor.facilities)
        if trait == "apostrophe":
            names = (doctor.surname, doctor.given, doctor.patronymic, place.name if place else "")
            return any("'" in text for text in names)
        if place is None:
            return False
        known = old_names() if trait == "old_names" else abbreviations()["places"]
        return plain_name(place) in known

    def _is_the_renamed(self, pieces: Pieces) -> bool:
        """The former name is of the city of this name, not of its namesakes."""
        said = next((piece for piece in pieces if piece.kind is PieceKind.SETTLEMENT), None)
        place = self._renderer.place(said.code) if said else None
        if said is None or place is None or place.category not in "KM":
            return False
        cities = [other for other in self._renderer.namesakes(place.name) if other.category in "KM"]
        return len(cities) == 1

    def _is_unclear(self, pieces: Pieces) -> bool:
        """The clean query itself could be taken in two ways by anybody."""
        surname = next((piece for piece in pieces if piece.kind is PieceKind.SURNAME), None)
        settlement = next((piece for piece in pieces if piece.kind is PieceKind.SETTLEMENT), None)
        if settlement is not None and (
            normalise(settlement.text) in self._given or self._renderer.is_short_for_a_city(settlement.text)
        ):
            return True
        if surname is None:
            # «педіатр Шевченко» may be a village, but who would think of it.
            qualified = any(piece.kind in (PieceKind.OBLAST, PieceKind.RAION) for piece in pieces)
            return settlement is not None and not qualified and normalise(settlement.text) in self._surnames
        alone = len([piece for piece in pieces if piece.kind is not PieceKind.SPECIALITY]) == 1
        if alone and self._renderer.namesakes(surname.text):
            return True
        return normalise(surname.text) in self._given

    def _means_another(self, name: str, pieces: Pieces, spoilt: Pieces) -> str | None:
        """Why the spoilt query is another sensible one; None when it is not."""
        said = {piece.kind: piece for piece in pieces}
        for piece in spoilt:
            before = said.get(piece.kind)
            if before is None or piece.text == before.text:
                continue
            was, now = normalise(before.text), normalise(piece.text)
            if piece.kind is PieceKind.SURNAME:
                if now != was and now in self._surnames:
                    return "another surname"
                if name in _SLIPS and PieceKind.GIVEN not in said and self._is_nearer_to_another(was, now):
                    return "nearer to another surname"
                if name in _SLIPS and len(said) == 1 and self._is_as_near_to_a_place(was, now):
                    return "as near to a settlement"
            elif piece.kind is PieceKind.GIVEN and now != was and now in self._given:
                return "another given name"
            elif piece.kind is PieceKind.SETTLEMENT and now != was:
                if self._renderer.namesakes(piece.text):
                    return "another settlement"
                if name == "old_names" and now in self._given:
                    # «хірург Станіслав»: who would think of Івано-Франківськ before 1962.
                    return "a given name"
            elif piece.kind is PieceKind.SPECIALITY and now != was and now in self._specialities:
                return "another speciality"
        return None

    def _is_as_near_to_a_place(self, was: str, now: str) -> bool:
        mine = edits(was, now)
        return any(
            abs(len(name) - len(now)) <= mine and edits(name, now) <= mine for name in self._renderer.settlement_names
        )

    def _is_nearer_to_another(self, was: str, now: str) -> bool:
        mine = edits(was, now)
        return any(
            abs(len(other) - len(now)) < mine and other != was and edits(other, now) < mine for other in self._surnames
        )


def _is_rural(renderer: Renderer, doctor: Doctor) -> bool:
    place = renderer.place(doctor.settlement)
    return place is not None and place.category in "XC"


def _has_initials(spoilt: Pieces, pieces: Pieces) -> bool:
    return any(piece.kind is PieceKind.GIVEN for piece in pieces) and not any(
        piece.kind is PieceKind.GIVEN for piece in spoilt
    )


def _with_initials(truth: TrueIntent) -> TrueIntent:
    """What is truly asked for once names are shortened."""
    return replace(
        truth,
        given_initial=truth.given_name[0] if truth.given_name else None,
        patronymic_initial=truth.patronymic[0] if truth.patronymic else None,
        given_name=None,
        patronymic=None,
    )


def _cased(text: str, name: str, rng: Random) -> str:
    """People type in small letters, as it should be, or with the capitals on."""
    how = rng.random()
    if name == "layout":
        # What Shift gives under another layout is part of the slip.
        return text
    if how < 0.55:
        return text.lower()
    return text.upper() if how > 0.95 else text
