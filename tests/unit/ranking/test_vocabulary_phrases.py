"""One vocabulary of all phrases: by spelling, by sound, by beginning, within slips."""

from directory.text import sound_key
from ranking.understanding.reading import TakenAs
from ranking.understanding.vocabulary import How, Meaning, Vocabulary

SURGEON = Meaning(TakenAs.SPECIALITY, "SURGEON", shortened=True)
VILLAGE = Meaning(TakenAs.PLACE, ("UA1",))
SURNAME = Meaning(TakenAs.SURNAME, "хірург", doubt=0.5)
INFLECTED = Meaning(TakenAs.SURNAME, "вовк", How.FORM)
IN = Meaning(TakenAs.FILLER, "before_place")
WOLF = Meaning(TakenAs.SURNAME, "вовк")

VOCABULARY = Vocabulary(
    [
        ("хірург", SURGEON),
        ("хірург", SURNAME),
        ("хірург", SURGEON),
        ("дитячий хірург", Meaning(TakenAs.SPECIALITY, "CHILD_SURGEON", shortened=True)),
        ("велика багачка", VILLAGE),
        ("вовк", WOLF),
        ("вовка", INFLECTED),
        ("в", IN),
        ("я", WOLF),
        ("103", VILLAGE),
        ("", VILLAGE),
    ]
)


def test_phrase_has_all_its_meanings_once_in_the_order_they_came() -> None:
    assert VOCABULARY.meanings("хірург") == (SURGEON, SURNAME)


def test_words_of_phrases_are_known_though_they_mean_nothing_alone() -> None:
    assert "багачка" in VOCABULARY
    assert VOCABULARY.meanings("багачка") == ()
    assert "багачк" not in VOCABULARY


def test_empty_phrase_is_no_phrase() -> None:
    assert VOCABULARY.meanings("") == ()
    assert len(VOCABULARY) == 8


def test_beginning_of_a_phrase_goes_on_and_its_end_does_not() -> None:
    assert VOCABULARY.goes_on("велика")
    assert not VOCABULARY.goes_on("велика багачка")
    assert not VOCABULARY.goes_on("хірург")


def test_words_of_one_sound_are_found_together() -> None:
    alike = Vocabulary((word, WOLF) for word in ("ґава", "гава", "хава", "лава"))
    assert set(alike.by_sound(sound_key("hava"))) == {"ґава", "гава", "хава"}


def test_of_the_shortest_sounds_only_small_words_are_heard() -> None:
    assert VOCABULARY.by_sound("v") == ("в",)
    assert VOCABULARY.by_sound("a") == ()


def test_only_what_people_shorten_is_found_by_its_beginning() -> None:
    assert VOCABULARY.begun_by("хір") == ("хірург",)
    assert VOCABULARY.begun_by("дит") == ("дитячий",)
    assert VOCABULARY.begun_by("вел") == ()
    assert VOCABULARY.begun_by("вов") == ()


def test_near_words_come_with_their_slips_and_without_the_word_itself() -> None:
    assert dict(VOCABULARY.near("вовк", 1)) == {"вовка": 1}
    assert dict(VOCABULARY.near("вивкаа", 2)) == {"вовка": 2}
    assert VOCABULARY.near("хірург", 1) == []


def test_numbers_are_never_a_slip_away() -> None:
    assert VOCABULARY.near("104", 1) == []


def test_keys_are_found_within_slips_too() -> None:
    assert VOCABULARY.near_by_sound(sound_key("vofk"), 1) == [(sound_key("вовк"), 1)]
