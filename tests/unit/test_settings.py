import pytest
from pydantic import ValidationError

from settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIKAR_ESOZ_URL", "localhost:8901"),
        ("LIKAR_OPENSEARCH_URL", "http://one:9200,two:9200"),
        ("LIKAR_OPENSEARCH_URL", "https://user:secret@cluster:9200"),
        ("LIKAR_CURSOR_SECRET", "short"),
        ("LIKAR_API_PORT", "80"),
    ],
)
def test_a_wrong_setting_is_refused_by_name_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as raised:
        Settings()
    fault = raised.value.errors(include_input=False, include_url=False)[0]
    assert fault["loc"] == (name.removeprefix("LIKAR_").lower(),)
    assert "secret@" not in fault["msg"]
    assert "short" not in fault["msg"]


def test_several_nodes_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKAR_OPENSEARCH_URL", "http://one:9200, http://two:9200")
    assert Settings().opensearch_url == "http://one:9200, http://two:9200"
