"""The registry joined: places of work and persons, streamed in order, never all rows in memory at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from directory.places import Gazetteer
from esoz.rows import (
    ContractDivisionRow,
    DeclarationsLimitRow,
    DivisionRow,
    EmployeeRoleRow,
    EmployeeRow,
    HealthcareServiceRow,
    LegalEntityRow,
    PartyRow,
)
from esoz.stream import BadRow
from indexer.places_of_work import Facility, PlaceOfWork, describe_facility, describe_place
from indexer.quarantine import JOINING, put_rows
from indexer.registry import Registry
from indexer.snapshot import Person, Post, Role, Snapshot
from indexer.stored import row_decoder

_FETCHED_AT_ONCE = 2_000

_PLACES = """
SELECT d.body, d.legal_entity_id, s.bodies, c.bodies
FROM divisions d
LEFT JOIN (SELECT division_id, list(body ORDER BY key) AS bodies FROM healthcare_services GROUP BY ALL) s
    ON s.division_id = d.key
LEFT JOIN (SELECT division_id, list(body ORDER BY key) AS bodies FROM contract_divisions GROUP BY ALL) c
    ON c.division_id = d.key
{where}
ORDER BY d.key"""

_PERSONS = """
SELECT e.party_id, p.body, p.person IN (SELECT person FROM parties GROUP BY person HAVING count(*) > 1) AS twin,
       l.body, e.body, r.roles
FROM employees e
JOIN parties p ON p.key = e.party_id
LEFT JOIN declarations_limit l ON l.key = e.party_id
LEFT JOIN (
    SELECT r.employee_id, list([r.body, s.body] ORDER BY r.key) AS roles
    FROM employee_roles r LEFT JOIN healthcare_services s ON s.key = r.healthcare_service_id GROUP BY ALL
) r ON r.employee_id = e.key
{where}
ORDER BY e.party_id, e.key"""


@dataclass(frozen=True, slots=True)
class Directory:
    """All places of work by division id and all facilities by legal entity id."""

    places: Mapping[str, PlaceOfWork]
    facilities: Mapping[str, Facility]


def read_directory(registry: Registry, gazetteer: Gazetteer, snapshot: Snapshot) -> Directory:
    """Every division and legal entity of the registry, described; ordered by id."""
    decode_facility = row_decoder(LegalEntityRow)
    facilities: dict[str, Facility] = {}
    for (body,) in _fetch(registry, "SELECT body FROM legal_entities ORDER BY key"):
        facility = describe_facility(decode_facility(body))
        facilities[facility.part.id] = facility
    decode_division, decode_service = row_decoder(DivisionRow), row_decoder(HealthcareServiceRow)
    decode_contract = row_decoder(ContractDivisionRow)
    places: dict[str, PlaceOfWork] = {}
    for body, legal_entity_id, services, contracts in _fetch(registry, _PLACES.format(where="")):
        place = describe_place(
            decode_division(body),
            facilities.get(legal_entity_id),
            contracts=[decode_contract(contract) for contract in contracts or ()],
            services=map(decode_service, services or ()),
            gazetteer=gazetteer,
            day=snapshot.day_of("contract_divisions"),
        )
        places[place.id] = place
    return Directory(places, facilities)


def read_persons(registry: Registry) -> Iterator[Person]:
    """Every party with its employments and their roles, by party id; employments of unknown parties are left out (see
    `quarantine_orphans`)."""
    decode_party, decode_limit = row_decoder(PartyRow), row_decoder(DeclarationsLimitRow)
    decode_employee, decode_role = row_decoder(EmployeeRow), row_decoder(EmployeeRoleRow)
    decode_service = row_decoder(HealthcareServiceRow)
    rows = _fetch(registry, _PERSONS.format(where=""))
    for _, group in groupby(rows, key=lambda row: row[0]):
        posts = []
        for row in group:
            party, twin, limit, employee, roles = row[1:]
            posts.append(
                Post(
                    decode_employee(employee),
                    tuple(
                        Role(decode_role(role), decode_service(service) if service else None)
                        for role, service in roles or ()
                    ),
                )
            )
        yield Person(
            party=decode_party(party),
            limit=decode_limit(limit) if limit else None,
            posts=tuple(posts),
            possible_duplicate=bool(twin),
        )


def quarantine_orphans(registry: Registry, now: datetime) -> int:
    """Puts employments of parties that upstream does not list into the quarantine, since nobody can be shown without a
    name; gives their number."""
    orphans = [
        BadRow("employees", key, "party_unknown", "the feed of parties has no such party", body.encode())
        for key, body in _fetch(
            registry, "SELECT key, body FROM employees e ANTI JOIN parties p ON p.key = e.party_id ORDER BY key"
        )
    ]
    put_rows(registry.connection, "employees", orphans, now=now, full=True, found_by=JOINING)
    return len(orphans)


def _fetch(registry: Registry, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = registry.connection.cursor()
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(_FETCHED_AT_ONCE):
            yield from rows
    finally:
        cursor.close()
