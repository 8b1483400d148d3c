"""Wishes: what a patient would like. They score and never remove a doctor; facts that must hold are in `intent`."""

from dataclasses import dataclass

MINUTES_A_WEEK = 7 * 24 * 60


def check_minute(minute: int | None) -> None:
    """Raises ValueError for what is no minute of a week."""
    if minute is not None and not 0 <= minute < MINUTES_A_WEEK:
        raise ValueError(f"open_at is a minute of the week, 0 to {MINUTES_A_WEEK - 1}")


@dataclass(frozen=True, slots=True)
class FacilityOf:
    """Where a given doctor works: ids of the division and of its legal entity, None where unknown."""

    division_id: str | None = None
    legal_entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """None = not wished for.

    `gender`: MALE or FEMALE of the doctor. `open_at`: minute of the week, Monday 00:00 = 0. `facility_of`: the places
    of a doctor one knows. `language`: ISO 639-1; the register holds no languages of doctors, so it never scores.
    """

    gender: str | None = None
    open_at: int | None = None
    facility_of: FacilityOf | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        check_minute(self.open_at)


NO_WISHES = Wishes()
