"""Stored documents as parts of an answer: labels in the caller's language, distances from the caller's true point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from directory.documents import NO_UPPER_AGE, WEEKDAYS
from directory.places import distance_km
from directory.specialities import speciality_label
from ranking import say
from search_api.kyiv import hours_today
from search_api.language import Language
from search_api.texts import label

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """How documents are shown to one caller: language, weekday and «HH:MM» in Kyiv, the point distances start at
    ((lat, lon), None = none), and since when counts of capacity are young enough to say something."""

    language: Language
    weekday: str
    clock: str
    origin: tuple[float, float] | None
    capacity_since: datetime


def speciality(code: str | None, language: Language) -> dict[str, Any] | None:
    """A speciality with its name, None where there is none."""
    return {"code": code, "label": speciality_label(code, language)} if code else None


def labelled(group: str, code: str | None, language: Language) -> dict[str, str] | None:
    """A code of one of our dictionaries with its name, None where there is none."""
    return {"code": code, "label": label(group, code, language)} if code else None


def person(document: Document, language: Language) -> dict[str, Any]:
    """The doctor: names, gender, experience, specialities."""
    name, party, specialities = document["name"], document["party"], document["speciality"]
    officio, years = specialities.get("officio"), party.get("experience_years")
    return {
        "last_name": name["last"],
        "first_name": name["first"],
        "second_name": name.get("second"),
        "gender": party.get("gender"),
        "experience_years": years,
        "experience_label": None if years is None else say("experience", n=years).text(language),
        "speciality": speciality(officio, language),
        "speciality_level": specialities.get("level"),
        "other_specialities": [speciality(code, language) for code in specialities.get("all", ()) if code != officio],
    }


def ages(document: Document) -> dict[str, Any] | None:
    """Patients the doctor may register, None for doctors who hold no declarations."""
    part = document.get("ages")
    if part is None:
        return None
    return {"min": part["min"], "max": None if part["max"] >= NO_UPPER_AGE else part["max"]}


def division(document: Document, language: Language) -> dict[str, Any] | None:
    """The place of work, None when upstream gave none."""
    part, place = document.get("division"), document.get("place") or {}
    if part is None:
        return None
    location = place.get("location")
    known_settlement = place.get("settlement") or place.get("settlement_name")
    return {
        "id": part.get("id"),
        "name": part.get("name"),
        "type": labelled("division_type", part.get("type"), language),
        "status": part.get("status"),
        "address": part.get("address"),
        "settlement": {"code": place.get("settlement"), "name": place.get("settlement_name")}
        if known_settlement
        else None,
        "location": {**location, "precision": place.get("precision"), "source": place.get("source")}
        if location
        else None,
        "mountain_group": part.get("mountain_group"),
        "phones": list(part.get("phones", ())),
        "email": part.get("email"),
    }


_LEGAL_ENTITY = (
    "name", "public_name", "edrpou", "type", "status", "owner_property_type", "legal_form", "website",
)  # fmt: skip


def legal_entity(document: Document) -> dict[str, Any] | None:
    """The facility as a company or sole practitioner."""
    part = document.get("legal_entity")
    return {"id": part["id"], **{key: part.get(key) for key in _LEGAL_ENTITY}} if part else None


def distance(document: Document, view: View) -> dict[str, Any] | None:
    """How far the place is from the caller's point; None when either is unknown."""
    place = document.get("place") or {}
    return _distance_to(place.get("location"), place.get("precision"), view)


def with_current_capacity(document: Document, view: View) -> Document:
    """The document as it counts now: counts that have grown too old since they were indexed are unknown."""
    part = document.get("capacity")
    if part is None or not _too_old(part, view):
        return document
    return {**document, "capacity": {**part, "state": "unknown"}}


def _all_unknown(entry: Mapping[str, Any]) -> dict[str, int]:
    counted = sum(entry.get("by_capacity", {}).values())
    return {"unknown": counted} if counted else {}


def _too_old(part: Mapping[str, Any], view: View) -> bool:
    as_of = part.get("as_of")
    return as_of is None or datetime.fromisoformat(as_of) < view.capacity_since


def capacity(document: Document, view: View) -> dict[str, Any] | None:
    """State and date only, never numbers; counts that have grown too old since they were indexed are unknown."""
    part = with_current_capacity(document, view).get("capacity")
    if part is None:
        return None
    return {
        "state": part["state"],
        "label": label("capacity", part["state"], view.language),
        "as_of": part.get("as_of"),
    }


def contract(document: Document) -> dict[str, Any]:
    """The NHSU contract of the place."""
    part = document["contract"]
    return {"active": part["active"], "from": part.get("from"), "to": part.get("to")}


def today(document: Document, view: View) -> dict[str, Any] | None:
    """Today's hours in Kyiv, None when no hours are known."""
    hours = hours_today(document.get("hours"), view.weekday, view.clock)
    if hours is None:
        return None
    return {"weekday": hours.weekday, "ranges": _ranges(hours.ranges), "open_now": hours.open_now}


def week(stored: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The hours of every weekday from Monday; empty when none are known."""
    if not stored:
        return []
    return [{"weekday": weekday, "ranges": _ranges(stored.get(weekday, ()))} for weekday in WEEKDAYS]


def other_places(document: Document, view: View, *, only_active: bool) -> list[dict[str, Any]]:
    """The other employments of the same person, the nearest first where distances are known."""
    places = [
        {
            "employee_id": part["employee_id"],
            "division_id": part.get("division_id"),
            "division_name": part.get("division_name"),
            "legal_entity_name": part.get("legal_entity_name"),
            "address": part.get("address"),
            "speciality": speciality(part.get("speciality"), view.language),
            "active": part["active"],
            "distance": _distance_to(part.get("location"), part.get("precision"), view),
        }
        for part in document.get("other_places", ())
        if part["active"] or not only_active
    ]
    return sorted(places, key=lambda place: place["distance"]["km"] if place["distance"] else float("inf"))


def inactive_reasons(document: Document, language: Language) -> list[dict[str, str]]:
    """Why a search does not find this document, with words."""
    return [
        {"code": code, "label": label("inactive_reason", code, language)}
        for code in document.get("inactive_reasons", ())
    ]


def facility_counts_are_too_old(document: Document, view: View) -> bool:
    """Whether the capacities behind a facility's numbers are too old to say that anybody has places."""
    return _too_old({"as_of": document.get("sources", {}).get("declarations_limit")}, view)


def facility_doctors(document: Document, view: View) -> dict[str, Any]:
    """Numbers of active doctors by speciality and capacity state; by counts that are too old all are unknown."""
    part, language = document["doctors"], view.language
    too_old = facility_counts_are_too_old(document, view)
    return {
        "count": part["count"],
        "by_speciality": [
            {
                "speciality": speciality(entry["speciality"], language),
                "doctors": entry["doctors"],
                "by_capacity": _all_unknown(entry) if too_old else dict(entry.get("by_capacity", {})),
            }
            for entry in part.get("by_speciality", ())
        ],
    }


def _distance_to(location: Mapping[str, float] | None, precision: str | None, view: View) -> dict[str, Any] | None:
    if location is None or view.origin is None:
        return None
    km = distance_km(view.origin, (location["lat"], location["lon"]))
    return {"km": round(km, 3), "precision": precision}


def _ranges(pairs: Iterable[Iterable[str]]) -> list[dict[str, str]]:
    return [dict(zip(("from", "to"), pair, strict=True)) for pair in pairs]
