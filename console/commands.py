"""The commands that ask a running API: search, doctor, explain."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from console.client import ApiClient, ApiSays
from console.explanations import doctor_explained, search_explained
from console.tables import doctor_card, search_table, show

ApiUrl = Callable[[], str]

TypedText = Annotated[str, typer.Argument(help="What a patient would type: «терапевт Житомир».")]
Age = Annotated[int | None, typer.Option(help="Age of the patient in whole years.")]
NearPoint = Annotated[str | None, typer.Option("--near", help="A point as «lat,lon».")]
RadiusKm = Annotated[float | None, typer.Option(help="Planned from the density of doctors when not given.")]
Settlement = Annotated[str | None, typer.Option(help="Name or KATOTTG code.")]
Speciality = Annotated[list[str] | None, typer.Option(help="Code, as PEDIATRICIAN; may be repeated.")]
Gender = Annotated[str | None, typer.Option(help="MALE or FEMALE, of the doctor.")]
OpenOnly = Annotated[bool, typer.Option("--open-only", help="Only doctors with free places.")]
ContractOnly = Annotated[bool, typer.Option("--contract-only", help="Only places with an NHSU contract.")]
OpenAt = Annotated[str | None, typer.Option(help="«sat 10:00» or a date-time, in Kyiv.")]
Kind = Annotated[str | None, typer.Option(help="primary_care, specialist or all.")]
Sort = Annotated[str | None, typer.Option(help="best or nearest.")]
Json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]


def add_commands(app: typer.Typer, api_url: ApiUrl) -> None:
    """Adds the commands to the command line; `api_url` gives the address of the API when one is run."""

    @app.command()
    def search(
        text: TypedText = "",
        age: Age = None,
        near: NearPoint = None,
        radius_km: RadiusKm = None,
        settlement: Settlement = None,
        speciality: Speciality = None,
        gender: Gender = None,
        open_only: OpenOnly = False,
        contract_only: ContractOnly = False,
        open_at: OpenAt = None,
        kind: Kind = None,
        sort: Sort = None,
        limit: Annotated[int, typer.Option(help="Hits to show.", min=1, max=50)] = 10,
        as_json: Json = False,
    ) -> None:
        """Search for doctors and print a table. Exit code 1 when the API refuses or is not there."""
        body = search_fields(
            text, age, near, radius_km, settlement, speciality, gender, open_only, contract_only, open_at, kind, sort
        )
        answer = asked(lambda api: api.post("/v1/search", {**body, "page_size": limit, "facets": as_json}), api_url)
        print_answer(answer, search_table, as_json)

    @app.command()
    def doctor(
        employee_id: Annotated[str, typer.Argument(help="ЕСОЗ employee id, as a search gives it.")],
        as_json: Json = False,
    ) -> None:
        """Show one doctor's card, also of one who is no longer in force."""
        print_answer(asked(lambda api: api.get(f"/v1/doctors/{employee_id}"), api_url), doctor_card, as_json)

    @app.command()
    def explain(
        text: TypedText = "",
        age: Age = None,
        near: NearPoint = None,
        radius_km: RadiusKm = None,
        settlement: Settlement = None,
        speciality: Speciality = None,
        gender: Gender = None,
        open_only: OpenOnly = False,
        contract_only: ContractOnly = False,
        open_at: OpenAt = None,
        kind: Kind = None,
        sort: Sort = None,
        employee_id: Annotated[
            str | None, typer.Option("--doctor", help="Where this doctor stands and what would bring them up.")
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Show how a search is read, planned and asked, the parts of its first hits, and where one doctor stands."""
        body = search_fields(
            text, age, near, radius_km, settlement, speciality, gender, open_only, contract_only, open_at, kind, sort
        )
        answer = {"search": asked(lambda api: api.post("/v1/explain", body), api_url), "doctor": None}
        if employee_id is not None:
            answer["doctor"] = asked(lambda api: api.post("/v1/explain", {**body, "employee_id": employee_id}), api_url)
        print_answer(answer, explained, as_json)


def search_fields(
    text: str,
    age: int | None,
    near: str | None,
    radius_km: float | None,
    settlement: str | None,
    speciality: list[str] | None,
    gender: str | None,
    open_only: bool,
    contract_only: bool,
    open_at: str | None,
    kind: str | None,
    sort: str | None,
) -> dict[str, Any]:
    """The body of a search from the options of a command; what was not given is left out."""
    fields: dict[str, Any] = {
        "q": text or None,
        "age": age,
        "near": point_of(near),
        "radius_km": radius_km,
        "settlement": settlement,
        "speciality": speciality or None,
        "gender": gender,
        "open_only": open_only or None,
        "contract_only": contract_only or None,
        "open_at": open_at,
        "kind": kind,
        "sort": sort,
    }
    return {name: value for name, value in fields.items() if value is not None}


def asked(call: Callable[[ApiClient], dict[str, Any]], api_url: ApiUrl) -> dict[str, Any]:
    """The API's answer; ends the program with its sentences and code 1 when it refuses or is not there."""
    try:
        return call(ApiClient(api_url()))
    except ApiSays as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None


def print_answer(
    answer: Mapping[str, Any], table: Callable[[Mapping[str, Any]], RenderableType], as_json: bool
) -> None:
    """An answer as a table or as JSON."""
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        show(table(answer))


def explained(answer: Mapping[str, Any]) -> RenderableType:
    """A search explained, and the doctor beneath it when one was asked for."""
    search, doctor = search_explained(answer["search"]), answer["doctor"]
    return search if doctor is None else doctor_explained(doctor, before=search)


def point_of(text: str | None) -> dict[str, float] | None:
    """«lat,lon» as the two numbers of a request."""
    if text is None:
        return None
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter("two numbers «lat,lon», as 50.45,30.52", param_hint="--near") from None
    return {"lat": lat, "lon": lon}
