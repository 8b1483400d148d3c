"""From a request to an intent: the text is understood, parameters win over it, and the ground is laid."""

from dataclasses import dataclass
from datetime import date

from directory.places import Gazetteer, Place
from ranking import (
    Area,
    Density,
    FacilityIntent,
    Kind,
    Lexicons,
    OriginNeeded,
    Point,
    SearchIntent,
    Sort,
    Understanding,
    Wanted,
    Where,
    counted_specialities,
    merge,
    plan_where,
    understand,
)
from ranking import PlaceNeeded as NoPlaceSaid
from search_api.errors import Fault, PlaceNeeded, RequestFaulty
from search_api.knowledge import DirectoryKnowledge
from search_api.kyiv import age_on, parse_open_at
from search_api.language import Language
from search_api.requests import FacilitiesRequest, SearchRequest
from search_api.services.settlements import ChosenPlace, choose_settlement


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What a search for doctors means: the intent, how the text was read, and the namesakes of an asked settlement."""

    intent: SearchIntent
    understanding: Understanding
    wanted: Wanted
    namesakes: tuple[Place, ...]


def read_search(
    request: SearchRequest, *, day: date, gazetteer: Gazetteer, knowledge: DirectoryKnowledge, language: Language
) -> ReadRequest:
    """The intent of a search on a day; raises RequestFaulty with all faults, or PlaceNeeded."""
    near = Point(request.near.lat, request.near.lon) if request.near else None
    faults: list[Fault] = []
    chosen = _chosen(request.settlement, near, gazetteer, language, faults)
    age = _age(request, day, faults)
    understanding = understand(request.q or "", knowledge.lexicons, near=near)
    wanted = merge(
        understanding,
        specialities=tuple(dict.fromkeys(code.upper() for code in request.speciality)),
        kind=Kind(request.kind) if request.kind else None,
        place=chosen.place if chosen else None,
    )
    where = _where(
        request,
        near=near,
        area=wanted.area,
        specialities=counted_specialities(wanted.specialities, wanted.kind, age),
        density=knowledge.density,
        by_name=bool(understanding.names or understanding.facility),
        by_facility=bool(request.facility or request.legal_entity),
        faults=faults,
    )
    if faults or where is None:
        raise RequestFaulty(tuple(faults))
    intent = SearchIntent(
        where=where,
        specialities=wanted.specialities,
        names=understanding.names,
        facility=understanding.facility,
        kind=wanted.kind,
        age=age,
        open_only=request.open_only,
        contract_only=request.contract_only,
        gender=request.gender,
        open_at=parse_open_at(request.open_at) if request.open_at else None,
        division_ids=(request.facility,) if request.facility else (),
        legal_entity_id=request.legal_entity,
        sort=Sort(request.sort),
    )
    return ReadRequest(intent, understanding, wanted, chosen.alternatives if chosen else ())


def read_facilities(
    request: FacilitiesRequest, *, gazetteer: Gazetteer, knowledge: DirectoryKnowledge, language: Language
) -> FacilityIntent:
    """The intent of a search for facilities; raises RequestFaulty with all faults, or PlaceNeeded.

    Words of the text that look like a person's name are words of a facility here: many are named after people.
    """
    near = Point(request.near.lat, request.near.lon) if request.near else None
    faults: list[Fault] = []
    chosen = _chosen(request.settlement, near, gazetteer, language, faults)
    understanding = understand(request.q or "", _without_names(knowledge.lexicons), near=near)
    wanted = merge(
        understanding,
        specialities=tuple(dict.fromkeys(code.upper() for code in request.speciality)),
        place=chosen.place if chosen else None,
    )
    where = _where(
        request,
        near=near,
        area=wanted.area,
        specialities=wanted.specialities or None,
        density=knowledge.density,
        by_name=bool(understanding.facility),
        by_facility=bool(request.legal_entity),
        faults=faults,
    )
    if faults or where is None:
        raise RequestFaulty(tuple(faults))
    return FacilityIntent(
        where=where,
        facility=understanding.facility,
        specialities=wanted.specialities,
        types=tuple(code.upper() for code in request.type),
        open_only=request.open_only,
        contract_only=request.contract_only,
        open_at=parse_open_at(request.open_at) if request.open_at else None,
        legal_entity_id=request.legal_entity,
        sort=Sort(request.sort),
    )


def _chosen(
    settlement: str | None, near: Point | None, gazetteer: Gazetteer, language: Language, faults: list[Fault]
) -> ChosenPlace | None:
    if settlement is None:
        return None
    try:
        return choose_settlement(settlement, near, gazetteer, language)
    except RequestFaulty as error:
        faults += error.faults
        return None


def _age(request: SearchRequest, day: date, faults: list[Fault]) -> int | None:
    if request.birth_date is None:
        return request.age
    if request.birth_date > day:
        faults.append(Fault("birth_date", "in_future"))
        return None
    return age_on(request.birth_date, day)


def _where(
    request: SearchRequest | FacilitiesRequest,
    *,
    near: Point | None,
    area: Area | None,
    specialities: tuple[str, ...] | None,
    density: Density,
    by_name: bool,
    by_facility: bool,
    faults: list[Fault],
) -> Where | None:
    """The ground; None with a fault noted. A question for the place comes only after all other faults are mended."""
    centre_missing = "place_without_point" if area is not None else "centre_missing"
    try:
        where = plan_where(
            density=density,
            near=near,
            area=area,
            radius_km=request.radius_km,
            specialities=specialities,
            by_name=by_name,
            by_facility=by_facility,
        )
    except OriginNeeded:
        if not faults:
            faults.append(Fault("radius_km", centre_missing))
        return None
    except NoPlaceSaid:
        if not faults:
            raise PlaceNeeded from None
        return None
    if request.sort == "nearest" and where.origin is None:
        faults.append(Fault("sort", centre_missing))
        return None
    return where


def _without_names(lexicons: Lexicons) -> Lexicons:
    return Lexicons(facility_words=lexicons.facility_words, places=lexicons.places)
