"""The committed list of jars is whole and says nothing but what and how big."""

import re
from collections import Counter

from indexer.embedded.jar_list import LIB, MODULES, Jar, format_jar_list, parse_jar_list, read_jar_list


def test_every_module_has_its_artifact_on_the_list() -> None:
    placed = {(jar.place, jar.coordinates.split(":")[1]) for jar in read_jar_list()}
    assert [module.name for module in MODULES if (module.name, module.artifact) not in placed] == []


def test_server_and_thai_word_breaker_are_on_the_list() -> None:
    artifacts = {jar.coordinates.split(":")[1] for jar in read_jar_list() if jar.place == LIB}
    assert {"opensearch", "icu4j", "icu4j-localespi", "lucene-core"} <= artifacts


def test_no_path_appears_twice_and_no_jar_twice_on_one_class_path() -> None:
    jars = read_jar_list()
    assert max(Counter(jar.path for jar in jars).values()) == 1
    server = {jar.coordinates.rsplit(":", 1)[0] for jar in jars if jar.place == LIB}
    assert [j.path for j in jars if j.place != LIB and j.coordinates.rsplit(":", 1)[0] in server] == []


def test_every_row_has_a_size_and_a_sha256_and_no_address() -> None:
    for jar in read_jar_list():
        assert jar.size_bytes > 1000
        assert re.fullmatch(r"[0-9a-f]{64}", jar.sha256)
        assert "//" not in jar.coordinates


def test_list_reads_back_what_it_writes() -> None:
    jars = (Jar("lib", "org.example:one:1.0", 10, "a" * 64), Jar("geo", "org.example:two:2.0", 20, "b" * 64))
    assert parse_jar_list(format_jar_list(jars)) == jars
    assert [jar.path for jar in jars] == ["lib/one-1.0.jar", "modules/geo/two-2.0.jar"]
