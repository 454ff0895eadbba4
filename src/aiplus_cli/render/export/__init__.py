"""What `aiplus export` writes: (what, format) -> a function of the content and the options.

A format gives a text, the bytes of one file, or the texts of a folder's files by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from aiplus_cli.judge.records import Report
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options

Exported = str | bytes | dict[str, str]

FORMATS: dict[str, dict[str, str]] = {
    "figures": {
        "csv": "figures:render_csv",
        "xlsx": "workbook:render_figures",
        "json": "figures:render_json",
        "jsonl": "figures:render_jsonl",
        "sdmx-csv": "figures:render_sdmx_csv",
        "datapackage": "package:render_package",
    },
    "status": {
        "csv": "status:render_csv",
        "xlsx": "workbook:render_status",
        "json": "status:render_json",
        "jsonl": "status:render_jsonl",
    },
    "targets": {
        "csv": "targets:render_csv",
        "json": "targets:render_json",
    },
}
"""Where each format lives under this package; a module is imported when its format is asked for."""

NEED_A_NAME = {"xlsx": "NAME.xlsx", "datapackage": "FOLDER"}
"""Formats that cannot be written to standard output, and what to call their output."""

SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "jsonl"}
"""The format that the name of an output asks for."""


@dataclass(frozen=True)
class Content:
    """What there is to export; the report is worked out only for the formats that show a status."""

    plan: Plan
    entries: Sequence[Entry]
    assess: Callable[[], Report]


def shows_status(what: str, format_name: str) -> bool:
    """Whether the output depends on the clock, the method and the regions."""
    return what == "status" or (what, format_name) == ("figures", "xlsx")


def render_export(what: str, format_name: str, content: Content, options: Options) -> Exported:
    """The content in the named format."""
    module, function = FORMATS[what][format_name].split(":")
    found = getattr(import_module(f"aiplus_cli.render.export.{module}"), function)
    exported: Exported = found(content, options)
    return exported
