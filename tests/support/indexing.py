"""Small indexes for tests: documents made by hand, put into a real engine through the product's own loader."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from directory.documents import (
    NO_UPPER_AGE,
    AgesPart,
    CapacityPart,
    ContractPart,
    DivisionPart,
    DoctorDocument,
    EmployeePart,
    FacilityDoctorsPart,
    FacilityDocument,
    FacilityLegalEntityPart,
    FacilityNamesPart,
    FacilityWordsPart,
    GeoPoint,
    HoursPart,
    LegalEntityPart,
    MinuteRange,
    NamePart,
    PartyPart,
    PlacePart,
    SpecialityPart,
    number_of,
)
from directory.schema import ALIASES, Alias
from directory.specialities import age_range
from directory.text import name_parts, sound_key, words
from indexer.config import EngineAddress
from indexer.lifecycle import IndexName, Lifecycle
from indexer.load import BulkLoader, connect_engine

ZHYTOMYR = (50.2547, 28.6587)
ZHYTOMYR_CODE = "UA18040190010057814"
AS_OF = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class TinyIndex:
    """A small pair of indexes in service under their own prefix, so that tests share one engine."""

    prefix: str
    names: dict[Alias, IndexName]

    @property
    def doctors(self) -> str:
        return f"{self.prefix}doctors"

    @property
    def facilities(self) -> str:
        return f"{self.prefix}facilities"


def build_tiny_index(
    engine_url: str,
    doctors: Sequence[DoctorDocument] = (),
    facilities: Sequence[FacilityDocument] = (),
    *,
    prefix: str | None = None,
    shards: int = 1,
    replicas: int = 0,
) -> TinyIndex:
    """Puts the documents into service under `<prefix>doctors` and `<prefix>facilities`; either list may be empty.

    Without a prefix a fresh one is made. Documents of an earlier call with the same prefix are replaced. A document the
    mapping rejects fails the test.
    """
    prefix = f"t{uuid.uuid4().hex[:8]}-" if prefix is None else prefix
    engine = connect_engine(EngineAddress(engine_url))
    life = Lifecycle(engine, prefix=prefix, shards=shards, replicas=replicas)
    names = life.new_names(datetime.now(UTC))
    documents: dict[Alias, Sequence[DoctorDocument | FacilityDocument]] = {"doctors": doctors, "facilities": facilities}
    for alias in ALIASES:
        life.create(names[alias], {})
        with BulkLoader(engine, str(names[alias])) as loader:
            for document in documents[alias]:
                loader.add(document.id, document)
        assert not loader.report.rejected, loader.report
        life.finish(names[alias], merge=False)
        life.complete(names[alias], timeout_s=30)
    life.swap(names)
    life.clean()
    engine.close()
    return TinyIndex(prefix, names)


def drop_tiny_index(engine_url: str, index: TinyIndex) -> None:
    """Deletes every index under the prefix of `index`."""
    engine = connect_engine(EngineAddress(engine_url))
    for known in Lifecycle(engine, prefix=index.prefix).known_indexes():
        engine.indices.delete(index=str(known.name))
    engine.close()


@contextmanager
def tiny_index(
    engine_url: str, doctors: Sequence[DoctorDocument] = (), facilities: Sequence[FacilityDocument] = ()
) -> Iterator[TinyIndex]:
    """`build_tiny_index` for the length of a `with` block."""
    index = build_tiny_index(engine_url, doctors, facilities)
    try:
        yield index
    finally:
        drop_tiny_index(engine_url, index)


def stable_id(kind: str, name: str) -> str:
    """The same UUID for the same words in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}:{name}"))


def tiny_doctor(
    key: str,
    *,
    last: str = "Петренко",
    first: str = "Олена",
    second: str | None = "Іванівна",
    speciality: str = "FAMILY_DOCTOR",
    at: tuple[float, float] | None = ZHYTOMYR,
    party: str | None = None,
    division: str | None = None,
    gender: str = "FEMALE",
    capacity: str = "free",
    contract: bool = True,
    active: bool = True,
    declarable: bool | None = None,
    inactive_reasons: tuple[str, ...] = (),
    facility: str = "Амбулаторія №1",
    legal_entity: str = "Центр первинної допомоги",
    settlement: str = ZHYTOMYR_CODE,
    open_minutes: tuple[tuple[int, int], ...] = ((480, 1080),),
    experience_years: int | None = 10,
    precision: str = "address",
    as_of: datetime | None = AS_OF,
    district: str | None = None,
    tie: int = 0,
) -> DoctorDocument:
    """A sound doctor in Zhytomyr; name only what the test is about. `key` gives stable ids; `at` is (lat, lon)."""
    ages = age_range(speciality)
    place_words = tuple(dict.fromkeys([*words(facility), *words(legal_entity)]))
    whole = f"{last} {first} {second or ''}"
    return DoctorDocument(
        employee=EmployeePart(
            id=stable_id("employee", key), type="DOCTOR", position="P7", status="APPROVED", start_date=date(2018, 7, 1)
        ),
        party=PartyPart(
            id=stable_id("party", party or key),
            number=number_of(stable_id("party", party or key)),
            gender=gender,
            age_band="40-49",
            experience_years=experience_years,
            verification_status="VERIFIED",
        ),
        name=NamePart(
            last=last,
            first=first,
            second=second,
            surname=name_parts(last),
            given=name_parts(first),
            patronymic=name_parts(second or ""),
            surname_key=tuple(sound_key(part) for part in name_parts(last)),
            given_key=tuple(sound_key(part) for part in name_parts(first)),
            patronymic_key=tuple(sound_key(part) for part in name_parts(second or "")),
            typing=(" ".join(words(whole)),),
            typing_key=(" ".join(map(sound_key, words(whole))),),
        ),
        kind="primary_care" if ages else "specialist",
        active=active,
        declarable=(active and ages is not None) if declarable is None else declarable,
        inactive_reasons=inactive_reasons,
        speciality=SpecialityPart(officio=speciality, level="FIRST", all=(speciality,)),
        ages=AgesPart(min=ages[0], max=NO_UPPER_AGE if ages[1] is None else ages[1]) if ages else None,
        division=DivisionPart(
            id=stable_id("division", division or key),
            name=facility,
            type="CLINIC",
            status="ACTIVE",
            mountain_group=False,
            address="вул. Київська, 21, Житомир",
            phones=("+380412000317",),
        ),
        place=PlacePart(
            location=GeoPoint(lat=at[0], lon=at[1]) if at else None,
            precision=precision,
            source="upstream",
            settlement=settlement,
            settlement_name="Житомир",
            district=district,
            oblast="UA18000000000041385",
        ),
        legal_entity=LegalEntityPart(
            id=stable_id("legal_entity", legal_entity),
            name=legal_entity,
            public_name=legal_entity,
            type="PRIMARY_CARE",
            status="ACTIVE",
            owner_property_type="STATE",
        ),
        facility=FacilityWordsPart(
            words=place_words,
            keys=tuple(map(sound_key, place_words)),
            numbers=tuple(word for word in place_words if word.isdigit()),
        ),
        contract=ContractPart(active=contract),
        capacity=CapacityPart(state=capacity, limit=1800, count=1200, as_of=as_of),
        hours=HoursPart(
            open=tuple(MinuteRange(gte=start, lt=end) for start, end in open_minutes),
            week={"mon": [["08:00", "18:00"]]} if open_minutes else {},
        ),
        sources={"employees": AS_OF.isoformat()},
        tie={f"d{day}": tie for day in range(7)},
    )


def tiny_facility(
    key: str,
    *,
    name: str = "Амбулаторія №1",
    legal_entity: str = "Центр первинної допомоги",
    at: tuple[float, float] | None = ZHYTOMYR,
    active: bool = True,
    doctors: int = 1,
    specialities: tuple[str, ...] = ("FAMILY_DOCTOR",),
    settlement: str = ZHYTOMYR_CODE,
    contract: bool = True,
    tie: int = 0,
) -> FacilityDocument:
    """A sound facility in Zhytomyr; its division id is that of `tiny_doctor(..., division=key)`."""
    place_words = tuple(dict.fromkeys([*words(name), *words(legal_entity)]))
    return FacilityDocument(
        active=active,
        inactive_reasons=() if active else ("place_not_active",),
        division=DivisionPart(
            id=stable_id("division", key),
            name=name,
            type="CLINIC",
            status="ACTIVE" if active else "INACTIVE",
            mountain_group=False,
            address="вул. Київська, 21, Житомир",
        ),
        place=PlacePart(
            location=GeoPoint(lat=at[0], lon=at[1]) if at else None,
            precision="address",
            source="upstream",
            settlement=settlement,
            settlement_name="Житомир",
            oblast="UA18000000000041385",
        ),
        legal_entity=FacilityLegalEntityPart(
            id=stable_id("legal_entity", legal_entity), name=legal_entity, type="PRIMARY_CARE", status="ACTIVE"
        ),
        facility=FacilityNamesPart(
            words=place_words,
            keys=tuple(map(sound_key, place_words)),
            numbers=tuple(word for word in place_words if word.isdigit()),
            typing=(" ".join(words(name)),),
            typing_key=(" ".join(map(sound_key, words(name))),),
        ),
        contract=ContractPart(active=contract),
        doctors=FacilityDoctorsPart(count=doctors, specialities=specialities, open_specialities=specialities),
        tie={f"d{day}": tie for day in range(7)},
    )
