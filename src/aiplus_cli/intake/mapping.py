"""MAPPING.yaml: what a table's headers and names mean, where they do not say it themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from aiplus_cli.errors import Fault, InputProblem
from aiplus_cli.intake.facts import find_status
from aiplus_cli.intake.files.read import parse_range
from aiplus_cli.intake.times import parse_day, parse_time
from aiplus_cli.ledger.soundness import indicator_problem
from aiplus_cli.plan.load import Misfit
from aiplus_cli.plan.places import parse_region
from aiplus_cli.plan.records import Id, Line, Plan, Whole

Role = Literal[
    "indicator", "region", "period", "part", "value", "unit", "bound", "status", "published", "source", "url", "note",
    "ignore",
]  # fmt: skip


def _without_line(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key != "@line"}
    return {} if value is None else value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Facts(_Part):
    """What every figure of a column, or of the table, has in common."""

    indicator: Id | None = None
    region: Line | None = None
    period: Line | None = None
    unit: Line | None = None


class Common(Facts):
    """What every figure of the table has in common."""

    status: Line | None = None
    published: Line | None = None
    source: Line | None = None
    url: Line | None = None
    note: Line | None = None


Plain = BeforeValidator(_without_line)
TextMap = Annotated[dict[str, Line], Plain]


class FileMapping(_Part):
    """The whole of MAPPING.yaml."""

    schema_name: Literal["aiplus.mapping/1"] = Field(alias="schema", default="aiplus.mapping/1")
    sheet: Line | None = None
    range: Line | None = None
    header: tuple[Annotated[Whole, Field(ge=1)], Annotated[Whole, Field(ge=1)]] | None = None
    columns: Annotated[dict[str, Role | Annotated[Facts, Plain]], Plain] = Field(default_factory=dict)
    indicators: TextMap = Field(default_factory=dict)
    regions: TextMap = Field(default_factory=dict)
    periods: TextMap = Field(default_factory=dict)
    always: Annotated[Common, Plain] = Common()
    cumulative: Literal["", "last_month"] = ""
    dates: Literal["", "day", "month", "year"] = ""
    fill: tuple[Literal["indicator", "region", "period"], ...] = ()
    skip: tuple[Line, ...] = ()


KeyPath = tuple[str, ...]


def mapping_problems(mapping: FileMapping, plan: Plan) -> Iterator[Misfit]:
    """Every id, region, period, date and range of a mapping that cannot be used, with its path in the file."""
    for place, kind, text in _used(mapping):
        try:
            if kind == "indicator" and plan.indicator(text) is None:
                yield Misfit(place, indicator_problem(plan, text))
            elif kind == "region":
                parse_region(text)
            elif kind == "period":
                parse_time(text, where="", cumulative=mapping.cumulative, dates="day")
            elif kind == "published":
                parse_day(text, where="")
            elif kind == "range":
                parse_range(text)
            elif kind == "status" and isinstance(found := find_status(text), Fault):
                yield Misfit(place, found)
        except InputProblem as error:
            yield Misfit(place, error.problems[0].fault)


def _used(mapping: FileMapping) -> Iterator[tuple[KeyPath, str, str]]:
    for kind in ("indicator", "region", "period"):
        for name, text in getattr(mapping, f"{kind}s").items():
            yield (f"{kind}s", name), kind, text
    if mapping.range is not None:
        yield ("range",), "range", mapping.range
    named: list[tuple[KeyPath, Facts]] = [(("always",), mapping.always)]
    named += [(("columns", title), item) for title, item in mapping.columns.items() if isinstance(item, Facts)]
    for place, facts in named:
        for kind, text in facts:
            if text is not None and kind in ("indicator", "region", "period", "published", "status"):
                yield (*place, kind), kind, text
