"""The public contract of what may be asked. Unknown keys are faults, and all faults are reported together.

Each request comes in two spellings of the same fields: JSON, where numbers are numbers, and a query string, where
they are text and `near` is «lat,lon».
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    Strict,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from search_api.kyiv import parse_open_at

MAX_RADIUS_KM = 200
MAX_PAGE_SIZE = 50
DEFAULT_PAGE_SIZE = 20
MAX_TEXT = 200

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_POINT = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*,\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")


def _only_iso_date(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("bad_date", "not a date")


def _known_moment(text: str) -> str:
    if parse_open_at(text) is None:
        raise PydanticCustomError("bad_moment", "not a moment")
    return text


Id = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,64}$")]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
RadiusKm = Annotated[float, Field(gt=0, le=MAX_RADIUS_KM, allow_inf_nan=False)]
Age = Annotated[int, Field(ge=0, le=130)]
PageSize = Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)]
BirthDate = Annotated[date, BeforeValidator(_only_iso_date), Field(ge=date(1890, 1, 1))]
Moment = Annotated[str, Field(max_length=40), AfterValidator(_known_moment)]
Kind = Literal["primary_care", "specialist", "all"]
Sort = Literal["best", "nearest"]
Gender = Literal["MALE", "FEMALE"]
SearchCursor = Annotated[
    str,
    Field(max_length=8192, description="`next_cursor` of the page before; all other fields stay as they were"),
]


class Near(BaseModel):
    """A point of the caller, degrees; both or neither, 0.0 is a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    lat: Annotated[Lat, Strict()]
    lon: Annotated[Lon, Strict()]


def _near_of_text(value: object) -> object:
    """«lat,lon» as the two numbers; anything else is a fault of `near`."""
    found = _POINT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("bad_point", "not a point")
    if not (-90 <= float(found[1]) <= 90 and -180 <= float(found[2]) <= 180):
        raise PydanticCustomError("point_off_earth", "not on earth")
    return value


NearText = Annotated[str, BeforeValidator(_near_of_text), Field(examples=["50.2547,28.6587"])]


class _Together(BaseModel):
    """Reports faults between fields in one list with those of single fields, also when single fields are faulty."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        faults = cls._faults_between(data) if isinstance(data, Mapping) else []
        try:
            model = handler(data)
        except ValidationError as error:
            raise ValidationError.from_exception_data(cls.__name__, [*_kept(error), *faults], hide_input=True) from None
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults, hide_input=True)
        return model

    @classmethod
    def _faults_between(cls, data: Mapping[str, Any]) -> list[InitErrorDetails]:
        if data.get("age") is not None and data.get("birth_date") is not None:
            return [_fault("both_given", "birth_date", other="age")]
        return []


def _fault(code: Any, name: str, **values: str) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError(code, "fault", values), loc=(name,), input=None)


def _kept(error: ValidationError) -> list[InitErrorDetails]:
    # The context of an error may hold an exception object; only plain limits are of use to a caller.
    return [
        InitErrorDetails(
            type=PydanticCustomError(
                found["type"],
                "fault",
                {key: value for key, value in found.get("ctx", {}).items() if isinstance(value, str | int | float)},
            ),
            loc=found["loc"],
            input=None,
        )
        for found in error.errors(include_url=False, include_input=False)
    ]


class _SearchFields(_Together):
    q: Text | None = Field(None, description="what the patient typed: names, facility, place, speciality")
    speciality: list[Code] = Field([], max_length=20, description="speciality codes; any of them")
    settlement: Text | None = Field(
        None, description="KATOTTG code or name of a settlement (a code may also be a region's)"
    )
    birth_date: BirthDate | None = Field(
        None, description="of the patient; decides which specialities may register them"
    )
    gender: Gender | None = Field(None, description="of the doctor")
    open_at: Moment | None = Field(
        None, description="a moment in Kyiv: «2026-03-07T10:00», or «sat 10:00»; with a zone it is converted"
    )
    facility: Id | None = Field(None, description="division id")
    legal_entity: Id | None = Field(None, description="legal entity id")
    like_doctor: Id | None = Field(
        None, description="employee id of a doctor one knows: those who work at the same facility rank higher"
    )
    kind: Kind | None = Field(
        None, description="primary care doctors, other specialists, or all; follows from the speciality when not given"
    )
    sort: Sort = Field("best", description="best first, or nearest first")


class _JsonSearchFields(_SearchFields):
    near: Near | None = Field(None, description="where the patient is; both numbers or neither")
    radius_km: Annotated[RadiusKm, Strict()] | None = Field(
        None, description="never widened; without it a radius is planned and said in `area`"
    )
    age: Annotated[Age, Strict()] | None = Field(None, description="of the patient in whole years, or `birth_date`")
    open_only: Annotated[bool, Strict()] = Field(False, description="only doctors with free places")
    contract_only: Annotated[bool, Strict()] = Field(False, description="only places with an NHSU contract in force")


class SearchRequest(_JsonSearchFields):
    """A search as JSON. Without `near`, `settlement`, `facility`, `legal_entity` or a name or place in `q` there is no
    answer but the question for a place."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"q": "терапевт Житомир", "age": 40},
                {"near": {"lat": 50.2547, "lon": 28.6587}, "age": 5, "open_only": True},
            ]
        }
    )

    page_size: Annotated[PageSize, Strict()] = DEFAULT_PAGE_SIZE
    facets: Annotated[bool, Strict()] = Field(True, description="count the filters; only on the first page")
    cursor: SearchCursor | None = None


class ExplainRequest(_JsonSearchFields):
    """A search to be explained: its fields as they were sent, and the doctor it is about.

    Without `employee_id` the search itself is explained: how it was read, planned and asked.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "q": "терапевт Житомир",
                    "age": 40,
                    "gender": "FEMALE",
                    "employee_id": "302b278f-678a-4948-ba78-97b895678aa4",
                },
                {"q": "дитячий лікар Житомир", "age": 3},
            ]
        }
    )

    employee_id: Id | None = Field(None, description="the doctor, as a search or a card names them")

    def as_search(self, **changes: Any) -> SearchRequest:
        """The search itself with some fields changed; raises ValidationError where they make no search."""
        fields = self.model_dump(exclude={"employee_id"}) | changes
        return SearchRequest.model_validate(fields)


class SearchQuery(_SearchFields):
    """The same search as a query string."""

    near: NearText | None = Field(None, description="«lat,lon» in degrees")
    radius_km: RadiusKm | None = Field(None, description="never widened; without it a radius is planned and said")
    age: Age | None = Field(None, description="of the patient in whole years, or `birth_date`")
    open_only: bool = Field(False, description="only doctors with free places")
    contract_only: bool = Field(False, description="only places with an NHSU contract in force")
    page_size: PageSize = DEFAULT_PAGE_SIZE
    facets: bool = Field(True, description="count the filters; only on the first page")
    cursor: SearchCursor | None = None

    def as_request(self) -> SearchRequest:
        """The same request in its JSON form."""
        return SearchRequest.model_validate(_as_json_fields(self))


class _FacilityFields(_Together):
    q: Text | None = Field(None, description="words of the facility's name, a number, a place")
    speciality: list[Code] = Field([], max_length=20, description="has a doctor of any of these specialities")
    type: list[Code] = Field([], max_length=10, description="DIVISION_TYPE codes; any of them")
    settlement: Text | None = Field(None, description="KATOTTG code or name of a settlement")
    legal_entity: Id | None = Field(None, description="legal entity id")
    open_at: Moment | None = Field(None, description="a moment in Kyiv: «2026-03-07T10:00», or «sat 10:00»")
    sort: Sort = Field("best", description="best first, or nearest first")
    cursor: Annotated[str, Field(max_length=8192)] | None = Field(None, description="`next_cursor` of the page before")


class FacilitiesRequest(_FacilityFields):
    """A search for facilities as JSON."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"q": "поліклініка 2", "settlement": "Житомир"}]})

    near: Near | None = Field(None, description="where the patient is; both numbers or neither")
    radius_km: Annotated[RadiusKm, Strict()] | None = Field(None, description="never widened")
    open_only: Annotated[bool, Strict()] = Field(False, description="has a doctor with free places")
    contract_only: Annotated[bool, Strict()] = Field(False, description="only with an NHSU contract in force")
    page_size: Annotated[PageSize, Strict()] = DEFAULT_PAGE_SIZE


class FacilitiesQuery(_FacilityFields):
    """The same as a query string."""

    near: NearText | None = Field(None, description="«lat,lon» in degrees")
    radius_km: RadiusKm | None = Field(None, description="never widened")
    open_only: bool = Field(False, description="has a doctor with free places")
    contract_only: bool = Field(False, description="only with an NHSU contract in force")
    page_size: PageSize = DEFAULT_PAGE_SIZE

    def as_request(self) -> FacilitiesRequest:
        """The same request in its JSON form."""
        return FacilitiesRequest.model_validate(_as_json_fields(self))


class UnderstandRequest(BaseModel):
    """A text to understand, with what a search would know besides."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"q": "до педіатра Коваленко в Полтаві"}, {"q": "gtlsfnh gjhex"}]},
    )

    q: Text = Field(description="what the patient typed")
    near: Near | None = Field(None, description="where the patient is: decides between namesakes of places")
    speciality: list[Code] = Field(
        [], max_length=20, description="as in a search: a conflict with the text is reported"
    )
    settlement: Text | None = Field(None, description="as in a search")


class SuggestQuery(BaseModel):
    """What is typed so far."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    q: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, description="what is typed so far")]
    near: NearText | None = Field(None, description="«lat,lon»: nearer ones first among equals")
    limit: Annotated[int, Field(ge=1, le=20)] = Field(5, description="at most so many of each kind")

    @property
    def point(self) -> tuple[float, float] | None:
        """`near` as (lat, lon)."""
        return _point(self.near)


def _box_of_text(value: object) -> object:
    parts = value.split(",") if isinstance(value, str) else []
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise PydanticCustomError("bad_box", "not a box")
    west, south, east, north = (float(part) for part in parts)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise PydanticCustomError("box_inside_out", "not a box")
    return value


class MapQuery(_Together):
    """The part of the map in sight and what is wanted there."""

    bbox: Annotated[
        str,
        BeforeValidator(_box_of_text),
        Field(description="«west,south,east,north» in degrees", examples=["28.5,50.2,28.8,50.4"]),
    ]
    zoom: Annotated[int, Field(ge=0, le=22, description="zoom level of web maps")]
    speciality: list[Code] = Field([], max_length=20, description="has a doctor of any of these specialities")
    type: list[Code] = Field([], max_length=10, description="DIVISION_TYPE codes")
    age: Age | None = Field(None, description="of the patient: has a doctor who may register them")
    open_only: bool = Field(False, description="has a doctor with free places")
    contract_only: bool = Field(False, description="only with an NHSU contract in force")
    open_at: Moment | None = Field(None, description="a moment in Kyiv")

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = (float(part) for part in self.bbox.split(","))
        return west, south, east, north


def _point(near: str | None) -> tuple[float, float] | None:
    found = _POINT.fullmatch(near) if near is not None else None
    return (float(found[1]), float(found[2])) if found else None


def _as_json_fields(query: SearchQuery | FacilitiesQuery) -> dict[str, Any]:
    fields = query.model_dump()
    point = _point(query.near)
    fields["near"] = {"lat": point[0], "lon": point[1]} if point else None
    return fields
