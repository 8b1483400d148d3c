import httpx
import pytest

from console.client import ApiClient, ApiSays


def client(handler: object) -> ApiClient:
    return ApiClient("http://127.0.0.1:1", transport=httpx.MockTransport(handler))  # type: ignore[arg-type]


def test_faults_are_told_one_a_line_with_their_cures() -> None:
    faults = [
        {"field": "age", "problem": "менше нуля", "cure": "вкажіть повні роки"},
        {"field": "near", "problem": "немає lon", "cure": "надішліть обидва числа"},
    ]
    with pytest.raises(ApiSays) as raised:
        client(lambda _: httpx.Response(422, json={"title": "t", "errors": faults})).post("/v1/search", {})
    assert str(raised.value).splitlines() == [
        "age: менше нуля; вкажіть повні роки",
        "near: немає lon; надішліть обидва числа",
    ]


def test_a_problem_without_faults_is_told_by_its_title() -> None:
    with pytest.raises(ApiSays, match="Рушій не відповідає"):
        client(lambda _: httpx.Response(503, json={"title": "Рушій не відповідає"})).get("/v1/doctors/x")


def test_nobody_there_says_how_to_start_it() -> None:
    with pytest.raises(ApiSays, match="make run"):
        ApiClient("http://127.0.0.1:9").get("/v1/doctors/x")


def test_a_stranger_on_the_port_is_not_taken_for_the_api() -> None:
    with pytest.raises(ApiSays, match="LIKAR_API_PORT"):
        client(lambda _: httpx.Response(200, text="<html>")).get("/v1/doctors/x")
