# ruff: noqa: S608 -- feed and column names in the queries are constants of this package, never input
"""Which documents a change of the registry touches: the question a delta asks before it writes.

Capacity, names and other places belong to the person, so whatever touches one employment touches all employments of the
same person; whatever touches a doctor touches the facilities that count him. Both the rows before and after a change
count: who moved changes the place that is left. The answer may hold a document too many, never one too few.
"""

from collections.abc import Sequence

from indexer.registry import Registry

# Persons by what changed: `c` are the noted changes of one feed.
_PERSONS = {
    "parties": "SELECT party_id FROM c",
    "declarations_limit": "SELECT party_id FROM c",
    "employees": "SELECT party_id FROM c",
    "divisions": """
        SELECT party_id FROM employees WHERE division_id IN (SELECT division_id FROM c)
        UNION SELECT e.party_id FROM employees e JOIN employee_roles r ON r.employee_id = e.key
            JOIN healthcare_services s ON s.key = r.healthcare_service_id
            WHERE s.division_id IN (SELECT division_id FROM c)""",
    "legal_entities": """
        SELECT party_id FROM employees WHERE legal_entity_id IN (SELECT legal_entity_id FROM c)
        UNION SELECT e.party_id FROM employees e JOIN divisions d ON d.key = e.division_id
            WHERE d.legal_entity_id IN (SELECT legal_entity_id FROM c)""",
    "employee_roles": "SELECT party_id FROM employees WHERE key IN (SELECT employee_id FROM c)",
    "healthcare_services": """
        SELECT e.party_id FROM employees e JOIN employee_roles r ON r.employee_id = e.key
            WHERE r.healthcare_service_id IN (SELECT healthcare_service_id FROM c)
        UNION SELECT party_id FROM employees WHERE division_id IN (SELECT division_id FROM c)""",
    "contract_divisions": "SELECT party_id FROM employees WHERE division_id IN (SELECT division_id FROM c)",
}
_PLACES = {
    "divisions": "SELECT key AS division_id FROM c",
    "legal_entities": "SELECT key FROM divisions WHERE legal_entity_id IN (SELECT legal_entity_id FROM c)",
    "healthcare_services": "SELECT division_id FROM c",
    "contract_divisions": "SELECT division_id FROM c",
    "employees": "SELECT division_id FROM c",
}


def touched_employees(registry: Registry, feed: str, keys: Sequence[str] | None = None) -> list[str]:
    """Ids of the employees whose documents the last reading of `feed` touches, ordered; `keys` narrows it to the
    changes of those rows. Documents of employees that are gone are among them: they are to be deleted."""
    return _ids(
        registry,
        feed,
        keys,
        f"SELECT key FROM employees WHERE party_id IN ({_PERSONS[feed]})"
        " UNION SELECT employee_id FROM c WHERE feed = 'employees'",
    )


def touched_divisions(registry: Registry, feed: str, keys: Sequence[str] | None = None) -> list[str]:
    """Ids of the divisions whose documents the last reading of `feed` touches, ordered; `keys` as above."""
    counted = f"""
        SELECT division_id FROM employees WHERE party_id IN ({_PERSONS[feed]})
        UNION SELECT s.division_id FROM healthcare_services s JOIN employee_roles r ON r.healthcare_service_id = s.key
            JOIN employees e ON e.key = r.employee_id AND e.division_id IS NULL
            WHERE e.party_id IN ({_PERSONS[feed]})"""
    own = f" UNION ({_PLACES[feed]})" if feed in _PLACES else ""
    return _ids(registry, feed, keys, counted + own)


def _ids(registry: Registry, feed: str, keys: Sequence[str] | None, query: str) -> list[str]:
    changes = "SELECT * FROM changes WHERE feed = $1 AND ($2 IS NULL OR list_contains($2, key))"
    found = registry.connection.execute(
        f"WITH c AS ({changes}) SELECT DISTINCT * FROM ({query}) AS found(id) WHERE id IS NOT NULL ORDER BY id",
        [feed, None if keys is None else list(keys)],
    )
    return [row[0] for row in found.fetchall()]
