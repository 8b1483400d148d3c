"""From lexicons and word files to the entries of the vocabulary: every phrase with what it may mean."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import log2

from directory.declension import (
    colloquial_oblast_nouns,
    given_forms,
    given_name_entries,
    oblast_forms,
    patronymic_forms,
    place_forms,
    russian_given_forms,
    russian_patronymic_forms,
    russian_place_forms,
    surname_forms,
)
from directory.places import NameKind, Place
from directory.places.streets import street_types
from directory.specialities import specialities
from directory.text import sound_key
from ranking.understanding.lexicons import Lexicons, NameLexicon
from ranking.understanding.reading import TakenAs
from ranking.understanding.typed import words_of, words_of_normal
from ranking.understanding.vocabulary import How, Meaning
from ranking.understanding.word_files import (
    facility_phrases,
    ordinary_words,
    out_of_domain_phrases,
    small_words,
    speciality_phrases,
    time_words,
    wish_phrases,
)

# What a word costs beside its neighbours: a common surname is likelier than a rare one, a city than a village.
_RAREST_SURNAME, _COMMON_SURNAME, _A_DOUBLING = 0.75, 0.15, 0.12
_GIVEN, _PATRONYMIC, _SHORT_GIVEN = 0.2, 0.0, 0.8
_FACILITY_WORD = 1.4
# Cities of so many people are written with a few letters and a dot.
_SHORTENED_CITY = 25_000
_OUT_OF_DOMAIN, _DOUBTFUL_TIME = 0.3, 0.5
# A word of everyday talk is dearer than any name that is spelt just so, and keeps slips from being looked for.
_ORDINARY, _ORDINAL = 1.1, 0.2

_HOW = {
    NameKind.OFFICIAL: How.LEMMA,
    NameKind.SHORT: How.SHORT,
    NameKind.RUSSIAN: How.RUSSIAN,
    NameKind.FORMER: How.FORMER,
    NameKind.LATIN: How.OTHER,
    NameKind.ALTERNATE: How.OTHER,
}
_TAKEN_AS = {
    **dict.fromkeys("KMXC", TakenAs.PLACE),
    **dict.fromkeys("OPH", TakenAs.REGION),
    **dict.fromkeys("BQ", TakenAs.DISTRICT),
}
_UKRAINIAN_KINDS = (NameKind.OFFICIAL, NameKind.SHORT, NameKind.FORMER)


# GeoNames has «Шевченківський район» beside the name itself; the word is a marker of its own here.
_DISTRICT_WORDS = (" район", " raion", " rayon")

Entry = tuple[str, Meaning]


def vocabulary_entries(lexicons: Lexicons) -> Iterator[Entry]:
    """All entries, the plainest meanings of a phrase first."""
    yield from word_file_entries()
    yield from _place_entries(lexicons)
    yield from _name_entries(lexicons.names)
    for word in lexicons.facility_words:
        if len(word) > 1 and not word.isdigit():
            yield from _phrase(word, Meaning(TakenAs.FACILITY_WORD, word, How.LEMMA, _FACILITY_WORD))


def word_file_entries() -> Iterator[Entry]:
    """The entries of the word files, which hold for every index."""
    shared: dict[tuple[TakenAs, object, float], Meaning] = {}

    def meaning(taken_as: TakenAs, value: object, doubt: float = 0.0) -> Meaning:
        shortened = taken_as in (TakenAs.SPECIALITY, TakenAs.FACILITY_KIND)
        return shared.setdefault((taken_as, value, doubt), Meaning(taken_as, value, How.LEMMA, doubt, shortened))

    for phrase, codes in speciality_phrases().items():
        for code in codes:
            yield from _phrase(phrase, meaning(TakenAs.SPECIALITY, code))
    for info in specialities().values():
        yield from _phrase(info.en, meaning(TakenAs.SPECIALITY, info.code))
    for phrase, code in facility_phrases().items():
        yield from _phrase(phrase, meaning(TakenAs.FACILITY_KIND, code))
    for phrase, wish in wish_phrases().items():
        yield from _phrase(phrase, meaning(TakenAs.WISH, wish))
    for phrase, code in out_of_domain_phrases().items():
        yield from _phrase(phrase, meaning(TakenAs.OUT_OF_DOMAIN, code, _OUT_OF_DOMAIN))
    yield from _time_entries(meaning)
    small, streets = small_words(), street_types()
    for kind, words in (
        ("before_place", small.before_place),
        ("negation", small.negations),
        ("filler", small.fillers | small.conjunctions | small.prepositions),
    ):
        for word in words:
            # «вулиця» says that a street follows.
            if word not in streets:
                yield from _phrase(word, meaning(TakenAs.FILLER, kind))
    for word in ordinary_words():
        yield from _phrase(word, meaning(TakenAs.NOT_UNDERSTOOD, "ordinary", _ORDINARY))
    for word, number in small.ordinals.items():
        yield from _phrase(word, meaning(TakenAs.FACILITY_NUMBER, str(number), _ORDINAL))
    for word, categories in small.marker_before.items():
        yield from _phrase(word, meaning(TakenAs.PLACE_MARKER, ("before", categories)))
    for word, categories in small.marker_after.items():
        yield from _phrase(word, meaning(TakenAs.PLACE_MARKER, ("after", categories)))


def _time_entries(meaning: Callable[..., Meaning]) -> Iterator[Entry]:
    times = time_words()
    for kind, phrases in (
        ("day", times.days),
        ("part", times.parts),
        ("open", times.open),
        ("before_clock", times.before_clock),
        ("half", times.halves),
        ("hour", times.hours),
        ("in_minutes", times.in_minutes),
    ):
        for phrase, value in phrases.items():
            doubt = _DOUBTFUL_TIME if phrase in times.doubtful or kind in ("before_clock", "half", "hour") else 0.0
            yield from _phrase(phrase, meaning(TakenAs.TIME, (kind, value), doubt))


def _phrase(text: str, meaning: Meaning) -> Iterator[Entry]:
    words = words_of(text)
    if words:
        yield " ".join(words), meaning


def _place_entries(lexicons: Lexicons) -> Iterator[Entry]:
    """Names of one spelling and kind are one meaning: the places it may be, decided later by what stands around it."""
    groups: dict[tuple[str, TakenAs, How], list[Place]] = defaultdict(list)
    kinds: dict[tuple[str, TakenAs, How], tuple[str, NameKind, str]] = {}
    for name in lexicons.places.names():
        taken_as, how = _TAKEN_AS[name.place.category], _HOW[name.kind]
        spelling = name.spelling if name.spelling.isalpha() else " ".join(words_of_normal(name.spelling))
        if not spelling or (name.kind is NameKind.LATIN and _sounds(spelling) == _sounds(name.place.name)):
            continue
        if taken_as is TakenAs.DISTRICT and spelling.endswith(_DISTRICT_WORDS):
            continue
        key = (spelling, taken_as, how)
        # The names of one place come one after the other.
        places = groups[key]
        if not places or places[-1] is not name.place:
            places.append(name.place)
            # An oblast has case forms and Russian ones of its own: it goes before a hromada of the same name.
            if key not in kinds or name.place.category == "O":
                kinds[key] = (name.text, name.kind, name.place.category)
    for key, places in groups.items():
        spelling, taken_as, how = key
        text, kind, category = kinds[key]
        found = tuple(places)
        shortened = how is How.LEMMA and any(
            place.category == "O" or (place.population or 0) >= _SHORTENED_CITY for place in places
        )
        yield spelling, Meaning(taken_as, found, how, 0.0, shortened)
        if kind is NameKind.LATIN:
            continue
        inflected = Meaning(taken_as, found, max(how, How.FORM))
        for form in _place_case_forms(text, kind, category):
            if form != spelling:
                yield form, inflected
    for noun, oblast, forms in _colloquial_oblasts(lexicons):
        yield noun, Meaning(TakenAs.REGION, (oblast,), How.SHORT)
        inflected = Meaning(TakenAs.REGION, (oblast,), How.SHORT)
        for form in forms:
            yield form, inflected


def _place_case_forms(text: str, kind: NameKind, category: str) -> list[str]:
    forms: list[str] = []
    if category == "O":
        forms += oblast_forms(text)
    elif kind in _UKRAINIAN_KINDS:
        forms += place_forms(text, category)
    if kind is NameKind.OFFICIAL and category in "KMXCBQP":
        forms += russian_place_forms(text, category)
    elif kind is NameKind.FORMER:
        forms += place_forms(text, category)
    elif kind is NameKind.RUSSIAN:
        forms += russian_place_forms(text, category)
    return list(_spelt(forms)) if "-" in "".join(forms[:1]) else forms


def _spelt(forms: Iterable[str]) -> Iterator[str]:
    """Forms as phrases: a hyphen divides words."""
    return (form.replace("-", " ") if "-" in form else form for form in forms)


def _colloquial_oblasts(lexicons: Lexicons) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    oblasts = {name.place.name: name.place for name in lexicons.places.names() if name.place.category in "OK"}
    for name, forms in colloquial_oblast_nouns().items():
        if name in oblasts:
            spelt = tuple(_spelt(forms))
            yield spelt[0], oblasts[name], spelt[1:]


def _name_entries(names: NameLexicon) -> Iterator[Entry]:
    for surname in names.surnames:
        doubt = max(_RAREST_SURNAME - _A_DOUBLING * log2(names.surnames.count(surname) + 1), _COMMON_SURNAME)
        forms = [form for gender in names.genders_of(surname) for form in surname_forms(surname, gender)]
        yield from _inflected(surname, TakenAs.SURNAME, doubt, forms)
    entries = given_name_entries()
    for given in names.given:
        genders = names.genders_of(given)
        yield from _inflected(
            given, TakenAs.GIVEN_NAME, _GIVEN, [form for gender in genders for form in given_forms(given, gender)]
        )
        russian = Meaning(TakenAs.GIVEN_NAME, given, How.RUSSIAN, _GIVEN)
        for gender in genders:
            for form in _spelt(russian_given_forms(given, gender)):
                yield form, russian
        entry = entries.get(given)
        if entry is not None:
            short = Meaning(TakenAs.GIVEN_NAME, given, How.SHORT, _SHORT_GIVEN)
            for name in (*entry.variants, *entry.short):
                for form in _spelt(given_forms(name, entry.gender)):
                    yield form, short
    for patronymic in names.patronymics:
        genders = names.genders_of(patronymic)
        forms = [form for gender in genders for form in patronymic_forms(patronymic, gender)]
        yield from _inflected(patronymic, TakenAs.PATRONYMIC, _PATRONYMIC, forms)
        russian = Meaning(TakenAs.PATRONYMIC, patronymic, How.RUSSIAN, _PATRONYMIC)
        for gender in genders:
            for form in _spelt(russian_patronymic_forms(patronymic, gender)):
                yield form, russian


def _inflected(name: str, taken_as: TakenAs, doubt: float, forms: Iterable[str]) -> Iterator[Entry]:
    spelling = name.replace("-", " ")
    yield spelling, Meaning(taken_as, name, How.LEMMA, doubt)
    inflected = Meaning(taken_as, name, How.FORM, doubt)
    for form in _spelt(forms):
        if form != spelling:
            yield form, inflected


def _sounds(text: str) -> str:
    return " ".join(sound_key(word) for word in words_of(text))
