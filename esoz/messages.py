"""Messages of the registry side that are not bulk rows: events, dictionaries, address lists (esoz-api §8, §9)."""

from typing import Any

from msgspec import Struct, field

from esoz.values import Code, Id, Moment, Text


class Event(Struct, frozen=True):
    """A change of one attribute; `properties` maps it to {new_value}. Unknown attributes are kept as they are."""

    id: Id
    entity_type: Text
    entity_id: Id
    event_time: Moment
    event_type: Text | None = None
    properties: dict[str, Any] = field(default_factory=dict)


class DictionaryValue(Struct, frozen=True):
    code: Text
    description: Text | None = None
    is_active: bool = True


class Dictionary(Struct, frozen=True):
    name: Text
    values: tuple[DictionaryValue, ...] = ()
    description: Text | None = None
    is_active: bool = True


class Region(Struct, frozen=True):
    """An oblast, Kyiv or Sevastopol; `region` is its name as addresses spell it (`ЖИТОМИРСЬКА`, `М.КИЇВ`)."""

    region: Text
    id: Id | None = None
    koatuu: Text | None = None


class District(Struct, frozen=True):
    """A raion; `region` is only in the list over all regions."""

    district: Text
    id: Id | None = None
    region: Text | None = None
    koatuu: Text | None = None


class Settlement(Struct, frozen=True):
    """One row of `uaddresses/settlements`; no coordinates and no KATOTTG, by contract."""

    name: Text
    id: Id | None = None
    region: Text | None = None
    region_id: Id | None = None
    district: Text | None = None
    district_id: Id | None = None
    type: Code | None = None
    koatuu: Text | None = None
    mountain_group: bool | None = None
    parent_settlement: Text | None = None
    parent_settlement_id: Id | None = None


class Street(Struct, frozen=True):
    """One street. The contract gives it no name, only aliases: a text or a list, it does not say."""

    id: Id | None = None
    settlement_id: Id | None = None
    type: Code | None = None
    aliases: str | tuple[str, ...] | None = None
