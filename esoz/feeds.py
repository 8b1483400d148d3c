"""The eight bulk feeds in loading order: names, rows, keys (domain rules §2); and the lists read like them."""

from dataclasses import dataclass
from typing import Any

from esoz import messages, rows


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed. `key` are the fields that identify a row; `has_depth`: can days of changes be asked for."""

    name: str
    row_type: type[Any]
    key: tuple[str, ...] = ("id",)
    has_depth: bool = True

    def key_of(self, row: Any) -> str:
        """The identity of a row in one string; parts that are absent are empty."""
        return "|".join(str(getattr(row, name) or "") for name in self.key)


FEEDS: dict[str, Feed] = {
    feed.name: feed
    for feed in (
        Feed("legal_entities", rows.LegalEntityRow),
        Feed("divisions", rows.DivisionRow),
        Feed("parties", rows.PartyRow),
        Feed("employees", rows.EmployeeRow),
        Feed("healthcare_services", rows.HealthcareServiceRow),
        Feed("employee_roles", rows.EmployeeRoleRow),
        Feed("contract_divisions", rows.ContractDivisionRow, key=("contract_id", "division_id")),
        Feed("declarations_limit", rows.DeclarationsLimitRow, key=("party_id",), has_depth=False),
    )
}

# Lists that are read row by row like feeds, though they are none.
EVENTS = Feed("events", messages.Event, has_depth=False)
DICTIONARIES = Feed("dictionaries", messages.Dictionary, key=("name",), has_depth=False)
REGIONS = Feed("regions", messages.Region, has_depth=False)
DISTRICTS = Feed("districts", messages.District, has_depth=False)
SETTLEMENTS = Feed("settlements", messages.Settlement, has_depth=False)
STREETS = Feed("streets", messages.Street, has_depth=False)
