"""Russian spellings of Ukrainian names and all their Russian case forms («к Шевчуку», «у Ивановой», «в Одессе»)."""

from directory.declension.composing import agreeing_forms, clean, each_once, forms_of_name, split_parts
from directory.declension.given_names import given_name_entries
from directory.declension.patronymics import russian_patronymics
from directory.declension.russian_spelling import plain_letters, roots, russian_place, russian_surnames
from directory.declension.tables import Pattern, tables
from directory.declension.ukrainian_names import Gender


def russian_given(name: str, gender: Gender) -> tuple[str, ...]:
    """Likely Russian spellings of a Ukrainian given name: from the list of names, else by rule."""
    word = clean(name)
    entry = given_name_entries().get(word)
    if entry and entry.gender == gender:
        return entry.russian
    return (
        tuple(dict.fromkeys(plain_letters(reading) for reading in roots("given_roots").readings(word))) if word else ()
    )


def russian_surname_forms(surname: str, gender: Gender) -> tuple[str, ...]:
    """All cases of the likely Russian spellings of a Ukrainian surname, each once, the likeliest name first."""
    table = tables("russian")["men" if gender == "MALE" else "women"]
    return each_once(forms_of_name(form, table.pattern) for form in russian_surnames(surname, gender))


def russian_given_forms(name: str, gender: Gender) -> tuple[str, ...]:
    """All cases of the likely Russian spellings of a Ukrainian given name, each once, the likeliest name first."""
    table = tables("russian")["given_men" if gender == "MALE" else "given_women"]
    return each_once(forms_of_name(form, table.pattern) for form in russian_given(name, gender))


def russian_patronymic_forms(name: str, gender: Gender) -> tuple[str, ...]:
    """All cases of the likely Russian spellings of a Ukrainian patronymic, each once."""
    table = tables("russian")["patronymic_men" if gender == "MALE" else "patronymic_women"]
    return each_once(forms_of_name(form, table.pattern) for form in russian_patronymics(name, gender))


def russian_place_forms(name: str, category: str) -> tuple[str, ...]:
    """All cases of the likely Russian spellings of a Ukrainian place name, each once, the likeliest name first."""
    return each_once(map(russian_word_forms, russian_place(name, category)))


def russian_word_forms(spelling: str) -> tuple[str, ...]:
    """All cases of a place name that is spelt in Russian already, normalised, the nominative first."""
    spelling = clean(spelling)
    parts, joints = split_parts(spelling)
    if not joints:
        return _place_pattern(parts, joints, 0).forms(spelling)
    return agreeing_forms([(part, _place_pattern(parts, joints, at)) for at, part in enumerate(parts)], joints)


def _place_pattern(parts: list[str], joints: list[str], at: int) -> Pattern:
    kinds = tables("russian")
    word = parts[at]
    last = at == len(parts) - 1
    first_of_compound = not last and joints[at] == "-" and word.endswith(("о", "е"))
    if first_of_compound or (at and parts[at - 1].isdigit()):
        return kinds["unchanged"].pattern(word)
    if at and word.endswith("ие"):
        return kinds["adjective"].pattern(word)
    return kinds["place"].pattern(word)
