"""The row fields of the eight feeds as the contract lists them (domain rules §2), and sample values of each type."""

import re
from typing import Any

# u uuid, s string, n number, b boolean, d date, t date-time, o object, [] list; ? optional, ~ not stated.
COMMON = "id u, inserted_at t, updated_at t?"
FIELDS = {
    "parties": COMMON
    + """, first_name s, last_name s, second_name s?, year_of_birth s, gender s, tax_id s?,
    verification_status s, educations []?, qualifications []?, specialities []?, science_degree o?, about_myself s?,
    working_experience n?""",
    "employees": COMMON
    + """, position s, status s, employee_type s~, is_active b, start_date t, end_date t?, legal_entity_id u,
    division_id u?, party_id u, status_reason s?, additional_info o?, speciality o?""",
    "divisions": COMMON
    + """, external_id s?, name s, type s, mountain_group b, phones [], email s, legal_entity_id u, location o?,
    status s, is_active b, working_hours o~, dls_id s?, dls_verified b?, addresses []""",
    "legal_entities": COMMON
    + """, name s, short_name s?, public_name s, status s, status_reason s?, type s, owner_property_type s?,
    legal_form s?, edrpou s, kveds []?, addresses [], residence_address o, phones [], email s, website s?,
    is_active b, accreditation o?""",
    "employee_roles": COMMON + ", healthcare_service_id u, employee_id u, start_date t, end_date t?, status s",
    "healthcare_services": COMMON
    + """, legal_entity_id u, division_id u, speciality_type s?, providing_condition s?, category o, type o?,
    status s, is_active b, comment s?, coverage_area []?, available_time []?, not_available []?, license_id u?""",
    "contract_divisions": """contract_id s, division_id u~, contract_status s, contract_division_status s,
    contract_start_date d, contract_end_date d, changed_at t""",
    "declarations_limit": "party_id u, declarations_limit n, declarations_count n",
}
# What the contract has and we never read: personal, or of no use.
NOT_READ = {
    "parties": {"tax_id", "educations", "qualifications", "science_degree"},
    "legal_entities": {"kveds", "accreditation"},
    "healthcare_services": {"coverage_area", "license_id"},
}
# Required by the contract, yet a row without them is taken: listed twice there, or needed by nothing of ours.
FORGIVEN = {
    ("legal_entities", "public_name"),
    ("legal_entities", "residence_address"),
    ("contract_divisions", "changed_at"),
}
OBJECTS: dict[str, Any] = {
    "science_degree": {"country": "UA", "city": "Київ", "degree": "PHD", "institution_name": "НМУ"},
    "additional_info": {
        "educations": [],
        "specialities": [{"speciality": "THERAPIST", "speciality_officio": True, "level": "FIRST"}],
    },
    "speciality": {"speciality": "THERAPIST", "speciality_officio": True, "level": "FIRST"},
    "location": {"latitude": 50.2574, "longitude": 28.6631},
    "working_hours": {"mon": [["08.00", "13.00"], ["14.00", "18.00"]], "sat": []},
    "residence_address": {"type": "RESIDENCE", "area": "ЖИТОМИРСЬКА", "settlement": "ЖИТОМИР"},
    "accreditation": {"category": "FIRST"},
    "category": {"coding": [{"system": "HEALTHCARE_SERVICE_CATEGORIES", "code": "MSP"}]},
    "type": {"coding": [{"system": "HEALTHCARE_SERVICE_TYPES", "code": "1"}], "text": "прийом"},
}
LISTS: dict[str, list[Any]] = {
    "specialities": [OBJECTS["speciality"]],
    "phones": [{"type": "LAND_LINE", "number": "+380412000317"}],
    "addresses": [OBJECTS["residence_address"]],
    "available_time": [
        {
            "days_of_week": ["mon"],
            "all_day": False,
            "available_start_time": "08:30:00",
            "available_end_time": "17:00:00",
        }
    ],
    "not_available": [
        {"description": "ремонт", "during": {"start": "2026-03-02T08:00:00Z", "end": "2026-03-03T08:00:00Z"}}
    ],
}
SAMPLES = {
    "u": "6b0d549b-6f03-475a-9600-a35a099950d8",
    "s": "ТЕКСТ",
    "n": 17,
    "b": True,
    "d": "2026-03-02",
    "t": "2026-03-02T09:41:07.000Z",
}
# A company's register number has eight digits; anything else in that field is dropped as a possible tax id.
NAMED_SAMPLES = {"edrpou": "38765432"}
# A value that no reading of the type can take.
IMPOSSIBLE = {"u": [], "s": {}, "n": "багато", "b": "perhaps", "d": "незабаром", "t": 7, "o": 5, "[]": "x"}


def fields_of(feed: str) -> dict[str, tuple[str, bool]]:
    """Field name -> its type letter and whether a row must have it."""
    found = re.findall(r"(\w+) (u|s|n|b|d|t|o|\[\])([?~]?)", FIELDS[feed])
    return {name: (kind, not mark and (feed, name) not in FORGIVEN) for name, kind, mark in found}


def full_row(feed: str) -> dict[str, Any]:
    """A row with every field of the contract."""
    return {name: _sample(name, kind) for name, (kind, _) in fields_of(feed).items()}


def _sample(name: str, kind: str) -> Any:
    if kind == "o":
        return OBJECTS[name]
    return LISTS.get(name, []) if kind == "[]" else NAMED_SAMPLES.get(name, SAMPLES[kind])
