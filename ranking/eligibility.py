"""Patient and doctor: which officio specialities may register whom."""

from directory.specialities import specialities_for_age


def may_register(speciality: str | None, age: int) -> bool:
    """A doctor of this officio speciality may hold the declaration of a patient of `age` whole years (rules §5.1)."""
    return speciality in specialities_for_age(age)
