"""Other ways to ask the same: fields or words of a search that could be sent otherwise, for one doctor's sake."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from directory.places import Gazetteer
from directory.specialities import speciality_label
from ranking import FacilityWords, Kind, NameWords, SearchIntent, TakenAs
from ranking.documents import Document, distance_from, field_of, point_of
from ranking.query.name_gate import name_grade
from ranking.whynot import Change, change_kinds
from search_api.errors import ApiError
from search_api.language import LANGUAGES
from search_api.requests import MAX_RADIUS_KM, MAX_TEXT, ExplainRequest, SearchRequest
from search_api.services.wanted import ReadRequest

# A wish takes a word or two of the text («є місця», «без договору не треба» is no wish); longer runs are not tried.
_MOST_WORDS = 3
# Enough for a text of seventeen words; each is one reading of the text.
_MOST_SHORTER = 48
_OF_THE_PATIENT = ("q", "near", "age", "birth_date", "employee_id")
_SAYS_NOTHING = (TakenAs.FILLER, TakenAs.NOT_UNDERSTOOD)
_OPEN_STATES = ("free", "nearly_full")


class Edits:
    """Makes changed searches and reads them; each reading is kept, because pairs of changes read the same again."""

    def __init__(self, request: ExplainRequest, read: Callable[[SearchRequest], ReadRequest]) -> None:
        self.request = request
        self._read = read
        self._known: dict[str, ReadRequest | None] = {}

    def search(self, query: Mapping[str, Any]) -> SearchRequest:
        """The search with these fields changed; None leaves a field out."""
        return self.request.as_search(
            **{name: _default(name) if value is None else value for name, value in query.items()}
        )

    def read(self, query: Mapping[str, Any]) -> ReadRequest | None:
        """How the changed search is read; None where it is no search any more, as for want of a place."""
        search = self.search(query)
        key = search.model_dump_json()
        if key not in self._known:
            try:
                self._known[key] = self._read(search)
            except ApiError:
                self._known[key] = None
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Something a search may ask for that it could let go. `parameters` of the request say it, or words of the text;
    `forget` is the intent without it, `ground` says that the ground may be another one then."""

    parameters: tuple[str, ...]
    said: Callable[[SearchIntent], object]
    forget: Callable[[SearchIntent], SearchIntent]
    ground: bool = False


def _no(**fields: Any) -> Callable[[SearchIntent], SearchIntent]:
    return lambda intent: replace(intent, **fields)


def _no_wish(intent: SearchIntent, **fields: Any) -> SearchIntent:
    return replace(intent, wishes=replace(intent.wishes, **fields))


_WISHES: Mapping[str, _Wish] = {
    "name": _Wish((), lambda intent: intent.names, _no(names=NameWords()), ground=True),
    "open_only": _Wish(("open_only",), lambda intent: intent.open_only, _no(open_only=False)),
    "open_at": _Wish(
        ("open_at",),
        lambda intent: intent.open_at is not None or intent.wishes.open_at is not None,
        lambda intent: _no_wish(replace(intent, open_at=None), open_at=None),
    ),
    "like_doctor": _Wish(
        ("like_doctor",), lambda intent: intent.wishes.facility_of, lambda intent: _no_wish(intent, facility_of=None)
    ),
    "facility": _Wish(
        ("facility", "legal_entity"),
        lambda intent: intent.facility or intent.division_ids or intent.legal_entity_id,
        _no(facility=FacilityWords(), division_ids=(), legal_entity_id=None),
        ground=True,
    ),
    "gender": _Wish(
        ("gender",),
        lambda intent: intent.gender or intent.wishes.gender,
        lambda intent: _no_wish(replace(intent, gender=None), gender=None),
    ),
    "contract_only": _Wish(("contract_only",), lambda intent: intent.contract_only, _no(contract_only=False)),
    "speciality_open": _Wish(
        ("speciality",), lambda intent: intent.specialities, _no(specialities=(), kind=Kind.PRIMARY_CARE)
    ),
    "place_open": _Wish(("settlement",), lambda intent: intent.where.area, lambda intent: intent, ground=True),
}


def find_singles(edits: Edits, document: Document, gazetteer: Gazetteer) -> list[Change]:
    """All single changes that could matter for this doctor, tried or not. «nearer» comes without its distance."""
    base = edits.read({})
    assert base is not None, "the search itself has been read"
    kinds, found = change_kinds(), []
    for name in _WISHES:
        if (edit := let_go(edits, document, name)) is not None:
            found.append(Change(kinds[name], edit[0], values={"words": edit[1]} if edit[1] else {}))
    if edits.request.sort == "nearest":
        found.append(Change(kinds["sort"], {"sort": "best"}))
    return [*found, *_otherwise(edits, base.intent, document, gazetteer), *_of_doctor(document)]


def let_go(
    edits: Edits, document: Document, name: str, before: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], str] | None:
    """The least edit after which the search does not ask for something any more, all else unchanged.

    Parameters go first, then as few words of the text as will do. A name need not go as a whole: as much of it as the
    doctor does not meet. `before` are edits made already. Gives the fields to change and the words left out; None when
    the search does not ask for it, or no such edit exists.
    """
    made, wish = dict(before or {}), _WISHES[name]
    asked, read = edits.search(made), edits.read(made)
    if read is None or not wish.said(read.intent):
        return None
    grade = name_grade(document, read.intent.names) or 0

    def gone(intent: SearchIntent) -> bool:
        if not wish.said(intent):
            return True
        return name == "name" and (name_grade(document, intent.names) or 0) > grade

    sent = {each: None for each in wish.parameters if getattr(asked, each) != _default(each)}
    text = asked.q or ""
    second_best = None
    for shorter, left_out in ((text, ""), *islice(_with_words_left_out(text), _MOST_SHORTER)):
        query = sent | ({"q": shorter or None} if left_out else {})
        changed = edits.read(made | query) if query else None
        if changed is None or not (gone(changed.intent) and _same_else(changed.intent, read.intent, wish)):
            continue
        if _leaves_no_scrap(changed, read):
            return query, left_out
        second_best = second_best or (query, left_out)
    return second_best


def _leaves_no_scrap(changed: ReadRequest, read: ReadRequest) -> bool:
    """«є місця» goes as a whole: either word alone says nothing, but would stand there like a part of the question."""
    return _says_nothing(changed) <= _says_nothing(read)


def _says_nothing(read: ReadRequest) -> set[str]:
    tokens = (token for token in read.understanding.best.tokens if token.taken_as in _SAYS_NOTHING)
    return {word for token in tokens for word in token.text.split()}


def _with_words_left_out(text: str) -> Iterator[tuple[str, str]]:
    chunks = text.split()
    for length in range(1, min(_MOST_WORDS, len(chunks)) + 1):
        for start in range(len(chunks) - length + 1):
            kept = chunks[:start] + chunks[start + length :]
            yield " ".join(kept), " ".join(chunks[start : start + length])


def _same_else(changed: SearchIntent, intent: SearchIntent, wish: _Wish) -> bool:
    there, here = changed.where, intent.where
    if not wish.ground and (there.area, there.origin) != (here.area, here.origin):
        return False
    # Which fields a text gave matters only for what may be loosened.
    rest = (replace(wish.forget(each), where=here, understood=frozenset()) for each in (changed, intent))
    return next(rest) == next(rest)


def _default(name: str) -> Any:
    return SearchRequest.model_fields[name].get_default()


def _otherwise(edits: Edits, intent: SearchIntent, document: Document, gazetteer: Gazetteer) -> list[Change]:
    """Asking for what the doctor is, or where they are, in place of what was asked for."""
    kinds, where, request = change_kinds(), intent.where, edits.request
    found = []
    officio = field_of(document, "speciality.officio")
    if officio and intent.specialities != (officio,):
        query = {"speciality": [officio]} | ({"kind": None} if request.kind else {})
        label = {language: speciality_label(officio, language) for language in LANGUAGES}
        found.append(Change(kinds["speciality"], query, values={"label": label}))
    km = distance_from(document, where.center) if where.center and where.radius_km else None
    if km is not None and where.radius_km is not None and where.radius_km < km <= MAX_RADIUS_KM:
        # Up to the next 100 m, so that the number said is the number searched.
        radius_km = math.ceil(round(km * 10, 6)) / 10
        found.append(Change(kinds["wider"], {"radius_km": radius_km}, values={"km": radius_km}))
    settlement = field_of(document, "place.settlement")
    place = gazetteer.by_code(settlement) if settlement else None
    elsewhere = where.area is not None and where.area.code != settlement
    if place is not None and (elsewhere or (where.area is None and km is not None and km > (where.radius_km or 0))):
        label = {language: gazetteer.label(place, language) for language in LANGUAGES}
        found.append(Change(kinds["place"], {"settlement": place.code}, values={"label": label}))
    division_id = field_of(document, "division.id")
    if division_id and intent.division_ids != (division_id,):
        label = {language: field_of(document, "division.name") or division_id for language in LANGUAGES}
        found.append(Change(kinds["their_facility"], {"facility": division_id}, values={"label": label}))
    if request.near is not None and point_of(document) is not None:
        found.append(Change(kinds["nearer"]))
    return [*found, _by_name(edits, document)]


def _by_name(edits: Edits, document: Document) -> Change:
    """A search anew, by nothing but the name; what the patient is stays."""
    name = " ".join(filter(None, (field_of(document, f"name.{part}") for part in ("last", "first", "second"))))
    asked = edits.search({})
    query: dict[str, Any] = {
        field: None
        for field in type(edits.request).model_fields
        if field not in _OF_THE_PATIENT and getattr(asked, field, None) != _default(field)
    }
    query["q"] = name[:MAX_TEXT]
    if not document.get("declarable"):
        query["kind"] = "all"
    return Change(change_kinds()["by_name"], query, values={"label": name})


def _of_doctor(document: Document) -> list[Change]:
    found = []
    state = field_of(document, "capacity.state")
    if state is not None and state not in _OPEN_STATES[:1]:
        found.append(Change(change_kinds()["with_places"], doctor={"capacity.state": _OPEN_STATES[0]}))
    if not field_of(document, "contract.active"):
        found.append(Change(change_kinds()["with_contract"], doctor={"contract.active": True}))
    return found
