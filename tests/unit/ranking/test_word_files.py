"""The word files say one thing of one phrase, agree with each other, and know every code there is."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pytest

from directory.specialities import specialities
from directory.text import sound_key, words
from ranking import Lexicons, understand
from ranking.facility_kinds import facility_kinds
from ranking.intent import FacilityWords
from ranking.phrases import (
    Contradiction,
    UnknownEnding,
    expand,
    read_word_file,
)
from ranking.query.facility_words import facility_clauses, facility_fits
from ranking.understanding import word_files
from ranking.understanding.typed import words_of
from ranking.understanding.word_counts import counts, phrases_of
from ranking.understanding.word_files import (
    Wish,
    WishKind,
    age_units,
    facility_phrases,
    ordinary_words,
    out_of_domain_phrases,
    small_words,
    speciality_phrases,
    speciality_wishes,
    time_words,
    wish_phrases,
)

_MEANINGS: dict[str, Mapping[str, Any]] = {
    "specialities": speciality_phrases(),
    "facilities": facility_phrases(),
    "wishes": wish_phrases(),
    "days": time_words().days,
    "parts": time_words().parts,
    "open": time_words().open,
    "out of domain": out_of_domain_phrases(),
}
_LEXICONS = Lexicons()
_WITHOUT_MEANING = {
    name: getattr(small_words(), name)
    for name in ("fillers", "conjunctions", "negations", "prepositions", "before_place")
}
# «поруч» is a wish at the end of a text and a preposition before a place: wishes.toml says how to tell.
_WISH_AND_PREPOSITION = {"поруч", "поряд", "рядом", "поблизу", "недалеко", "неподалік", "вблизи", "ближче", "в околиці"}
_ALL_MARKERS = (*small_words().marker_before, *small_words().marker_after)
# Shorter words share their sound with too much else to be told apart by it.
_SHORTEST_BY_SOUND = 5
_FILES_WITH_LISTS = ("specialities", "facility_kinds", "wishes", "times", "small_words", "ordinary", "out_of_domain")


@pytest.mark.parametrize("code", specialities())
def test_every_speciality_is_understood_by_its_official_name(code: str) -> None:
    assert understand(specialities()[code].uk, _LEXICONS).best.specialities == (code,)


def test_speciality_file_names_known_codes_only() -> None:
    assert {code for codes in speciality_phrases().values() for code in codes} == set(specialities())


def test_wish_values_are_those_of_the_answer() -> None:
    wishes = set(wish_phrases().values()) | set(speciality_wishes().values())
    values = {kind: {wish.value for wish in wishes if wish.kind is kind} for kind in WishKind}
    languages = values.pop(WishKind.LANGUAGE)
    assert values == {
        WishKind.NEAR_ME: {True},
        WishKind.GENDER: {"FEMALE", "MALE"},
        WishKind.ACCEPTS_NEW: {True},
        WishKind.AGE_GROUP: {"child", "adult"},
        WishKind.CONTRACT_ONLY: {True},
    }
    assert {"uk", "en", "ru", "pl", "hu", "ro", "crh"} <= languages
    assert all(isinstance(code, str) and len(code) in (2, 3) and code.isascii() for code in languages)


def test_times_are_days_of_the_week_and_hours_of_the_clock() -> None:
    times = time_words()
    week = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    assert set(times.days.values()) == week | {
        "now", "today", "tomorrow", "day_after_tomorrow", "weekend", "workdays",
    }  # fmt: skip
    assert all(len(at) == 5 and 0 <= int(at[:2]) < 24 and 0 <= int(at[3:]) < 60 for at in times.parts.values())
    assert set(times.open.values()) == {"now", "today", "nothing"}
    assert set(times.before_clock.values()) == {"at", "after", "before"}
    assert set(times.halves.values()) == {"am", "pm"}
    assert set(times.hours.values()) == set(range(1, 13))
    assert times.doubtful <= set(times.days) | set(times.parts)


def test_cabinets_can_tell_an_emergency_from_other_matters() -> None:
    assert out_of_domain_phrases()["швидка"] == out_of_domain_phrases()["скорая"] == "EMERGENCY"
    assert {"EMERGENCY", "VETERINARY", "PHARMACY", "OTHER_SPECIALIST", "SERVICE"} <= set(
        out_of_domain_phrases().values()
    )


@pytest.mark.parametrize(("one", "other"), list(combinations(_MEANINGS, 2)))
def test_no_phrase_has_meanings_in_two_files(one: str, other: str) -> None:
    assert not set(_MEANINGS[one]) & set(_MEANINGS[other])


@pytest.mark.parametrize(("one", "other"), list(combinations(_WITHOUT_MEANING, 2)))
def test_small_words_stand_in_one_list(one: str, other: str) -> None:
    assert not _WITHOUT_MEANING[one] & _WITHOUT_MEANING[other]


def test_no_small_word_is_a_phrase_with_a_meaning_but_words_of_nearness() -> None:
    near = {phrase for phrase, wish in wish_phrases().items() if wish.kind is WishKind.NEAR_ME}
    for meanings in _MEANINGS.values():
        assert set(meanings) & small_words().dropped <= near & small_words().before_place
    assert near & small_words().before_place >= _WISH_AND_PREPOSITION


def test_markers_of_places_are_nothing_else_but_the_letter_of_a_village() -> None:
    taken = {phrase for meanings in _MEANINGS.values() for phrase in meanings} | small_words().dropped
    assert set(_ALL_MARKERS) & taken == {"с"}


def test_markers_allow_categories_of_the_codifier_and_quarters() -> None:
    small = small_words()
    assert set("".join((*small.marker_before.values(), *small.marker_after.values()))) == set("KMXCOPBHQ")


def test_a_marker_on_both_sides_allows_the_same_categories() -> None:
    small = small_words()
    for marker in set(small.marker_before) & set(small.marker_after):
        assert small.marker_before[marker] == small.marker_after[marker]


@pytest.mark.parametrize("name", _FILES_WITH_LISTS)
def test_phrases_are_written_as_they_are_looked_up(name: str) -> None:
    assert all(" ".join(words_of(phrase)) == phrase for phrase in phrases_of(f"{name}.toml"))


@pytest.mark.parametrize("name", _FILES_WITH_LISTS)
def test_every_line_of_a_list_adds_a_phrase(name: str) -> None:
    data, endings = read_word_file(f"{name}.toml")
    # The clock's words mean something only beside each other, and each list of theirs stands alone.
    lists = _lists(data)
    idle = []
    for listed in lists:
        known: set[str] = set()
        for line in listed:
            phrases = set(expand(line, endings))
            if phrases <= known:
                idle.append(line)
            known |= phrases
    assert not idle


def test_all_files_stay_small_enough_to_load_with_every_process() -> None:
    assert sum(phrases for phrases, _ in counts().values()) <= 32_000


@pytest.mark.parametrize("meanings", ["specialities", "facilities"])
def test_phrases_that_sound_alike_mean_the_same(meanings: str) -> None:
    by_sound: dict[str, set[Any]] = {}
    for phrase, meaning in _MEANINGS[meanings].items():
        key = " ".join(map(sound_key, phrase.split()))
        if len(key) >= _SHORTEST_BY_SOUND:
            by_sound.setdefault(key, set()).add(meaning)
    assert not {key: found for key, found in by_sound.items() if len(found) > 1}


def test_words_in_official_names_are_normalised() -> None:
    for kind in facility_kinds().values():
        assert kind.in_names
        together = [word for group in kind.in_names_together for word in (*group.present, *group.absent)]
        assert all(words(word) == [word] for word in (*kind.in_names, *together))


def test_words_that_show_a_kind_together_must_all_stand_in_the_name_and_no_other_kind() -> None:
    wanted = FacilityWords(kinds=("MEDICAL_CENTRE",))
    centre = {"facility": {"words": ["медичний", "центр", "верба"]}, "division": {"type": "CLINIC"}}
    alone = {"facility": {"words": ["медичний", "пункт"]}, "division": {"type": "CLINIC"}}
    point = {"facility": {"words": ["медичний", "пункт", "центр", "первинної"]}, "division": {"type": "FAP"}}
    assert facility_fits(centre, wanted)
    assert not facility_fits(alone, wanted)
    assert not facility_fits(point, wanted)
    (clause,) = facility_clauses(wanted)
    named = next(one["bool"] for one in clause["bool"]["should"] if "must_not" in one.get("bool", {}))
    assert named["filter"] == [{"term": {"facility.words": "медичний"}}, {"term": {"facility.words": "центр"}}]
    assert {"term": {"facility.words": "пункт"}} in named["must_not"]


def test_endings_are_expanded_in_every_combination() -> None:
    assert expand("сімейн{a} лікар{b}", {"a": ["ий", "ого"], "b": ["", "я"]}) == (
        "сімейний лікар",
        "сімейний лікаря",
        "сімейного лікар",
        "сімейного лікаря",
    )


def test_hyphens_divide_words() -> None:
    assert expand("лікар{s}-терапевт", {"s": ["", "я"]}) == ("лікар терапевт", "лікаря терапевт")


def test_phrase_with_two_meanings_is_refused_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = {"FOOD": {"said": ["піц{a}"]}, "HOME": {"said": ["піца"]}}
    monkeypatch.setattr(word_files, "read_word_file", lambda _: (twice, {"a": ["а", "у"]}))
    with pytest.raises(Contradiction, match=r"«піца».*FOOD.*HOME"):
        out_of_domain_phrases.__wrapped__()


def test_endings_with_a_plus_go_in_step_and_others_meet_each_step() -> None:
    endings = {"a": ["ий", "ого"], "b": ["", "я"], "c": ["1", "2"]}
    assert expand("сімейн{a+} лікар{b+} {c}", endings) == (
        "сімейний лікар 1",
        "сімейний лікар 2",
        "сімейного лікаря 1",
        "сімейного лікаря 2",
    )


def test_endings_in_step_must_be_equally_many() -> None:
    with pytest.raises(UnknownEnding, match="equally long"):
        expand("сімейн{a+} лікар{b+}", {"a": ["ий"], "b": ["", "я"]})


def test_unlisted_ending_is_refused_with_its_name() -> None:
    with pytest.raises(UnknownEnding, match="«typo»"):
        expand("лікар{typo}", {"s": [""]})


def test_shared_endings_all_have_the_same_number_of_cases() -> None:
    _, endings = read_word_file("facility_kinds.toml")
    assert {len(endings[name]) for name in ("noun", "adj", "adjf", "ka", "rnoun", "radj", "na")} == {12}


def test_clock_patterns_read_hours_and_minutes() -> None:
    read = {}
    for chunk in ("10:30", "18.00", "9-30", "1830", "17", "08:05", "24:00", "10:75", "230", "кабінет", "10:30:15"):
        found = next((match for pattern in time_words().patterns if (match := pattern.fullmatch(chunk))), None)
        read[chunk] = found and (int(found["hour"]), int(found.groupdict().get("minute") or 0))
    assert read == {
        "10:30": (10, 30), "18.00": (18, 0), "9-30": (9, 30), "1830": (18, 30), "17": (17, 0), "08:05": (8, 5),
        "24:00": None, "10:75": None, "230": None, "кабінет": None, "10:30:15": None,
    }  # fmt: skip


def test_words_of_the_clock_are_told_apart() -> None:
    times = time_words()
    assert [times.before_clock[word] for word in ("о", "на", "після", "после", "до")] == [
        "at", "at", "after", "after", "before",
    ]  # fmt: skip
    assert [times.halves[word] for word in ("ранку", "вечора", "утра", "дня")] == ["am", "pm", "am", "pm"]
    assert [times.hours[word] for word in ("десятій", "шостої", "шесть")] == [10, 6, 6]


def test_dates_and_minutes_from_now_are_numbers() -> None:
    times = time_words()
    assert set(times.months.values()) == set(range(1, 13))
    assert (times.months["листопада"], times.months["ноября"], times.in_minutes["через годину"]) == (11, 11, 60)


def test_ordinals_number_facilities() -> None:
    assert [small_words().ordinals[word] for word in ("перша", "третьої", "пятая", "два")] == [1, 3, 5, 2]


def test_lists_of_endings_are_named_by_words() -> None:
    for name in _FILES_WITH_LISTS:
        _, endings = read_word_file(f"{name}.toml")
        assert all(ending.isidentifier() for ending in endings)


def test_ages_are_told_by_their_unit() -> None:
    assert [age_units()[word] for word in ("років", "лет", "місяців", "стаж")] == [
        "years", "years", "months", "not_an_age",
    ]  # fmt: skip


def _lists(data: Any) -> list[list[str]]:
    if isinstance(data, dict):
        return [found for name, part in data.items() if name not in ("patterns", "codes", "division_types")
                for found in _lists(part)]  # fmt: skip
    return [data] if isinstance(data, list) else []


# --- What a text says, by the rule of the longest phrase -------------------------------------------------------------


def _said(text: str) -> str:
    """Codes of all meanings in a text, in order, unknown words in brackets: the longest phrase first, left to right."""
    tokens, found, position = words_of(text), [], 0
    while position < len(tokens):
        for length in range(min(8, len(tokens) - position), 0, -1):
            phrase = " ".join(tokens[position : position + length])
            if said := _meaning(phrase, tokens[position + length : position + length + 1]):
                found += said
                break
        else:
            length, found = 1, [*found, f"[{tokens[position]}]"]
        position += length
    return " ".join(code for code in dict.fromkeys(found) if code != ".")


def _meaning(phrase: str, following: Sequence[str]) -> list[str]:
    wish = wish_phrases().get(phrase)
    unknown_follows = bool(following) and not _knows(following[0])
    if wish and not (phrase in small_words().before_place and unknown_follows):
        return [_code(wish)]
    times = time_words()
    if codes := speciality_phrases().get(phrase):
        stated = speciality_wishes().get(phrase)
        return [*codes, *([_code(stated)] if stated else [])]
    for meanings in (facility_phrases(), out_of_domain_phrases(), times.days, times.parts):
        if phrase in meanings:
            return [meanings[phrase]]
    if phrase in times.open:
        return [f"open:{times.open[phrase]}"]
    if phrase in ordinary_words() and phrase not in small_words().dropped:
        return [f"[{phrase}]"]
    return ["."] if phrase in small_words().dropped or phrase in _ALL_MARKERS else []


def _knows(word: str) -> bool:
    return any(word in meanings for meanings in _MEANINGS.values()) or word in small_words().dropped


def _code(wish: Wish) -> str:
    return wish.kind.value if wish.value is True else str(wish.value)


_TABLE = """
сімейний лікар                              | FAMILY_DOCTOR
до сімейного лікаря                         | FAMILY_DOCTOR
семейный врач                               | FAMILY_DOCTOR
семейного врача                             | FAMILY_DOCTOR
семейний врач                               | FAMILY_DOCTOR
сімейний врач                               | FAMILY_DOCTOR
сімейні лікарі                              | FAMILY_DOCTOR
сімейних лікарів                            | FAMILY_DOCTOR
лікар сімейний                              | FAMILY_DOCTOR
сімейка                                     | FAMILY_DOCTOR
до сімейки                                  | FAMILY_DOCTOR
сімейний                                    | FAMILY_DOCTOR
сімейник                                    | FAMILY_DOCTOR
домашній лікар                              | FAMILY_DOCTOR
домашнего врача                             | FAMILY_DOCTOR
лікар зпсм                                  | FAMILY_DOCTOR
лікар загальної практики                    | FAMILY_DOCTOR
лікар загальної практики - сімейної медицини | FAMILY_DOCTOR
врач общей практики                         | FAMILY_DOCTOR
сімейна лікарка                             | FAMILY_DOCTOR FEMALE
лікар для всієї родини                      | FAMILY_DOCTOR
терапевт                                    | THERAPIST
терапевта                                   | THERAPIST
до терапевтки                               | THERAPIST FEMALE
участковый терапевт                         | THERAPIST
дільничного терапевта                       | THERAPIST
терапевти                                   | THERAPIST
терапевты                                   | THERAPIST
лікар-терапевт                              | THERAPIST
лікар для дорослих                          | THERAPIST
тер                                         | THERAPIST
дільничний                                  | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
участковый врач                             | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
лікар первинної ланки                       | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
первинка                                    | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
щеплення                                    | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
электронное направление                     | FAMILY_DOCTOR THERAPIST PEDIATRICIAN
педіатр                                     | PEDIATRICIAN
педиатр                                     | PEDIATRICIAN
педіатра                                    | PEDIATRICIAN
педіатром                                   | PEDIATRICIAN
педіатриня                                  | PEDIATRICIAN FEMALE
педіатрка                                   | PEDIATRICIAN FEMALE
дитячий лікар                               | PEDIATRICIAN
дитячого лікаря                             | PEDIATRICIAN
детский врач                                | PEDIATRICIAN
детского доктора                            | PEDIATRICIAN
дитячий                                     | PEDIATRICIAN
діточий                                     | PEDIATRICIAN
дитячий терапевт                            | PEDIATRICIAN
дитячий дільничний                          | PEDIATRICIAN
лікар дитині                                | PEDIATRICIAN child
лікар для малюка                            | PEDIATRICIAN child
врач ребенку                                | PEDIATRICIAN child
педіатр для дитини                          | PEDIATRICIAN child
дит. лікар                                  | PEDIATRICIAN
дитяча лікарка                              | PEDIATRICIAN FEMALE
лікар                                       |
доктор                                      |
алерголог                                   | ALLERGIST
аллерголога                                 | ALLERGIST
лікар від алергії                           | ALLERGIST
анестезіолог                                | ANESTHESIOLOGIST
реаниматолог                                | ANESTHESIOLOGIST
кардіолог                                   | CARDIOLOGIST
кардиологу                                  | CARDIOLOGIST
кардіологиня                                | CARDIOLOGIST FEMALE
кабінет кардіолога                          | CARDIOLOGIST
лікар по серцю                              | CARDIOLOGIST
серцевий лікар                              | CARDIOLOGIST
дитячий кардіолог                           | CHILD_CARDIOLOGIST
детскому кардиологу                         | CHILD_CARDIOLOGIST
дитячий стоматолог                          | CHILD_DENTIST
детский зубной                              | CHILD_DENTIST
дитячий невролог                            | CHILD_NEUROLOGIST
дитячого невропатолога                      | CHILD_NEUROLOGIST
детский невролог                            | CHILD_NEUROLOGIST
дитячий хірург                              | CHILD_SURGEON
детского хирурга                            | CHILD_SURGEON
дитяча ендокринологиня                      | ENDOCRINOLOGIST child
дитячий лор                                 | OTOLARYNGOLOGIST child
детский окулист                             | OPHTHALMOLOGIST child
дитячий ендокринолог                        | ENDOCRINOLOGIST child
стоматолог                                  | DENTIST
зубний                                      | DENTIST
зубной врач                                 | DENTIST
стоматологія                                | DENTIST
стоматологічна поліклініка                  | DENTIST POLYCLINIC
дерматолог                                  | DERMATOLOGIST
шкірний лікар                               | DERMATOLOGIST
кожный врач                                 | DERMATOLOGIST
дерма                                       | DERMATOLOGIST
ендокринолог                                | ENDOCRINOLOGIST
лікар по щитовидці                          | ENDOCRINOLOGIST
функціональна діагностика                   | FUNCTIONAL_DIAGNOSTICS
екг                                         | FUNCTIONAL_DIAGNOSTICS
гастроентеролог                             | GASTROENTEROLOGIST
шлунковий                                   | GASTROENTEROLOGIST
генетик                                     | GENETICIST
гінеколог                                   | GYNECOLOGIST
гінекологиня                                | GYNECOLOGIST FEMALE
жіночий лікар                               | GYNECOLOGIST
женский врач                                | GYNECOLOGIST
акушер-гінеколог                            | GYNECOLOGIST
гінек                                       | GYNECOLOGIST
жіноча консультація                         | GYNECOLOGIST
гематолог                                   | HEMATOLOGIST
інфекціоніст                                | INFECTIOUS_DISEASES
инфекционного врача                         | INFECTIOUS_DISEASES
неонатолог                                  | NEONATOLOGIST
нефролог                                    | NEPHROLOGIST
лікар по нирках                             | NEPHROLOGIST
невропатолог                                | NEUROLOGIST
лікар від нервів                            | NEUROLOGIST
нейрохірург                                 | NEUROSURGEON
онколог                                     | ONCOLOGIST
маммолог                                    | ONCOLOGIST
окуліст                                     | OPHTHALMOLOGIST
глазной                                     | OPHTHALMOLOGIST
очний лікар                                 | OPHTHALMOLOGIST
врач по глазам                              | OPHTHALMOLOGIST
брекети                                     | ORTHODONTIST
ортопед                                     | ORTHOPEDIST_TRAUMATOLOGIST
травмпункт                                  | ORTHOPEDIST_TRAUMATOLOGIST
лор                                         | OTOLARYNGOLOGIST
до лора                                     | OTOLARYNGOLOGIST
ухогорлонос                                 | OTOLARYNGOLOGIST
вухо горло ніс                              | OTOLARYNGOLOGIST
ухо-горло-нос                               | OTOLARYNGOLOGIST
тубдиспансер                                | PHTHISIATRICIAN
реабілітолог                                | PHYSICAL_REHABILITATION
фізіотерапевта                              | PHYSICAL_REHABILITATION
проктолог                                   | PROCTOLOGIST
психіатр                                    | PSYCHIATRIST
психотерапевт                               | PSYCHOTHERAPIST
пульмонолог                                 | PULMONOLOGIST
флюорографія                                | RADIOLOGIST
рентген                                     | RADIOLOGIST
ревматолог                                  | RHEUMATOLOGIST
хірург                                      | SURGEON
хирурга                                     | SURGEON
хірургиня                                   | SURGEON FEMALE
узист                                       | ULTRASOUND
узі                                         | ULTRASOUND
лікар узд                                   | ULTRASOUND
уролог                                      | UROLOGIST
чоловічий лікар                             | UROLOGIST
флеболог                                    | VASCULAR_SURGEON
судинний хірург                             | VASCULAR_SURGEON
педіатр або сімейний                        | PEDIATRICIAN FAMILY_DOCTOR
поліклініка                                 | POLYCLINIC
у поліклініці                               | POLYCLINIC
пол-ка                                      | POLYCLINIC
п-ка                                        | POLYCLINIC
поліка                                      | POLYCLINIC
городская поликлиника                       | POLYCLINIC
дитяча поліклініка                          | child POLYCLINIC
детской поликлинике                         | child POLYCLINIC
амбулаторія                                 | AMBULATORY
сімейна амбулаторія                         | AMBULATORY
азпсм                                       | AMBULATORY
амбулаторія загальної практики сімейної медицини | AMBULATORY
фап                                         | FAP
фельдшерсько-акушерський пункт              | FAP
медпункт                                    | FAP
цпмсд                                       | PRIMARY_CARE_CENTRE
центр первинної                             | PRIMARY_CARE_CENTRE
центр первинної медико-санітарної допомоги  | PRIMARY_CARE_CENTRE
центр сімейної медицини                     | PRIMARY_CARE_CENTRE
лікарня                                     | HOSPITAL
в лікарні                                   | HOSPITAL
больничка                                   | HOSPITAL
црл                                         | HOSPITAL
црб                                         | HOSPITAL
райлікарня                                  | HOSPITAL
обл. лікарня                                | HOSPITAL
міська лікарня                              | HOSPITAL
дитяча лікарня                              | child HOSPITAL
лікарня швидкої допомоги                    | HOSPITAL
медцентр                                    | MEDICAL_CENTRE
медичного центру                            | MEDICAL_CENTRE
клініка                                     | CLINIC
частная клиника                             | CLINIC
фоп                                         | PRIVATE_PRACTICE
приватний лікар                             | PRIVATE_PRACTICE
частный кабинет                             | PRIVATE_PRACTICE
кнп поліклініка                             | POLYCLINIC
педіатр поруч                               | PEDIATRICIAN near_me
поруч педіатр                               | near_me PEDIATRICIAN
лікар рядом                                 | near_me
терапевт біля мене                          | THERAPIST near_me
возле меня семейный врач                    | near_me FAMILY_DOCTOR
в моєму районі                              | near_me
недалеко от дома                            | near_me
near me                                     | near_me
поруч з Полтавою                            | [полтавою]
рядом Бровары                               | [бровары]
біля Броварів                               | [броварів]
лікарка                                     | FEMALE
жінка терапевт                              | FEMALE THERAPIST
врач женщина                                | FEMALE
лікар-жінка                                 | FEMALE
педіатр чоловік                             | PEDIATRICIAN MALE
мужчина уролог                              | MALE UROLOGIST
педіатр є місця                             | PEDIATRICIAN accepts_new
сімейний з вільними місцями                 | FAMILY_DOCTOR accepts_new
приймає нових                               | accepts_new
берет новых пациентов                       | accepts_new
есть места                                  | accepts_new
не переповнений терапевт                    | accepts_new THERAPIST
укласти декларацію з терапевтом             | THERAPIST
хочу підписати декларацію                   |
сімейний лікар для дитини                   | FAMILY_DOCTOR child
дитині 5 років                              | child [5] [років]
немовля                                     | child
ребенку                                     | child
підліток                                    | child
пенсіонер                                   | adult
бабусі                                      | adult
для жінки                                   | adult
взрослый                                    | adult
англомовний терапевт                        | en THERAPIST
говорить англійською                        | en
на русском                                  | ru
україномовний                               | uk
угорською мовою                             | hu
кримськотатарською                          | crh
безкоштовно                                 | contract_only
за договором з НСЗУ                         | contract_only
бесплатный педиатр                          | contract_only PEDIATRICIAN
сьогодні ввечері                            | today 18:00
завтра зранку                               | tomorrow 09:00
в субботу утром                             | saturday 09:00
у понеділок                                 | monday
на вихідних                                 | weekend
после работы                                | 18:30
після обіду                                 | 15:00
зараз працює                                | open:now
відкрито зараз                              | open:now
работает сегодня                            | open:today
терапевт який працює в суботу               | THERAPIST open:nothing saturday
о пів на дев'яту до педіатра                | 08:30 PEDIATRICIAN
після роботи в п'ятницю                     | 18:30 friday
на выходных утром                           | weekend 09:00
пан або пані                                | FEMALE
приватний педіатр                           | PRIVATE_PRACTICE PEDIATRICIAN
педіатр місця Київ                          | PEDIATRICIAN accepts_new [київ]
ветеринарна клініка                         | VETERINARY
поліклініка біля метро Позняки              | POLYCLINIC [позняки]
у мене болить спина                         | [болить] [спина]
лікар зі стажем 20 років                    | [20] [років]
через дорогу                                | near_me
жіночий                                     | GYNECOLOGIST
кістковий лікар                             | ORTHOPEDIST_TRAUMATOLOGIST
дитячий лікар-алерголог                     | ALLERGIST child
дитячий лікар-кардіолог                     | CHILD_CARDIOLOGIST
післязавтра вранці                          | day_after_tomorrow 09:00
ветеринар                                   | VETERINARY
аптека                                      | PHARMACY
купити ліки                                 | PHARMACY
таксі                                       | TRANSPORT
погода сьогодні                             | WEATHER today
курс долара                                 | MONEY
перукарня                                   | BEAUTY
адвокат                                     | LEGAL
робота лікарем                              | JOBS
вакансии врача                              | JOBS
швидка                                      | EMERGENCY
скорая помощь                               | EMERGENCY
103                                         | EMERGENCY
логопед                                     | OTHER_SPECIALIST
психолог                                    | OTHER_SPECIALIST
мануальний терапевт                         | OTHER_SPECIALIST
здати аналізи                               | SERVICE
масаж                                       | SERVICE
дитячий садок                               | EDUCATION
будь ласка, підкажіть дуже хорошого лікаря  |
болить горло потрібен лор                   | [болить] [горло] OTOLARYNGOLOGIST
переїхали в Буськ бо свекруха порадила      | [буськ] [свекруха]
поліклініка №3                              | POLYCLINIC [3]
невролог для дитини                         | NEUROLOGIST child
запишіть мене до педіатра                   | PEDIATRICIAN
мне нужен хороший терапевт                  | THERAPIST
"""


@pytest.mark.parametrize("line", [line for line in _TABLE.splitlines() if line])
def test_phrase_means_what_people_mean(line: str) -> None:
    text, meaning = line.split("|")
    assert _said(text) == meaning.strip()
