"""aiplus.run/1: what a run found, on which files, by which program; and what a later version reads of it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from aiplus_cli.check.records import CheckReport
from aiplus_cli.contract.findings import FindingRow, finding_rows
from aiplus_cli.contract.status import StatusDocument, status_document
from aiplus_cli.contract.values import Count, Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge.records import Report
from aiplus_cli.ledger.entries import Bound, FigureBound
from aiplus_cli.plan.records import Verdict


@dataclass(frozen=True, slots=True)
class Fingerprint(Part):
    """A file as the run read it."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The SHA-256 of its bytes."""
    bytes: Count
    """How many bytes it had."""


@dataclass(frozen=True, slots=True)
class RunDocument(Part):
    """What a run found: the status of every region, and what the gates say of it."""

    schema: Literal["aiplus.run/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    python_version: str
    """The version of Python that ran it."""
    as_of: date
    """The day of the figures: those published on or before it are known."""
    today: date
    """The day of the clock."""
    method: str
    """The method asked for, or `default`: each result names its own."""
    inputs: Mapping[str, Fingerprint | None]
    """The files that were read, by name; null for a file that was not there."""
    findings: tuple[FindingRow, ...]
    """What the gates of `check` found, waived findings last."""
    status: StatusDocument
    """The status of every region."""


def run_document(report: Report, check: CheckReport, inputs: Mapping[str, Fingerprint | None]) -> RunDocument:
    """The run in the form of the contract."""
    return RunDocument(
        schema="aiplus.run/1",
        tool_version=tool_version(),
        python_version=platform.python_version(),
        as_of=report.as_of,
        today=report.today,
        method=report.method,
        inputs=inputs,
        findings=finding_rows(check),
        status=status_document(report),
    )


# --- what is read back ------------------------------------------------------------------------------------------
#
# A recorded run is compared with for as long as it is kept, so that only these keys of it are read: a subset of the
# types above, each key of the same kind. A run of a later version has more keys, which are ignored; one of an earlier
# version may lack those that have a default here.


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """Of `ResultRow`: what a later run compares with."""

    indicator: str
    region: str
    milestone: str
    verdict: Verdict
    value: Any = None
    lead_proxy: str | None = None
    method: str | None = None
    period: str | None = None
    bound: FigureBound | None = None
    verdict_bound: Bound = ""


@dataclass(frozen=True, slots=True)
class RecordedSeries:
    """Of `ContextRow`: what a later run compares with."""

    indicator: str
    region: str
    value: Any = None
    period: str | None = None
    bound: FigureBound | None = None


@dataclass(frozen=True, slots=True)
class RecordedStatus:
    """Of `StatusDocument`: the results, and the series without a target."""

    results: tuple[RecordedResult, ...]
    context: tuple[RecordedSeries, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """Of `FindingRow`: its identity."""

    gate: str
    rule: str
    indicator: str | None = None
    region: str | None = None
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """Of `RunDocument`: what must be there for a file to be a run at all."""

    schema: str
    as_of: date
    today: date
    method: str
    inputs: Mapping[str, Fingerprint | None]
    status: RecordedStatus
    findings: tuple[RecordedFinding, ...] | None = None
    tool_version: str | None = None
