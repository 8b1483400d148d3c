"""Dictionaries and address lists: the client against the sandbox."""

import httpx
import pytest

from esoz import errors
from esoz.client import EsozClient
from fixtures.sandbox.gate import FULL_KEY
from tests.contract.conftest import QUICK
from tests.contract.raw_server import sends, serve_raw


def test_dictionaries_come_typed(esoz: EsozClient) -> None:
    (genders,) = esoz.dictionaries(name="GENDER")
    assert {value.code: value.is_active for value in genders.values} == {"MALE": True, "FEMALE": True}
    assert len(esoz.dictionaries()) > 10
    assert esoz.dictionaries(is_active="false") == []


def test_addresses_lead_from_region_to_street(esoz: EsozClient) -> None:
    regions = list(esoz.regions())
    zhytomyr = next(region for region in regions if region.region == "ЖИТОМИРСЬКА")
    assert list(esoz.regions(name="житомирська")) == [zhytomyr]
    districts = list(esoz.districts(zhytomyr.id))
    assert {district.district for district in districts} <= {
        row.district for row in esoz.districts(region="ЖИТОМИРСЬКА")
    }
    assert districts
    settlements = list(esoz.settlements("ЖИТОМИРСЬКА"))
    assert {row.name for row in settlements} == {"ЖИТОМИР", "БЕРДИЧІВ"}
    (town,) = esoz.settlements("ЖИТОМИРСЬКА", name="Бердичів", type="CITY", mountain_group="false")
    assert (town.region_id, town.mountain_group) == (zhytomyr.id, False)
    assert town.id is not None
    assert [street.settlement_id for street in esoz.streets(town.id)] == [town.id]
    assert list(esoz.streets(town.id, name="Неіснуюча")) == []


def test_only_fields_of_the_contract_are_shown(sandbox: httpx.Client) -> None:
    settlements = sandbox.get("/api/uaddresses/settlements", params={"region": "ЖИТОМИРСЬКА"}).json()["data"]
    fields = {
        "id", "region", "region_id", "district", "district_id", "name", "mountain_group", "type", "koatuu",
        "parent_settlement", "parent_settlement_id",
    }  # fmt: skip
    assert {name for row in settlements for name in row} == fields
    assert {row["mountain_group"] for row in settlements} == {"0"}
    streets = sandbox.get("/api/uaddresses/streets", params={"settlement_id": settlements[0]["id"]}).json()["data"]
    assert set(streets[0]) == {"id", "settlement_id", "type", "aliases"}
    district = settlements[0]["district_id"]
    inside = sandbox.get(f"/api/uaddresses/districts/{district}/settlements").json()["data"]
    assert {name for row in inside for name in row} == {"id", "settlement_name"}


def test_streets_want_their_settlement(esoz: EsozClient) -> None:
    with pytest.raises(errors.ValidationFailed) as raised:
        list(esoz.streets(""))
    assert raised.value.entries == ("$.settlement_id",)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": 5}', b'{"data": [{"description": 1}]}', b"{"])
def test_an_answer_of_another_shape_is_malformed(body: bytes) -> None:
    with (
        serve_raw(sends(body)) as (url, _),
        EsozClient(url, FULL_KEY, retries=QUICK) as client,
        pytest.raises(errors.Malformed),
    ):
        client.dictionaries()


@pytest.mark.parametrize("kind", ["401", "403", "404", "429", "500"])
@pytest.mark.parametrize("what", ["events", "dictionaries", "uaddresses"])
def test_lists_can_be_refused_too(esoz: EsozClient, sandbox: httpx.Client, what: str, kind: str) -> None:
    path = {"events": "/api/events", "dictionaries": "/api/v2/dictionaries", "uaddresses": "/api/uaddresses/regions"}
    sandbox.put(f"/control/faults/{what}", json={"kind": kind, "times": 1}).raise_for_status()
    assert sandbox.get(path[what]).status_code == int(kind)
    assert sandbox.get(path[what]).status_code == 200
