"""Machine formats: aiplus.status/1 as JSON, and the same rows as CSV. A contract: later versions only add keys."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from aiplus_cli.judge.methods import COMPARED
from aiplus_cli.judge.methods.calibrated import history, likelihood
from aiplus_cli.judge.records import Assessment, ContextRow, Report
from aiplus_cli.plan.records import FRESHNESS, VERDICTS, Indicator, Names
from aiplus_cli.render import Options
from aiplus_cli.render.numbers import fine, machine

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_OBEYED = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


def encode_json(content: Any) -> str:
    """JSON text with exact numbers, two spaces of indent and a closing newline.

    Characters that a terminal may obey, which JSON itself allows, are escaped: they come out as they were.
    """
    text = msgspec.json.format(_ENCODER.encode(content), indent=2).decode() + "\n"
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def render_json(report: Report, options: Options) -> str:
    """The report as aiplus.status/1; never translated."""
    del options
    return encode_json(status_document(report))


def status_document(report: Report) -> dict[str, Any]:
    """The report as plain values in the order of the contract."""
    from importlib.metadata import version

    rows = [result_row(result) for result in report.results]
    return {
        "schema": "aiplus.status/1",
        "tool_version": version("aiplus-cli"),
        "plan": report.plan.about.id,
        "today": report.today,
        "as_of": report.as_of,
        "method": report.method,
        "summary": {
            "total": len(rows),
            "verdicts": _counts(VERDICTS, [row["verdict"] for row in rows]),
            "freshness": _counts(FRESHNESS, [row["freshness"] for row in rows]),
        },
        "results": rows,
        "context": [_context_row(row) for row in report.context],
    }


def _counts(names: tuple[str, ...], found: list[str]) -> dict[str, int]:
    counter = Counter(found)
    return {name: counter[name] for name in names}


def unit_text(indicator: Indicator) -> str | None:
    """The unit as the file gives it first: the Chinese one where there are two."""
    return indicator.unit.zh if isinstance(indicator.unit, Names) else indicator.unit


def result_row(result: Assessment) -> dict[str, Any]:
    """One result; every key is always there."""
    return {
        "indicator": result.indicator.id,
        "region": result.region,
        "milestone": result.milestone.id,
        "due": result.milestone.due,
        "basis": result.basis,
        "stands_for": result.indicator.proxy_for,
        "lead_proxy": result.lead,
        "op": result.target.op,
        "target": result.target.value,
        "target_region": result.target.region,
        "clause": result.target.clause,
        **_figure_keys(result.latest),
        "unit": unit_text(result.indicator),
        "baseline_period": result.baseline.figure.period if result.baseline else None,
        "baseline_value": result.baseline.figure.value if result.baseline else None,
        "expected": machine(result.expected),
        "gap": machine(result.gap),
        "buffer_months": machine(result.buffer_months),
        "observed_per_year": machine(result.observed),
        "required_per_year": machine(result.required),
        **_outcome_keys(result),
        "verdict": result.verdict,
        "freshness": result.freshness,
        "next_due": result.next_due,
        "reason": str(result.reason) if result.reason else _missing_reason(result),
    }


def _figure_keys(latest: Any) -> dict[str, Any]:
    keys = ("value", "bound", "status", "period", "published", "source")
    found = {key: getattr(latest, key) if latest else None for key in keys}
    return {**found, "figure_id": latest.id if latest else None}


def _outcome_keys(result: Assessment) -> dict[str, Any]:
    outcome = result.outcome
    interval = outcome.interval if outcome else None
    named = {"level": interval[0], "low": fine(interval[1]), "high": fine(interval[2])} if interval else None
    metric = {"name": outcome.metric, "value": fine(outcome.value), "label": outcome.label} if outcome else None
    chance = outcome.probability if outcome else None
    return {
        "metric": metric,
        "method": result.method,
        "probability": fine(chance),
        "likelihood": likelihood(chance) if chance is not None else None,
        "interval": named,
        "history": str(history(chance)) if chance is not None else None,
        "by_method": {name: result.by_method.get(name) for name in COMPARED},
        "hangs_on_method": result.hangs_on_method,
    }


def _missing_reason(result: Assessment) -> str | None:
    if result.verdict == "met":
        return "the target is met; no pace is required"
    return "decided by comparing the value with the target" if result.outcome is None else None


def _context_row(row: ContextRow) -> dict[str, Any]:
    return {
        "indicator": row.indicator.id,
        "region": row.region,
        **_figure_keys(row.latest),
        "unit": unit_text(row.indicator),
        "observed_per_year": machine(row.observed),
        "freshness": row.freshness,
        "next_due": row.next_due,
    }


def render_csv(report: Report, options: Options) -> str:
    """The results, one a row, with the keys of the JSON; text that a spreadsheet would run as a formula is quoted."""
    del options
    rows = [_flat(result_row(result)) for result in report.results]
    stream = io.StringIO()
    if rows:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return stream.getvalue()


def _flat(row: dict[str, Any]) -> dict[str, str]:
    metric, interval = row.pop("metric") or {}, row.pop("interval") or {}
    row["metric"], row["metric_value"] = metric.get("name"), metric.get("value")
    row["metric_label"] = metric.get("label")
    for key in ("level", "low", "high"):
        row[f"interval_{key}"] = interval.get(key)
    for name, verdict in row.pop("by_method").items():
        row[f"verdict_{name}"] = verdict
    row["hangs_on_method"] = str(row["hangs_on_method"]).lower()
    return {key: cell(value) for key, value in row.items()}


def cell(value: object) -> str:
    """One CSV cell: numbers and dates as they are, text that starts a formula made harmless by a leading '.

    Text that already has such a ' gets another, so that a reader who takes one away has the text itself.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text
