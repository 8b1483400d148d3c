"""Documents and schema describe the same fields: neither can gain one without the other."""

import types
import typing

import msgspec
import pytest

from directory.documents import DoctorDocument, FacilityDocument, GeoPoint, MinuteRange
from directory.schema import Alias, described_fields, index_mapping, schema_hash

LEAVES = (GeoPoint, MinuteRange)


def struct_inside(annotation: object) -> type[msgspec.Struct] | None:
    """The one struct type an annotation allows, looking through `| None`; None for lists and plain values."""
    options = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    found = [option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)]
    return found[0] if found else None


def document_fields(struct: type[msgspec.Struct], prefix: str = "") -> set[str]:
    hints = typing.get_type_hints(struct)
    paths: set[str] = set()
    for field in msgspec.structs.fields(struct):
        inner = struct_inside(hints[field.name])
        path = prefix + field.encode_name
        paths |= {path} if inner is None or inner in LEAVES else document_fields(inner, f"{path}.")
    return paths


@pytest.mark.parametrize(("alias", "document"), [("doctors", DoctorDocument), ("facilities", FacilityDocument)])
def test_every_document_field_is_described_and_every_described_field_exists(
    alias: Alias, document: type[msgspec.Struct]
) -> None:
    described = {path for path in described_fields(alias) if not path.startswith("tie.")}
    assert document_fields(document) - {"tie"} == described


@pytest.mark.parametrize("alias", ["doctors", "facilities"])
def test_every_field_says_what_it_holds(alias: Alias) -> None:
    assert all(len(field["about"]) > 5 for field in described_fields(alias).values())


def test_the_mapping_is_strict_at_every_level() -> None:
    def levels(node: dict[str, typing.Any]) -> typing.Iterator[dict[str, typing.Any]]:
        if "properties" in node:
            yield node
            for child in node["properties"].values():
                yield from levels(child)

    assert all(node["dynamic"] == "strict" for node in levels(index_mapping("doctors")))


def test_no_field_could_hold_a_tax_id_or_birth_date() -> None:
    words = {
        part for alias in ("doctors", "facilities") for path in described_fields(alias) for part in path.split(".")
    }
    assert words.isdisjoint({"tax_id", "birth_date", "year_of_birth", "drfo"})


def test_the_two_indexes_have_hashes_of_their_own() -> None:
    assert schema_hash("doctors") != schema_hash("facilities")
    assert len(schema_hash("doctors")) == 8
