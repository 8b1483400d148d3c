"""Places of work: a division with its legal entity, contract, hours and point, made once, shared by all documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from directory.documents import (
    ContractPart,
    DivisionPart,
    FacilityLegalEntityPart,
    FacilityNamesPart,
    FacilityWordsPart,
    GeoPoint,
    HoursPart,
    LegalEntityPart,
    PlacePart,
)
from directory.places import Gazetteer
from directory.places.streets import street_terms
from directory.text import sound_key, words
from esoz.rows import Address, ContractDivisionRow, DivisionRow, HealthcareServiceRow, LegalEntityRow
from indexer.display import address_line, clean, read_phones
from indexer.hours import OpenTimes, read_available_time, read_working_hours
from indexer.locate import LocatedPlace, choose_address, locate_division
from indexer.quality import Quality

DECLARATION_FACILITIES = frozenset({"PRIMARY_CARE", "MSP", "MSP_PHARMACY"})
DECLARATION_DIVISIONS = frozenset({"CLINIC", "AMBULANT_CLINIC", "FAP"})
NO_CARE_FACILITIES = frozenset({"PHARMACY", "MIS", "NHS"})
NO_CARE_DIVISIONS = frozenset({"DRUGSTORE", "DRUGSTORE_POINT"})
CONTRACT_IN_FORCE = frozenset({"VERIFIED", "ACTIVE", "SIGNED"})


@dataclass(frozen=True, slots=True)
class Facility:
    """A legal entity as documents carry it. `reasons` keep everybody in it out of the search, `bars_declarations` says
    that its type may hold none (domain rules §7)."""

    part: LegalEntityPart
    full_part: FacilityLegalEntityPart
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    bars_declarations: bool


@dataclass(frozen=True, slots=True)
class PlaceOfWork:
    """A division as documents carry it. `reasons` and `bars_declarations` join those of division and legal entity;
    `located` is None only for a division whose address and point are both silent."""

    id: str
    legal_entity_id: str
    division: DivisionPart
    place: PlacePart | None
    located: LocatedPlace
    facility: Facility | None
    words: FacilityWordsPart
    names: FacilityNamesPart
    contract: ContractPart
    open_times: OpenTimes
    hours: HoursPart | None
    reasons: tuple[str, ...]
    bars_declarations: bool
    flags: tuple[str, ...]


def describe_facility(row: LegalEntityRow) -> Facility:
    """The parts of a legal entity. A sole practitioner's register number never got past the decoder."""
    legal_form, kind = clean(row.legal_form), row.type
    public_name = clean(row.public_name) or clean(row.short_name)
    shared: dict[str, Any] = {
        "id": row.id,
        "name": clean(row.name),
        "public_name": public_name,
        "edrpou": row.edrpou,
        "type": kind,
        "status": row.status,
        "owner_property_type": row.owner_property_type,
        "legal_form": legal_form,
    }
    reasons = []
    if row.status != "ACTIVE" or row.is_active is False:
        reasons.append("facility_not_active")
    if kind in NO_CARE_FACILITIES:
        reasons.append("facility_type")
    return Facility(
        part=LegalEntityPart(**shared),
        full_part=FacilityLegalEntityPart(**shared, website=clean(row.website)),
        names=tuple(name for name in dict.fromkeys([public_name, clean(row.name)]) if name),
        reasons=tuple(reasons),
        bars_declarations=kind not in DECLARATION_FACILITIES,
    )


def describe_place(
    division: DivisionRow,
    facility: Facility | None,
    *,
    contracts: Sequence[ContractDivisionRow],
    services: Iterable[HealthcareServiceRow],
    gazetteer: Gazetteer,
    day: date,
) -> PlaceOfWork:
    """Everything documents say about one division on the day of the data; never raises on bad data, but flags it."""
    flags: list[str] = []
    address: Address | None = choose_address(division.addresses or ())
    located = locate_division(address, division.location, gazetteer)
    flags += [str(flag) for flag in located.flags]
    settlement = gazetteer.by_code(located.settlement) if located.settlement else None
    settlement_name = settlement.title() if settlement else None

    phones, has_bad_phone = read_phones(division.phones)
    if has_bad_phone:
        flags.append(Quality.PHONE_UNREADABLE)
    if not phones:
        flags.append(Quality.PHONE_MISSING)
    times = _open_times(division, services, flags)
    contract = describe_contract(contracts, day)
    if contracts and not contract.active:
        flags.append(Quality.CONTRACT_ENDED)
    if facility is None:
        flags.append(Quality.FACILITY_UNKNOWN)

    names = [name for name in (clean(division.name), *(facility.names if facility else ())) if name]
    words_part = facility_words(names, own_name=clean(division.name))
    reasons, bars_declarations = _reasons(division, facility)
    return PlaceOfWork(
        id=division.id,
        legal_entity_id=division.legal_entity_id,
        division=DivisionPart(
            id=division.id,
            name=clean(division.name),
            type=division.type,
            status=division.status,
            mountain_group=division.mountain_group,
            address=address_line(address, settlement_name),
            phones=phones,
            email=clean(division.email),
        ),
        place=_place_part(located, settlement_name, _street(address, located, gazetteer)),
        located=located,
        facility=facility,
        words=words_part,
        names=FacilityNamesPart(
            words=words_part.words,
            keys=words_part.keys,
            numbers=words_part.numbers,
            own_numbers=words_part.own_numbers,
            typing=tuple(dict.fromkeys(_read_name(name).typed for name in names)),
            typing_key=tuple(dict.fromkeys(_read_name(name).typed_key for name in names)),
        ),
        contract=contract,
        open_times=times,
        hours=times.part(),
        reasons=reasons,
        bars_declarations=bars_declarations,
        flags=tuple(dict.fromkeys(str(flag) for flag in flags)),
    )


def describe_contract(contracts: Iterable[ContractDivisionRow], day: date) -> ContractPart:
    """The NHSU contract of a division on `day`: the one in force that lasts longest, else the latest that is not; with
    none at all, just not active. Start and end days count as in force."""
    best: tuple[bool, date, date] | None = None
    for row in contracts:
        start, end = as_day(row.contract_start_date), as_day(row.contract_end_date)
        if start is None or end is None:
            continue
        in_force = (
            start <= day <= end
            and row.contract_status in CONTRACT_IN_FORCE
            and row.contract_division_status in CONTRACT_IN_FORCE
        )
        best = max(best or (False, date.min, date.min), (in_force, end, start))
    if best is None:
        return ContractPart(active=False)
    in_force, end, start = best
    return ContractPart(active=in_force, from_=start, to=end)


def facility_words(names: Iterable[str], own_name: str | None = None) -> FacilityWordsPart:
    """The words of the names as they are looked up: whole and by part of hyphenated ones, their sound keys, and the
    numbers in them without leading zeros («№ 03» gives «3»). `own_name` is that of the place itself: «поліклініка №3»
    is a place with this number rather than one that belongs to a company with it."""
    found = dict.fromkeys(word for name in names for word in _read_name(name).words)
    return FacilityWordsPart(
        words=tuple(found),
        keys=tuple(dict.fromkeys(key for word in found if (key := sound_key(word)))),
        numbers=_numbers(found),
        own_numbers=_numbers(_read_name(own_name).words) if own_name else (),
    )


def _numbers(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lstrip("0") or "0" for word in found if word.isdigit()))


@dataclass(frozen=True, slots=True)
class _FacilityName:
    words: tuple[str, ...]
    typed: str
    typed_key: str


@lru_cache(maxsize=16_384)
def _read_name(name: str) -> _FacilityName:
    """A name of a facility; cached, because the divisions of a facility share it and many are called alike."""
    in_order = words(name)
    found: dict[str, None] = {}
    for word in in_order:
        found[word] = None
        if "-" in word:
            found.update(dict.fromkeys(part for part in word.split("-") if part))
    return _FacilityName(tuple(found), " ".join(in_order), " ".join(map(sound_key, in_order)))


def as_day(moment: date | datetime | None) -> date | None:
    """The calendar day upstream means; date-times are taken by their UTC day, as ЕСОЗ stores them."""
    return moment.date() if isinstance(moment, datetime) else moment


def _open_times(division: DivisionRow, services: Iterable[HealthcareServiceRow], flags: list[str]) -> OpenTimes:
    times = read_working_hours(division.working_hours)
    if not times.ranges:
        for service in services:
            if service.status == "ACTIVE" and service.is_active is not False:
                times |= read_available_time(service.available_time)
        if times.ranges:
            flags.append(Quality.HOURS_FROM_SERVICES)
    if times.has_unreadable:
        flags.append(Quality.HOURS_UNREADABLE)
    if not times.ranges:
        flags.append(Quality.HOURS_MISSING)
    return times


def _street(address: Address | None, located: LocatedPlace, gazetteer: Gazetteer) -> tuple[str, ...]:
    return street_terms(clean(address.street) if address else None, located.settlement, gazetteer.renamed_streets)


def _place_part(located: LocatedPlace, settlement_name: str | None, street: tuple[str, ...]) -> PlacePart | None:
    if located.lat is None and located.oblast is None:
        return None
    return PlacePart(
        location=None if located.lat is None or located.lon is None else GeoPoint(lat=located.lat, lon=located.lon),
        precision=None if located.precision is None else str(located.precision),
        source=str(located.source),
        settlement=located.settlement,
        settlement_name=settlement_name,
        street=street,
        district=located.city_district,
        hromada=located.hromada,
        raion=located.raion,
        oblast=located.oblast,
    )


def _reasons(division: DivisionRow, facility: Facility | None) -> tuple[tuple[str, ...], bool]:
    reasons: list[str] = []
    if division.status != "ACTIVE" or division.is_active is False:
        reasons.append("place_not_active")
    reasons += facility.reasons if facility else ("facility_not_active",)
    if division.type in NO_CARE_DIVISIONS:
        reasons.append("facility_type")
    bars = division.type not in DECLARATION_DIVISIONS or facility is None or facility.bars_declarations
    return tuple(dict.fromkeys(reasons)), bars
