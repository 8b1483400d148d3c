"""Smoke queries: what a freshly filled index must find before it may serve."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from directory.documents import DoctorDocument, FacilityDocument, PlacePart
from directory.schema import Alias
from indexer.lifecycle import SmokeQuery
from indexer.load import SAMPLES_KEPT


@dataclass
class SmokeSamples:
    """Remembers the first telling documents of each index while they are written, to ask for one of them afterwards.

    More than one, because the engine may reject some: those it names in `rejected` are not asked for.
    """

    doctors: list[DoctorDocument] = field(default_factory=list)
    facilities: list[FacilityDocument] = field(default_factory=list)
    rejected: set[str] = field(default_factory=set)

    def see_doctor(self, document: DoctorDocument) -> None:
        if len(self.doctors) <= SAMPLES_KEPT and _is_telling(document, document.name.surname):
            self.doctors.append(document)

    def see_facility(self, document: FacilityDocument) -> None:
        if len(self.facilities) <= SAMPLES_KEPT and _is_telling(document, document.facility.words):
            self.facilities.append(document)

    def queries(self, alias: Alias) -> list[SmokeQuery]:
        """Queries over the fields every search leans on: names, point, opening, words; empty when nothing in force with
        a point was written, as in a registry of closed places."""
        if alias == "doctors":
            doctor = next((one for one in self.doctors if one.id not in self.rejected), None)
            return _doctor_queries(doctor) if doctor else []
        facility = next((one for one in self.facilities if one.id not in self.rejected), None)
        return _facility_queries(facility) if facility else []


def _is_telling(document: DoctorDocument | FacilityDocument, found_by: Collection[str]) -> bool:
    place = document.place
    return document.active and bool(found_by) and place is not None and place.location is not None


def _doctor_queries(document: DoctorDocument) -> list[SmokeQuery]:
    own = {"term": {"employee.id": document.id}}
    clauses: dict[str, dict[str, Any]] = {
        "a doctor by surname": {"term": {"name.surname": document.name.surname[0]}},
        "a doctor by the sound of the surname": {"term": {"name.surname_key": document.name.surname_key[0]}},
        "a doctor by the beginning of the name": _typed(document.name.typing[0], "name.typing"),
        "a doctor by place": _near(document.place),
    }
    if document.hours and document.hours.open:
        clauses["a doctor by opening hours"] = {"term": {"hours.open": document.hours.open[0].gte}}
    return [
        SmokeQuery(about, {"bool": {"filter": [own, {"term": {"active": True}}, clause]}}, expected_id=document.id)
        for about, clause in clauses.items()
    ]


def _facility_queries(document: FacilityDocument) -> list[SmokeQuery]:
    own = {"term": {"division.id": document.id}}
    clauses: dict[str, dict[str, Any]] = {
        "a facility by the sound of its name": {"term": {"facility.keys": document.facility.keys[0]}},
        "a facility by the beginning of its name": _typed(document.facility.typing[0], "facility.typing"),
        "a facility by place": _near(document.place),
    }
    return [
        SmokeQuery(about, {"bool": {"filter": [own, {"term": {"active": True}}, clause]}}, expected_id=document.id)
        for about, clause in clauses.items()
    ]


def _typed(text: str, field: str) -> dict[str, Any]:
    fields = [field, f"{field}._2gram", f"{field}._3gram"]
    return {"multi_match": {"query": text[: max(1, len(text) - 1)], "type": "bool_prefix", "fields": fields}}


def _near(place: PlacePart | None) -> dict[str, Any]:
    point = place.location if place else None
    if point is None:
        return {"match_none": {}}
    return {"geo_distance": {"distance": "1km", "place.location": {"lat": point.lat, "lon": point.lon}}}
