"""A lexicon of made-up proportions: large cities first, many small places."""

from random import Random

from loadtests.lexicon import KnownDoctor, Lexicon, PlaceOfCare

_SYLLABLES = ("ко", "ва", "лен", "бон", "дар", "мель", "шев", "чук", "по", "ліс", "тим", "гри", "ни", "ха")


def a_lexicon(places: int = 300, doctors: int = 500) -> Lexicon:
    """The same lexicon for the same sizes; the first 40 places are cities."""
    rng = Random(5)
    return Lexicon(
        places=tuple(
            PlaceOfCare(
                name=f"Місто {number}",
                settlement_type="CITY" if number < 40 else "VILLAGE",
                lat=round(rng.uniform(46, 51), 5),
                lon=round(rng.uniform(24, 37), 5),
                spread_km=4.0 if number < 40 else 1.0,
                divisions=max(1, 200 // (number + 1)),
            )
            for number in range(places)
        ),
        doctors=tuple(
            KnownDoctor(
                last_name="".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize(),
                first_name=rng.choice(("Олена", "Петро")),
                second_name=None,
                speciality=rng.choice(("FAMILY_DOCTOR", "THERAPIST")),
                place=min(int(rng.expovariate(0.05)), places - 1),
            )
            for _ in range(doctors)
        ),
        specialities=("FAMILY_DOCTOR", "PEDIATRICIAN", "THERAPIST", "CARDIOLOGIST", "NEUROLOGIST", "SURGEON"),
        facility_words=("амбулаторія", "поліклініка"),
    )
