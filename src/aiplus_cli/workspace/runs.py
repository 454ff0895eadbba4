"""Recorded runs: one `aiplus.run/1` document a month, `runs/2026-10.json`, written once and read back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from aiplus_cli.check.records import Earlier, Identity
from aiplus_cli.contract.run import (
    Fingerprint,
    RecordedFinding,
    RecordedResult,
    RecordedRun,
    RecordedSeries,
    RunDocument,
)
from aiplus_cli.disk import need_file, read_bytes, unread
from aiplus_cli.errors import InputProblem, Message, Problem, unreadable
from aiplus_cli.foreign import in_our_words
from aiplus_cli.judge.records import ResultKey
from aiplus_cli.plan.numbers import is_short
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.records import Verdict

SCHEMA = "aiplus.run/1"
MAX_BYTES = 256 << 20
_NAME = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])\.json\Z")


_READER = msgspec.json.Decoder(RecordedRun, float_hook=Decimal)


@dataclass(frozen=True)
class Run:
    """A recorded run, and what a later one compares with.

    `found` are the identities of what `check` found, waived or not.
    """

    path: Path
    recorded: RecordedRun
    past: dict[ResultKey, Earlier]
    found: frozenset[Identity]

    def input(self, name: str) -> Fingerprint | None:
        """The fingerprint of a file as the run read it."""
        return self.recorded.inputs.get(name)

    @property
    def as_of(self) -> date:
        """The day of its vintage."""
        return self.recorded.as_of

    @property
    def today(self) -> date:
        """The day of its clock."""
        return self.recorded.today

    @property
    def method(self) -> str:
        return self.recorded.method

    @property
    def month(self) -> str:
        return self.path.stem


def month_of(today: date) -> str:
    """The month that a run on this day is for."""
    return f"{today.year:04}-{today.month:02}"


def run_path(folder: Path, today: date) -> Path:
    """Where the run of a day's month is kept."""
    return folder / f"{month_of(today)}.json"


def read_run(path: Path) -> Run:
    """A recorded run; raises InputProblem for a file that is none, EnvironmentProblem for one that cannot be read."""
    try:
        raw = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise unread(path, error) from None
    if len(raw) > MAX_BYTES:
        raise _no_run(path, Message("more than {size} MiB", size=MAX_BYTES >> 20))
    try:
        recorded = _READER.decode(raw)
    except (ValueError, RecursionError) as error:
        raise _no_run(path, in_our_words(error)) from None
    if recorded.schema != SCHEMA:
        raise _no_run(path, Message("its schema is '{name}'", name=recorded.schema))
    rows: list[RecordedResult | RecordedSeries] = [*recorded.status.results, *recorded.status.context]
    if not all(map(_is_comparable, rows)):
        raise _no_run(path, Message("a value has more than 24 digits"))
    return Run(path, recorded, _past(recorded), frozenset(map(_identity, recorded.findings or ())))


def _no_run(path: Path, why: Message) -> InputProblem:
    fix = Message("restore the file, or move it away and run 'aiplus snapshot' again")
    return InputProblem(Problem(str(path), Message("not a recorded run: {why}", why=why), fix))


def _is_comparable(row: RecordedResult | RecordedSeries) -> bool:
    """Whether a value is one that a ledger can have held."""
    return not isinstance(row.value, int | Decimal) or is_short(Decimal(row.value))


def _past(recorded: RecordedRun) -> dict[ResultKey, Earlier]:
    """What the run found of each result; one that borrows its verdict has the figure of its lead proxy."""
    rows = {ResultKey(row.indicator, row.region, row.milestone): row for row in recorded.status.results}
    found: dict[ResultKey, Earlier] = {}
    for place, row in rows.items():
        carrier = rows.get(place._replace(indicator=row.lead_proxy or row.indicator), row)
        known = _earlier(recorded, carrier, row.verdict, row.method)
        found[place] = replace(known, verdict_bound=row.verdict_bound)
    for series in recorded.status.context:
        found[ResultKey(series.indicator, series.region, "")] = _earlier(recorded, series, None, None)
    return found


def _earlier(
    recorded: RecordedRun, carrier: RecordedResult | RecordedSeries, verdict: Verdict | None, method: str | None
) -> Earlier:
    number = Decimal(carrier.value) if isinstance(carrier.value, int | Decimal) else None
    period = read_period(carrier.period or "")
    end = period.end if period else None
    return Earlier(recorded.as_of, verdict, method, number, carrier.indicator, end, carrier.bound or "")


def _identity(row: RecordedFinding) -> Identity:
    return Identity(row.gate, row.rule, row.indicator or "", row.region or "", row.milestone or "")


def last_run(folder: Path, *, before: str) -> Run | None:
    """The run of the latest month of those before the month `before`; None where there is none."""
    return next((read_run(path) for path in _latest_first(folder) if path.stem < before), None)


def runs_until(folder: Path, day: date) -> Iterator[Run]:
    """The runs whose clock stood at a day or before, the latest first."""
    for path in _latest_first(folder):
        if path.stem <= month_of(day) and (run := read_run(path)).today <= day:
            yield run


def _latest_first(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if _NAME.match(path.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unreadable(folder, error) from None
    return sorted(found, key=lambda path: path.name, reverse=True)


def fingerprint(path: Path) -> Fingerprint | None:
    """The SHA-256 and the number of a file's bytes; None for a file that is not there."""
    data = _bytes(path)
    return None if data is None else Fingerprint(hashlib.sha256(data).hexdigest(), len(data))


def lines_then(path: Path, then: Fingerprint | None) -> int | None:
    """How many lines the ledger had then, if those are still its first ones; else None."""
    if then is None:
        return 0
    data = (_bytes(path) or b"")[: then.bytes]
    if hashlib.sha256(data).hexdigest() != then.sha256:
        return None
    return data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def _bytes(path: Path) -> bytes | None:
    try:
        need_file(path)
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from None


def differences(run: Run, document: RunDocument) -> tuple[str, ...]:
    """What of the files, the method and the program is not what it was when the run was recorded."""
    names = [name for name, found in document.inputs.items() if run.input(name) != found]
    if run.today - run.as_of != document.today - document.as_of:
        names.append("as_of")
    names += [key for key in ("method", "tool_version") if getattr(run.recorded, key) != getattr(document, key)]
    return tuple(names)
