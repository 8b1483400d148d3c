from directory.text import sound_key
from ranking.understanding.reading import TakenAs
from ranking.understanding.vocabulary import How, Meaning, Vocabulary

CITY = Meaning(TakenAs.PLACE, "city")
SURNAME = Meaning(TakenAs.SURNAME, "surname")
OTHER = Meaning(TakenAs.SURNAME, "other", How.FORM)


def test_meanings_of_a_phrase_keep_their_order_and_stand_there_once() -> None:
    found = Vocabulary([("бар", CITY), ("бар", SURNAME), ("бар", CITY), ("бара", OTHER), ("", OTHER)])
    assert found.meanings("бар") == (CITY, SURNAME)
    assert found.meanings("бара") == (OTHER,)
    assert found.meanings("") == ()
    assert len(found) == 2


def test_phrases_of_the_same_meanings_share_them() -> None:
    found = Vocabulary([("бар", CITY), ("бар", SURNAME), ("бару", CITY), ("бару", SURNAME), ("бара", CITY)])
    assert found.meanings("бар") is found.meanings("бару")
    assert found.meanings("бар") != found.meanings("бара")


def test_a_word_of_a_longer_phrase_is_known_and_means_nothing_alone() -> None:
    found = Vocabulary([("біла церква", CITY)], known=frozenset({"біленко"}))
    assert "біла" in found
    assert found.meanings("біла") == ()
    assert found.goes_on("біла")
    assert not found.goes_on("церква")
    assert found.meanings("біла церква") == (CITY,)
    assert found.exists("церква")
    assert found.exists("біленко")
    assert "біленко" not in found


def test_one_word_or_several_of_a_sound_are_found_by_it() -> None:
    found = Vocabulary([("гнат", SURNAME), ("хнат", OTHER), ("київ", CITY), ("ґнат", SURNAME)])
    assert found.by_sound("hnat") == ("гнат", "хнат", "ґнат")
    assert found.by_sound(sound_key("київ")) == ("київ",)
    assert found.by_sound("") == ()
    assert found.by_sound("nobodi") == ()


def test_near_words_are_the_same_asked_once_or_twice() -> None:
    found = Vocabulary([("шевченко", SURNAME), ("шевчук", OTHER)])
    assert list(found.near("шевчнко", 1)) == [("шевченко", 1)]
    assert list(found.near("шевчнко", 1)) == [("шевченко", 1)]
    assert list(found.near_by_sound("Sevcuk", 1)) == [("SevCuk", 1)]
