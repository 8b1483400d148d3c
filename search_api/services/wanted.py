"""From a request to an intent: the text is understood, parameters win over it, and the ground is laid."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from directory.places import Gazetteer, Place
from ranking import (
    Area,
    AreaLevel,
    Density,
    FacilityIntent,
    FacilityOf,
    Kind,
    OriginNeeded,
    Point,
    Reading,
    SearchIntent,
    Sort,
    Understanding,
    Wanted,
    Where,
    Wishes,
    area_of,
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

# «Для дитини»: every age of the group may register with the same specialities.
_ANY_AGE = {"child": 10, "adult": 40}


@dataclass(frozen=True, slots=True)
class UnderstoodText:
    """How a text was read, what that and the parameters want together, and the namesakes of an asked settlement."""

    understanding: Understanding
    wanted: Wanted
    namesakes: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ReadRequest(UnderstoodText):
    """What a search for doctors means."""

    intent: SearchIntent


def read_search(
    request: SearchRequest,
    *,
    day: date,
    gazetteer: Gazetteer,
    knowledge: DirectoryKnowledge,
    language: Language,
    now: datetime | None = None,
    as_of: datetime | None = None,
    facility_of: FacilityOf | None = None,
) -> ReadRequest:
    """The intent of a search on a day; raises RequestFaulty with all faults, or PlaceNeeded.

    `now`: Kyiv time, for «сьогодні ввечері». `as_of`: the date of the index's data. `facility_of`: where the
    doctor of `like_doctor` works.
    """
    near = Point(request.near.lat, request.near.lon) if request.near else None
    faults: list[Fault] = []
    chosen = _chosen(request.settlement, near, gazetteer, language, faults)
    age = _age(request, day, faults)
    understanding = understand(request.q or "", knowledge.lexicons, near=near, now=now)
    said = understanding.best
    if age is None and request.birth_date is None:
        age = _age_said(said)
    wanted = merge(
        said,
        specialities=tuple(dict.fromkeys(code.upper() for code in request.speciality)),
        kind=Kind(request.kind) if request.kind else None,
        place=chosen.place if chosen else None,
    )
    where = _where(
        request,
        near=near,
        area=_with_settlement(wanted.area, gazetteer),
        specialities=counted_specialities(wanted.specialities, wanted.kind, age),
        density=knowledge.density,
        by_name=bool(said.names or said.facility),
        by_facility=bool(request.facility or request.legal_entity),
        faults=faults,
    )
    if faults or where is None:
        raise RequestFaulty(tuple(faults))
    intent = SearchIntent(
        where=where,
        specialities=wanted.specialities,
        names=said.names,
        facility=said.facility,
        street=said.street,
        kind=wanted.kind,
        age=age,
        open_only=request.open_only or said.wishes.accepts_new,
        contract_only=request.contract_only or said.wishes.contract_only,
        gender=request.gender,
        open_at=parse_open_at(request.open_at) if request.open_at else None,
        division_ids=(request.facility,) if request.facility else (),
        legal_entity_id=request.legal_entity,
        sort=Sort(request.sort),
        wishes=_wishes(request, said, facility_of),
        as_of=as_of,
        understood=_understood(request),
    )
    return ReadRequest(understanding, wanted, chosen.alternatives if chosen else (), intent)


def read_facilities(
    request: FacilitiesRequest, *, gazetteer: Gazetteer, knowledge: DirectoryKnowledge, language: Language
) -> FacilityIntent:
    """The intent of a search for facilities; raises RequestFaulty with all faults, or PlaceNeeded.

    Words of the text that look like a person's name are words of a facility here: many are named after people.
    """
    near = Point(request.near.lat, request.near.lon) if request.near else None
    faults: list[Fault] = []
    chosen = _chosen(request.settlement, near, gazetteer, language, faults)
    said = understand(request.q or "", knowledge.lexicons, near=near, people=False).best
    wanted = merge(
        said,
        specialities=tuple(dict.fromkeys(code.upper() for code in request.speciality)),
        place=chosen.place if chosen else None,
    )
    where = _where(
        request,
        near=near,
        area=_with_settlement(wanted.area, gazetteer),
        specialities=wanted.specialities or None,
        density=knowledge.density,
        by_name=bool(said.facility),
        by_facility=bool(request.legal_entity),
        faults=faults,
    )
    if faults or where is None:
        raise RequestFaulty(tuple(faults))
    return FacilityIntent(
        where=where,
        facility=said.facility,
        specialities=wanted.specialities,
        types=tuple(code.upper() for code in request.type),
        open_only=request.open_only,
        contract_only=request.contract_only,
        open_at=parse_open_at(request.open_at) if request.open_at else None,
        legal_entity_id=request.legal_entity,
        sort=Sort(request.sort),
    )


def chosen_place(
    settlement: str | None, near: Point | None, gazetteer: Gazetteer, language: Language
) -> ChosenPlace | None:
    """The settlement a parameter means, None without one; raises RequestFaulty for an unknown or ambiguous one."""
    return None if settlement is None else choose_settlement(settlement, near, gazetteer, language)


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


def _age_said(said: Reading) -> int | None:
    """The patient's age from the text; a child or an adult of unsaid age stands for any (domain rules §5.1)."""
    if said.wishes.age is not None:
        return said.wishes.age
    return _ANY_AGE.get(said.wishes.age_group or "")


def _wishes(request: SearchRequest, said: Reading, facility_of: FacilityOf | None) -> Wishes:
    """What was read from the text only scores, and not where a parameter settles the same."""
    wishes = said.wishes
    return Wishes(
        gender=None if request.gender else wishes.gender,
        open_at=None if request.open_at or wishes.open_at is None else parse_open_at(wishes.open_at),
        facility_of=facility_of,
        language=wishes.language,
    )


def _understood(request: SearchRequest) -> frozenset[str]:
    """Fields of the intent that no parameter fixed: what they hold was read from the text or assumed."""
    given = {
        "specialities": bool(request.speciality),
        "kind": request.kind is not None,
        "contract_only": request.contract_only,
    }
    return frozenset(field for field, fixed in given.items() if not fixed)


def _with_settlement(area: Area | None, gazetteer: Gazetteer) -> Area | None:
    """A city district with the settlement it belongs to, so that a search can go on there."""
    if area is None or area.level not in (AreaLevel.DISTRICT, AreaLevel.QUARTER):
        return area
    place = gazetteer.by_code(area.code)
    settlement = gazetteer.by_code(place.parent) if place and place.parent else None
    if settlement is None:
        return area
    within = area_of(settlement)
    # A quarter without a point of its own is known only by its city.
    return (
        within
        if area.level is AreaLevel.QUARTER and area.point in (None, within.point)
        else replace(area, within=within)
    )
