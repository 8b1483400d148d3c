"""The dictionaries front ends fill their filters with, in both languages."""

from functools import lru_cache
from typing import Any

from directory.specialities import specialities
from search_api.errors import NotFound
from search_api.texts import labels

_GROUPS = {
    "capacity-states": "capacity",
    "genders": "gender",
    "kinds": "kind",
    "division-types": "division_type",
    "location-precisions": "location_precision",
    "speciality-levels": "speciality_level",
    "owner-property-types": "owner_property_type",
    "inactive-reasons": "inactive_reason",
}
NAMES = ("specialities", *_GROUPS)


@lru_cache(maxsize=len(NAMES))
def read_dictionary(name: str) -> dict[str, Any]:
    """All values of one dictionary, see `Dictionary`; raises NotFound."""
    if name == "specialities":
        return {"name": name, "values": _specialities()}
    if name not in _GROUPS:
        raise NotFound
    values = [{"code": code, "uk": texts["uk"], "en": texts["en"]} for code, texts in labels(_GROUPS[name]).items()]
    return {"name": name, "values": values}


def _specialities() -> list[dict[str, Any]]:
    return [
        {
            "code": info.code,
            "uk": info.uk,
            "en": info.en,
            "primary_care": info.is_primary_care,
            "min_age": (info.min_age or 0) if info.is_primary_care else None,
            "max_age": info.max_age,
        }
        for info in specialities().values()
    ]
