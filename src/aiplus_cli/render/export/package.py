"""A Frictionless data package: figures.csv, and datapackage.json that says what its columns are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from aiplus_cli.contract.encode import harmless
from aiplus_cli.contract.export import Content
from aiplus_cli.contract.figures import FigureRow
from aiplus_cli.ledger.entries import RECORDING
from aiplus_cli.render import Options
from aiplus_cli.render.export.figures import render_csv

DATA, DESCRIPTOR = "figures.csv", "datapackage.json"
_ABOUT: dict[str, str] = {
    "id": "Hash of the entry's content.",
    "indicator": "An id of the plan's indicators.",
    "region": "ISO 3166-2 code.",
    "period": "2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30; stands for its last day.",
    "value": "As published; a rating is one of met, on_track, at_risk, off_track.",
    "bound": "> for more than, >= for at least, < for less than, <= for at most, ~ for about.",
    "status": "A normal, P provisional, E estimated, F forecast, B break in the series.",
    "published": "When the world knew.",
    "source": "Who published it, and where.",
    "url": "Where to read it.",
    "note": "What a reader should know.",
    "replaces": "The id of the entry that this one corrects.",
    "withdraws": "The id of the entry that this one takes back.",
    "reason": "Why it is taken back.",
    "recorded_at": "When the ledger knew.",
    "recorded_by": "Through whom the ledger knew.",
}
_ENUMS = {"bound": [">", ">=", "<", "<=", "~"], "status": ["A", "P", "E", "F", "B"]}
_REQUIRED = ("id", "published", *RECORDING)


def render_package(content: Content, options: Options) -> dict[str, str]:
    """The two files; the data come first, so that a folder never describes what it does not hold."""
    return {DATA: render_csv(content, options), DESCRIPTOR: _text(_descriptor(content))}


def _text(descriptor: dict[str, Any]) -> str:
    return harmless(json.dumps(descriptor, ensure_ascii=False, indent=2)) + "\n"


def _descriptor(content: Content) -> dict[str, Any]:
    policy = content.plan.about
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"aiplus-{policy.id.lower()}",
        "title": f"{policy.title.zh} / {policy.title.en}",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "figures",
                "path": DATA,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
                "schema": _schema(content.figures.figures),
            }
        ],
    }
    sources = list(_sources(content.figures.figures))
    return {**described, "sources": sources} if sources else described


def _schema(rows: Sequence[FigureRow]) -> dict[str, Any]:
    """The value is a number unless the ledger has ratings, whose words share its column."""
    value = "any" if any(isinstance(row.value, str) for row in rows) else "number"
    types = {"value": value, "published": "date", "recorded_at": "datetime"}
    return {
        "fields": [_field(name, types.get(name, "string")) for name in _ABOUT],
        "missingValues": [""],
        "primaryKey": ["id"],
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": "", "fields": ["id"]}} for name in ("replaces", "withdraws")
        ],
    }


def _field(name: str, kind: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if name in _REQUIRED else {}
    if name in _ENUMS:
        constraints["enum"] = _ENUMS[name]
    field: dict[str, Any] = {"name": name, "type": kind, "description": _ABOUT[name]}
    if kind == "datetime":
        field["format"] = "any"  # an entry may have been recorded with an offset or with fractions of a second
    return {**field, "constraints": constraints} if constraints else field


def _sources(rows: Sequence[FigureRow]) -> Iterable[dict[str, str]]:
    for title, url in sorted({(row.source, row.url or "") for row in rows if row.source}):
        yield {"title": title, "path": url} if url.startswith(("https://", "http://")) else {"title": title}
