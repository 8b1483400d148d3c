"""The names of places as really built: what people call cities, what these used to be called, and their quarters."""

import pytest

from directory.places import NameKind, Precision, distance_km
from directory.text import normalise


@pytest.fixture
def gazetteer(national_gazetteer):
    return national_gazetteer


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Кіровоград", "Кропивницький", "former"),
        ("Кировоград", "Кропивницький", "former"),
        ("Днепродзержинск", "Кам’янське", "former"),
        ("Артемовск", "Бахмут", "former"),
        ("Артёмовск", "Бахмут", "former"),
        ("Комсомольськ", "Горішні Плавні", "former"),
        ("Ильичевск", "Чорноморськ", "former"),
        ("Переяслав-Хмельницький", "Переяслав", "former"),
        ("Володимир-Волинський", "Володимир", "former"),
        ("Новоград-Волинський", "Звягель", "former"),
        ("Червоноград", "Шептицький", "former"),
        ("Новомосковськ", "Самар", "former"),
        ("Красноград", "Берестин", "former"),
        ("Северодонецк", "Сіверськодонецьк", "former"),
        ("Красноармійськ", "Покровськ", "former"),
        ("Цюрупинськ", "Олешки", "former"),
        ("Кузнецовськ", "Вараш", "former"),
        ("Ватутіне", "Багачеве", "former"),
        ("Ровно", "Рівне", "russian"),
        ("Луцк", "Луцьк", "russian"),
        ("Днепр", "Дніпро", "russian"),
        ("Запорожье", "Запоріжжя", "russian"),
        ("Черновцы", "Чернівці", "russian"),
        ("Сумы", "Суми", "russian"),
        ("Николаев", "Миколаїв", "russian"),
        ("Желтые Воды", "Жовті Води", "russian"),
        ("Франик", "Івано-Франківськ", "short"),
        ("ІФ", "Івано-Франківськ", "short"),
        ("Кривбас", "Кривий Ріг", "short"),
        ("Кам'янець", "Кам’янець-Подільський", "short"),
        ("Kropyvnytskyi", "Кропивницький", "latin"),
    ],
)
def test_city_is_found_by_what_people_call_it_and_the_kind_is_said(gazetteer, written, name, kind):
    assert (name, kind) in {(found.place.name, found.kind) for found in gazetteer.named(written)}


def test_every_regional_centre_has_its_russian_name(gazetteer):
    centres = [city for city in map(_centre(gazetteer), gazetteer.oblasts()) if city is not None]
    assert len(centres) >= 24
    assert [city.name for city in centres if not city.russian_names] == []


def test_first_of_a_shared_name_is_the_place_that_bears_it_today(gazetteer):
    found = gazetteer.named("Первомайськ")
    assert (found[0].place.oblast, found[0].kind) == ("UA48000000000039575", NameKind.OFFICIAL)
    assert ("Сокологірськ", NameKind.FORMER) in {(name.place.name, name.kind) for name in found}


def test_hundreds_of_places_are_found_by_their_former_names(gazetteer):
    renamed = {name.place.code for name in gazetteer.names() if name.kind is NameKind.FORMER}
    assert len(renamed) > 800
    assert sum(gazetteer.by_code(code).category in "KM" for code in renamed) > 120


def test_city_districts_are_found_by_the_names_they_lost(gazetteer):
    lost = {place.name for place in gazetteer.by_name("Ленінський", "B")}
    assert {"Новокодацький", "Холодногірський", "Інгульський", "Подільський"} <= lost


def test_no_name_is_listed_twice_for_a_place_and_none_is_empty(gazetteer):
    seen = set()
    for name in gazetteer.names():
        spelling = normalise(name.text)
        assert spelling
        assert (name.place.code, spelling) not in seen
        seen.add((name.place.code, spelling))


# Widely known coordinates, rounded: not taken from the data packages.
@pytest.mark.parametrize(
    ("written", "name", "city", "point"),
    [
        ("Троєщина", "Троєщина", "Київ", (50.51, 30.60)),
        ("Троещина", "Троєщина", "Київ", (50.51, 30.60)),
        ("Оболонь", "Оболонь", "Київ", (50.51, 30.50)),
        ("Подол", "Поділ", "Київ", (50.465, 30.515)),
        ("Позняки", "Позняки", "Київ", (50.40, 30.63)),
        ("Академгородок", "Академмістечко", "Київ", (50.465, 30.355)),
        ("Салтовка", "Салтівка", "Харків", (50.02, 36.34)),
        ("ХТЗ", "ХТЗ", "Харків", (49.94, 36.37)),
        ("Сихів", "Сихів", "Львів", (49.79, 24.06)),
        ("Молдаванка", "Молдаванка", "Одеса", (46.47, 30.71)),
        ("Черемушки", "Черемушки", "Одеса", (46.43, 30.71)),
    ],
)
def test_quarter_is_found_in_its_city_where_it_lies(gazetteer, written, name, city, point):
    quarters = [place for place in gazetteer.by_name(written, "Q") if gazetteer.by_code(place.parent).name == city]
    assert [place.name for place in quarters] == [name]
    assert quarters[0].precision is Precision.QUARTER
    assert distance_km((quarters[0].lat, quarters[0].lon), point) < 3


def test_shared_name_of_a_quarter_means_the_largest_city_first(gazetteer):
    found = [gazetteer.by_code(place.parent) for place in gazetteer.by_name("Поділ", "Q")]
    assert [city.name for city in found] == ["Київ", "Полтава"]


def test_quarter_knows_its_official_district(gazetteer):
    district = gazetteer.by_code(gazetteer.by_name("Оболонь", "Q")[0].district)
    assert (district.category, district.name) == ("B", "Оболонський")


def test_quarters_lie_in_their_city_and_their_districts_too(gazetteer):
    quarters = list(gazetteer.quarters())
    assert len(quarters) > 450
    for quarter in quarters:
        city = gazetteer.by_code(quarter.parent)
        assert city.category in "KM"
        assert quarter.oblast == city.oblast
        assert gazetteer.distance_km(quarter, city.lat, city.lon) < 26
        if quarter.district is not None:
            assert gazetteer.by_code(quarter.district).parent == city.code


def test_quarters_are_no_settlements_and_no_objects_of_the_codifier(gazetteer, built_gazetteer):
    assert built_gazetteer.quarters == len(list(gazetteer.quarters()))
    assert all(place.category != "Q" for place in gazetteer.places())
    assert gazetteer.find("Салтівка") == gazetteer.by_name("Салтівка")
    assert {place.category for place in gazetteer.find("Троєщина")} <= set("KMXC")


def test_forty_largest_cities_are_cities_and_no_village_outranks_a_city_of_its_name(gazetteer):
    largest = sorted(gazetteer.settlements(), key=lambda place: -(place.population or 0))[:40]
    assert {place.category for place in largest} <= set("KM")
    assert [place.name for place in largest[:3]] == ["Київ", "Харків", "Одеса"]
    for city in (place for place in gazetteer.settlements() if place.category in "KM"):
        first = gazetteer.by_name(city.name)[0]
        assert first.category in "KM"
        assert (first.population or 0) >= (city.population or 0)


def _centre(gazetteer):
    """The largest city of a region."""

    def largest(region):
        cities = [place for place in gazetteer.settlements() if place.oblast == region.code and place.category in "KM"]
        return max(cities, key=lambda city: city.population or 0, default=None)

    return largest
