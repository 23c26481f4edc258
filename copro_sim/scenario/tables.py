"""The tables of a scenario file, made from the parameter records of government and of every process.

A table is checked by pydantic (strictly: no unknown keys, no text or truth for numbers, no NaN or infinity, nothing out
of its record's range) and kept as its typed `Params`, which compiled code and institutions take as it is.
"""

from collections.abc import Mapping
from functools import cache, partial
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from copro_sim.core.params import Record, defaults, records
from copro_sim.core.units import month_number
from copro_sim.processes.ageing import Params as AgeingParams
from copro_sim.processes.asking import Params as AskingParams
from copro_sim.processes.births import Params as BirthsParams
from copro_sim.processes.bonds import Params as BondsParams
from copro_sim.processes.buying import Params as BuyingParams
from copro_sim.processes.capacity import Params as CapacityParams
from copro_sim.processes.care_service import Params as CareServiceParams
from copro_sim.processes.carers import Params as CarersParams
from copro_sim.processes.delivery import Params as DeliveryParams
from copro_sim.processes.direct_payments import Params as DirectPaymentsParams
from copro_sim.processes.health import Params as HealthParams
from copro_sim.processes.joining import Params as JoiningParams
from copro_sim.processes.migration import Params as MigrationParams
from copro_sim.processes.moving import Params as MovingParams
from copro_sim.processes.outlook import Params as OutlookParams
from copro_sim.processes.sharing import Params as SharingParams
from copro_sim.processes.strain import Params as StrainParams
from copro_sim.processes.time_credits import Params as TimeCreditsParams
from copro_sim.scenario import evidence
from copro_sim.scenario.government import (
    AllianceParams,
    ChargeParams,
    CoproductionParams,
    CouncilParams,
    FearParams,
    FundingParams,
    HospitalParams,
    LeadershipParams,
    PanelParams,
    PractitionerParams,
    ProviderParams,
    SeneddParams,
    Settings,
    ThirdSectorParams,
)
from copro_sim.scenario.problems import did_you_mean

STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)
POLICY = Settings._fields
"""Tables that events may change: what government decides. Funding and rationing are decided in April."""

AT_START = (
    "council.first_line", "coproduction.groups_percent", "coproduction.members_percent",
    "senedd.first_attention", "senedd.first_convinced", "senedd.champion",
    "practitioners.per_1000_adults", "practitioners.third_sector_share", "practitioners.user_led_share",
    "practitioners.first_share", "alliance.first_ties",
    "third_sector.organisations_per_100000", "third_sector.first_granted",
)  # fmt: skip
"""Settings that act when a run begins and never again, so that an event could not change anything."""


class RunParams(NamedTuple):
    """How long a run is."""

    years: Annotated[int, Record(
        value=30, low=1, high=100, unit="years", meaning="Years to live, from April 2013",
        source="A generation: what prevention is said to need")]  # fmt: skip


class SizeParams(NamedTuple):
    """How large the sample of Wales is; its size must not change the answer beyond sampling error."""

    citizens: Annotated[
        int, Record(value=10_000, low=50, high=50_000_000, meaning="Simulated citizens; the real Wales has 3.1 million")
    ]
    community_size: Annotated[int, Record(
        value=2_000, low=200, high=60_000, unit="citizens",
        meaning="Citizens of a community, within which all bonds lie: a ward or a cluster of villages")]  # fmt: skip


class Population(NamedTuple):
    """The sample of Wales that is simulated."""

    citizens: int
    community_size: int
    councils: tuple[str, ...]
    """English names, in the order of the councils' official codes."""


class Event(NamedTuple):
    """A dated change of policy, in force from the first day of its month."""

    date: str
    title: str
    set: tuple[tuple[str, Any], ...]
    """Pairs of a dotted key and its new value."""

    @property
    def month(self) -> int:
        """The month of the change, counted from April 2013."""
        return month_number(self.date)

    def dump(self) -> dict[str, Any]:
        """Return the event as it stands in a scenario file."""
        return {"date": self.date, "title": self.title, "set": dict(self.set)}


@cache
def council_table() -> dict[str, str]:
    """Return the English name for every name, English or Welsh, of the 22 councils, in the order of their codes."""
    names = {authority.name: authority.name for authority in evidence.authorities()}
    return names | {authority.name_cy: authority.name for authority in evidence.authorities()}


def all_councils() -> tuple[str, ...]:
    """Return the English names of the 22 councils in the order of their codes."""
    return tuple(authority.name for authority in evidence.authorities())


def said(message: str) -> PydanticCustomError:
    """Return a mistake whose explanation is `message`, for pydantic to collect with the others."""
    return PydanticCustomError("said", "{message}", {"message": message})


def field(kind: type, record: Record) -> Any:
    """Return a record as a field of a pydantic model: type and `Field`."""
    extra = {"unit": record.unit, "source": record.source, "grade": record.grade, "role": record.role}
    about = Field(default=record.value, description=record.meaning, json_schema_extra={k: v for k, v in extra.items() if v})
    if record.options is not None:
        return Literal[record.options], about
    return Annotated[kind, Field(ge=record.low, le=record.high), AfterValidator(kind)], about


class FromRecords:
    """Annotates a `Params` class: read a table by its records, keep it as that class.

    Parameters
    ----------
    source
        The class whose records describe the table, if not the annotated class itself.
    more
        Further fields of the table, each a type and a `Field`.
    """

    def __init__(self, source: type | None = None, **more: Any) -> None:
        """Remember what the table is made from."""
        self._source, self._more = source, more

    def __get_pydantic_core_schema__(self, params: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what pydantic needs to check, keep and write such a table."""
        found = records(self._source or params)
        fields = {name: field(kind, record) for name, (kind, record) in found.items()} | self._more
        about = (params.__doc__ or "").split("\n")[0]
        model = create_model(params.__name__, __config__=STRICT, __doc__=about, **fields)
        return core_schema.no_info_after_validator_function(
            lambda table: params(**{name: getattr(table, name) for name in fields}),
            handler(model),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda table: table._asdict()),
        )


def table(params: type) -> Any:
    """Return the field of a table that may be left out: then everything is as in the records, which are read once."""
    return Field(default_factory=cache(partial(defaults, params)), description=(params.__doc__ or "").split("\n")[0])


def _council(name: Any) -> str:
    if not isinstance(name, str) or name not in council_table():
        hint = did_you_mean(name, council_table()) if isinstance(name, str) else ""
        raise said(f"must be the English or Welsh name of one of the 22 councils of Wales.{hint}")
    return council_table()[name]


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise said("must name at least one council, or be left out for all 22")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise said(f"names {' and '.join(twice)} more than once")
    return tuple(name for name in all_councils() if name in names)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _date(text: str) -> str:
    try:
        month_number(text)
    except ValueError:
        raise said('must be a year and a month, such as "2018-04"') from None
    return text


def dotted(nested: Any, prefix: str = "") -> Any:
    """Return a nested dict as one of dotted keys; anything else as it is."""
    if not isinstance(nested, Mapping):
        return nested
    flat: dict[Any, Any] = {}
    for key, value in nested.items():
        name = f"{prefix}{key}"
        flat |= dotted(value, f"{name}.") if isinstance(value, Mapping) and value else {name: value}
    return flat


def setting_records() -> dict[str, tuple[type, Record]]:
    """Return the type and the record of every setting, by its dotted key such as 'funding.basis'."""
    return dict(_setting_records())


@cache
def _setting_records() -> dict[str, tuple[type, Record]]:
    return {f"{name}.{key}": found for name, params in TABLES.items() for key, found in records(params).items()}


def may_change(key: str) -> bool:
    """Return whether an event may set the dotted key."""
    return key in _setting_records() and key.split(".")[0] in POLICY and key not in AT_START


def _changes_model() -> Any:
    """Return the model of an event's `set`: every policy setting under its dotted key, none of them required."""
    fields: dict[str, Any] = {}
    for key, (kind, record) in _setting_records().items():
        if may_change(key):
            hint, _ = field(kind, record)
            fields[key.replace(".", "__")] = (hint, Field(default=None, alias=key, description=record.meaning))
    return create_model("Changes", __config__=STRICT, __doc__="New values by dotted key.", **fields)


class _EventFromTable:
    """Annotates `Event`: read a table `[[events]]`, keep it as an `Event`."""

    def __get_pydantic_core_schema__(self, params: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what pydantic needs to check, keep and write an event."""
        fields: dict[str, Any] = {
            "date": (Annotated[str, AfterValidator(_date)], Field(description="Year and month, such as 2018-04")),
            "title": (str, Field(default="", description="What happens, for people")),
            "set": (Annotated[_changes_model(), BeforeValidator(dotted)], Field(description="New values by dotted key")),
        }
        model = create_model("Event", __config__=STRICT, __doc__="A dated change of policy.", **fields)
        return core_schema.no_info_after_validator_function(
            lambda e: Event(e.date, e.title, tuple(e.set.model_dump(by_alias=True, exclude_unset=True).items())),
            handler(model),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda event: event.dump()),
        )


TABLES: dict[str, type] = {
    "run": RunParams,
    "population": SizeParams,
    "funding": FundingParams,
    "council": CouncilParams,
    "coproduction": CoproductionParams,
    "senedd": SeneddParams,
    "panel": PanelParams,
    "fear": FearParams,
    "leadership": LeadershipParams,
    "practitioners": PractitionerParams,
    "alliance": AllianceParams,
    "third_sector": ThirdSectorParams,
    "providers": ProviderParams,
    "charges": ChargeParams,
    "hospital": HospitalParams,
    "ageing": AgeingParams,
    "births": BirthsParams,
    "moving": MovingParams,
    "migration": MigrationParams,
    "health": HealthParams,
    "capacity": CapacityParams,
    "delivery": DeliveryParams,
    "direct_payments": DirectPaymentsParams,
    "asking": AskingParams,
    "sharing": SharingParams,
    "time_credits": TimeCreditsParams,
    "buying": BuyingParams,
    "care_service": CareServiceParams,
    "carers": CarersParams,
    "strain": StrainParams,
    "bonds": BondsParams,
    "outlook": OutlookParams,
    "joining": JoiningParams,
}
"""Every table and the class whose records describe it."""

_COUNCILS = (
    Annotated[tuple[Annotated[str, BeforeValidator(_council)], ...], BeforeValidator(_as_tuple), AfterValidator(_each_once)],
    Field(default_factory=all_councils, description="Councils to simulate, all 22 if left out"),
)


@cache
def _usual_population() -> Population:
    return Population(**defaults(SizeParams)._asdict(), councils=all_councils())


def _a_question(text: str) -> str:
    if not text.strip():
        raise said("is empty: say in a sentence or two what this scenario asks")
    return text.strip()


class Fields(BaseModel):
    """Everything that may stand in a scenario file."""

    model_config = STRICT

    name: str = Field(default="", description="Short name; the file's own if left out")
    title: str = Field(default="", description="Title for people; the name if left out")
    question: Annotated[str, AfterValidator(_a_question)] = Field(description="What the scenario asks, for people")
    extends: str = Field(default="", description="Shipped name or relative path of the scenario this one builds on")
    run: Annotated[RunParams, FromRecords()] = table(RunParams)
    population: Annotated[Population, FromRecords(SizeParams, councils=_COUNCILS)] = Field(
        default_factory=_usual_population, description="The sample of Wales"
    )
    funding: Annotated[FundingParams, FromRecords()] = table(FundingParams)
    council: Annotated[CouncilParams, FromRecords()] = table(CouncilParams)
    coproduction: Annotated[CoproductionParams, FromRecords()] = table(CoproductionParams)
    senedd: Annotated[SeneddParams, FromRecords()] = table(SeneddParams)
    panel: Annotated[PanelParams, FromRecords()] = table(PanelParams)
    fear: Annotated[FearParams, FromRecords()] = table(FearParams)
    leadership: Annotated[LeadershipParams, FromRecords()] = table(LeadershipParams)
    practitioners: Annotated[PractitionerParams, FromRecords()] = table(PractitionerParams)
    alliance: Annotated[AllianceParams, FromRecords()] = table(AllianceParams)
    third_sector: Annotated[ThirdSectorParams, FromRecords()] = table(ThirdSectorParams)
    providers: Annotated[ProviderParams, FromRecords()] = table(ProviderParams)
    charges: Annotated[ChargeParams, FromRecords()] = table(ChargeParams)
    hospital: Annotated[HospitalParams, FromRecords()] = table(HospitalParams)
    ageing: Annotated[AgeingParams, FromRecords()] = table(AgeingParams)
    births: Annotated[BirthsParams, FromRecords()] = table(BirthsParams)
    moving: Annotated[MovingParams, FromRecords()] = table(MovingParams)
    migration: Annotated[MigrationParams, FromRecords()] = table(MigrationParams)
    health: Annotated[HealthParams, FromRecords()] = table(HealthParams)
    capacity: Annotated[CapacityParams, FromRecords()] = table(CapacityParams)
    delivery: Annotated[DeliveryParams, FromRecords()] = table(DeliveryParams)
    direct_payments: Annotated[DirectPaymentsParams, FromRecords()] = table(DirectPaymentsParams)
    asking: Annotated[AskingParams, FromRecords()] = table(AskingParams)
    sharing: Annotated[SharingParams, FromRecords()] = table(SharingParams)
    time_credits: Annotated[TimeCreditsParams, FromRecords()] = table(TimeCreditsParams)
    buying: Annotated[BuyingParams, FromRecords()] = table(BuyingParams)
    care_service: Annotated[CareServiceParams, FromRecords()] = table(CareServiceParams)
    carers: Annotated[CarersParams, FromRecords()] = table(CarersParams)
    strain: Annotated[StrainParams, FromRecords()] = table(StrainParams)
    bonds: Annotated[BondsParams, FromRecords()] = table(BondsParams)
    outlook: Annotated[OutlookParams, FromRecords()] = table(OutlookParams)
    joining: Annotated[JoiningParams, FromRecords()] = table(JoiningParams)
    events: Annotated[tuple[Annotated[Event, _EventFromTable()], ...], BeforeValidator(_as_tuple)] = Field(
        default=(), description="Dated changes of policy"
    )
