"""Case forms as people write them in queries, by patterns of our own: specialities, names, settlements.

Not taken from the product's declension, so that a mistake there shows. Words whose forms no simple pattern gives come
back as None and are not asked for: a wrong form nobody writes would test nothing.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "case_forms.toml"
_VOWELS = "аеєиіїоуюя"


class Case(StrEnum):
    """The cases queries are written in."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    LOCATIVE = "locative"


_ORDER = tuple(Case)
# (ending of the nominative, what is put in its place in the five cases); the first that fits decides.
_MASCULINE = (
    ("ий", ("ого", "ому", "ого", "им", "ому")),
    ("ній", ("нього", "ньому", "нього", "нім", "ньому")),
    ("ій", ("ія", "ієві", "ія", "ієм", "ієві")),
    ("ай", ("ая", "аю", "ая", "аєм", "аєві")),
    ("ей", ("ея", "ею", "ея", "еєм", "еєві")),
    ("ко", ("ка", "кові", "ка", "ком", "кові")),
    ("ло", ("ла", "лові", "ла", "лом", "лові")),
    ("ро", ("ра", "рові", "ра", "ром", "рові")),
    ("ович", ("овича", "овичу", "овича", "овичем", "овичу")),
    ("євич", ("євича", "євичу", "євича", "євичем", "євичу")),
    ("ов", ("ова", "ову", "ова", "овим", "ову")),
    ("ев", ("ева", "еву", "ева", "евим", "еву")),
    ("єв", ("єва", "єву", "єва", "євим", "єву")),
    ("ін", ("іна", "іну", "іна", "іним", "іну")),
    ("їн", ("їна", "їну", "їна", "їним", "їну")),
    ("аль", ("аля", "алю", "аля", "алем", "алеві")),
    ("ель", ("еля", "елю", "еля", "елем", "елеві")),
)
_HARD = ("а", "у", "а", "ом", "ові")
_FEMININE = (
    ("ька", ("ької", "ькій", "ьку", "ькою", "ькій")),
    ("ова", ("ової", "овій", "ову", "овою", "овій")),
    ("ева", ("евої", "евій", "еву", "евою", "евій")),
    ("єва", ("євої", "євій", "єву", "євою", "євій")),
    ("іна", ("іної", "іній", "іну", "іною", "іній")),
    ("їна", ("їної", "їній", "їну", "їною", "їній")),
)
_NOUN_A = (
    ("ка", ("ки", "ці", "ку", "кою", "ці")),
    ("га", ("ги", "зі", "гу", "гою", "зі")),
    ("ха", ("хи", "сі", "ху", "хою", "сі")),
    ("ія", ("ії", "ії", "ію", "ією", "ії")),
    ("я", ("і", "і", "ю", "ею", "і")),
    ("ша", ("ші", "ші", "шу", "шею", "ші")),
    ("ча", ("чі", "чі", "чу", "чею", "чі")),
    ("жа", ("жі", "жі", "жу", "жею", "жі")),
    ("ща", ("щі", "щі", "щу", "щею", "щі")),
    ("а", ("и", "і", "у", "ою", "і")),
)
# Settlements: (ending, genitive, locative); None where the pattern gives no sure form.
_PLACES: tuple[tuple[str, str | None, str], ...] = (
    ("ське", "ського", "ському"), ("цьке", "цького", "цькому"), ("зьке", "зького", "зькому"), ("не", "ного", "ному"),
    ("ве", "вого", "вому"), ("ий", "ого", "ому"), ("ська", "ської", "ській"), ("цька", "цької", "цькій"),
    ("ка", "ки", "ці"), ("га", "ги", "зі"), ("ха", "хи", "сі"), ("ія", "ії", "ії"), ("ця", "ці", "ці"), ("я", "і", "і"),
    ("ша", "ші", "ші"), ("а", "и", "і"), ("їв", "єва", "єві"), ("чів", "чева", "чеві"), ("жів", "жева", "жеві"),
    ("ів", "ова", "ові"), ("піль", "поля", "полі"), ("ськ", "ська", "ську"), ("цьк", "цька", "цьку"),
    ("град", "града", "граді"), ("город", "города", "городі"), ("ки", None, "ках"), ("чі", None, "чах"),
    ("ці", None, "цях"),
    ("ани", None, "анах"), ("ари", None, "арах"), ("ори", None, "орах"), ("и", None, "ах"), ("жжя", "жжя", "жжі"),
    ("но", "на", "ні"), ("ро", "ра", "рі"), ("ин", "ина", "ині"), ("ір", "ора", "орі"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Mapping[str, list[str]]]:
    with _FILE.open("rb") as file:
        return dict(tomllib.load(file))


def speciality_in(case: Case, name: str) -> str:
    """«сімейний лікар» → «сімейного лікаря»: adjectives and the first noun change, what follows the noun stays."""
    done, forms = False, []
    for word in name.split():
        if done:
            forms.append(word)
        elif word == "лікар":
            forms.append(dict(zip(_ORDER, ("лікаря", "лікарю", "лікаря", "лікарем", "лікарю"), strict=True))[case])
            done = True
        else:
            parts = [_ended(case, part, _MASCULINE) or part + _hard(case) for part in word.split("-")]
            forms.append("-".join(parts))
            done = not word.endswith(("ий", "ій"))
    return " ".join(forms)


def surname_in(case: Case, surname: str, gender: str) -> str | None:
    """The surname of a man or woman in a case, both parts of a double one; None where no pattern is sure.

    A woman's surname in -ко or a consonant stays as it is.
    """
    forms = [_surname_part(case, part, gender) for part in surname.split("-")]
    return None if None in forms else "-".join(str(form) for form in forms)


def given_in(case: Case, name: str, gender: str) -> str | None:
    """A given name in a case; None where no pattern is sure."""
    known = _known()["given"].get(name)
    if known is not None:
        return known[_ORDER.index(case)]
    if name.endswith(("а", "я")):
        return _ended(case, name, _NOUN_A)
    return _masculine(case, name) if gender == "MALE" and not name.endswith(("р", "ь", "в")) else None


def patronymic_in(case: Case, name: str) -> str | None:
    """A patronymic in a case; None for the few of other types."""
    if name.endswith("ович"):
        return _masculine(case, name)
    if name.endswith(("івна", "ївна")):
        return _ended(case, name, _NOUN_A)
    return None


def place_in(case: Case, name: str) -> str | None:
    """A settlement in the genitive or locative; None for names of several words and where no pattern is sure."""
    known = _known()["places"].get(name)
    if known is not None:
        return known[0] if case is Case.GENITIVE else known[1]
    if " " in name or "-" in name:
        return None
    for ending, genitive, locative in sorted(_PLACES, key=lambda row: -len(row[0])):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            found = genitive if case is Case.GENITIVE else locative
            return None if found is None else name[: -len(ending)] + found
    return None


def area_of(name: str) -> str:
    """«Житомирська область» → «Житомирської області», «Бердичівський район» → «Бердичівського району»."""
    adjective, kind = name.rsplit(" ", 1)
    if kind == "область":
        return f"{adjective[:-1]}ої області"
    return f"{adjective[:-2]}ого району"


def _surname_part(case: Case, part: str, gender: str) -> str | None:
    if gender == "FEMALE":
        found = _ended(case, part, _FEMININE)
        if found is not None:
            return found
        if part.endswith(("ча", "жа", "ша", "ща", "ця")):
            return None
        return _ended(case, part, _NOUN_A) or part
    if part.endswith(("а", "я")):
        return None if part.endswith(("ча", "жа", "ша", "ща", "ця")) else _ended(case, part, _NOUN_A)
    return _masculine(case, part)


def _masculine(case: Case, word: str) -> str | None:
    found = _ended(case, word, _MASCULINE)
    if found is not None:
        return found
    vowels = [letter for letter in word.lower() if letter in _VOWELS]
    unsure = word.endswith(
        ("ь", "ець", "єць", "ок", "ек", "ів", "їв", "ар", "яр", "ир", "ер", "о", "е", "и", "і", "у", "ень")
    )
    # «і» of a closed syllable may become «о»: «Кривоніс, Кривоноса».
    if unsure or not vowels or (vowels[-1] in "іїе" and not word.endswith(("евт", "ент", "ег", "іст", "ід"))):
        return None
    return word + _hard(case)


def _hard(case: Case) -> str:
    return _HARD[_ORDER.index(case)]


def _ended(case: Case, word: str, table: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    for ending, forms in table:
        if re.search(rf"(?i){ending}$", word) and len(word) > len(ending):
            return word[: -len(ending)] + forms[_ORDER.index(case)]
    return None
