"""Which parts of a stored document come back with a hit: what a card shows, not what only serves the search."""

DOCTOR_SOURCE = {
    "excludes": [
        "name.surname*", "name.given*", "name.patronymic*", "name.typing*", "facility", "hours.open", "tie", "sources",
    ]
}  # fmt: skip
FACILITY_SOURCE = {"excludes": ["facility", "hours.open", "tie", "sources"]}
