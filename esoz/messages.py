"""Messages of the registry side that are not bulk rows: events, dictionaries, address lists (esoz-api §8, §9)."""

from typing import Any

from msgspec import Struct

from esoz.values import Code, Id, Moment, Text


class Event(Struct, frozen=True):
    """A change of one attribute; `properties` maps it to {new_value}. Unknown attributes are kept as they are."""

    id: Id
    event_type: Text
    entity_type: Text
    entity_id: Id
    properties: dict[str, Any]
    event_time: Moment


class DictionaryValue(Struct, frozen=True):
    code: Text
    description: Text
    is_active: bool = True


class Dictionary(Struct, frozen=True):
    name: Text
    values: tuple[DictionaryValue, ...]
    description: Text | None = None
    is_active: bool = True


class Settlement(Struct, frozen=True):
    """One row of `uaddresses/settlements`; no coordinates and no KATOTTG, by contract."""

    id: Id
    name: Text
    region: Text | None = None
    district: Text | None = None
    type: Code | None = None
    koatuu: Text | None = None
    mountain_group: bool | None = None
    parent_settlement: Text | None = None
