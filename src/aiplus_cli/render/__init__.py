"""The formats of `status`: name -> render(report, options) -> str."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from aiplus_cli.judge.records import Report

FORMATS: dict[str, str] = {
    "table": "aiplus_cli.render.table:render_status",
    "json": "aiplus_cli.render.data:render_json",
    "csv": "aiplus_cli.render.data:render_csv",
    "markdown": "aiplus_cli.render.doc:render_markdown",
}
"""Where each format lives; a module is imported when its format is asked for."""

MACHINE_FORMATS = ("json", "csv")


@dataclass(frozen=True)
class Options:
    """How to write: the language, the width in cells (None: as wide as it needs), colour, and the stream's encoding."""

    lang: str = "en"
    width: int | None = None
    color: bool = False
    encoding: str = "utf-8"
    compare: bool = False
    """Whether the page shows every method side by side."""


def render_report(name: str, report: Report, options: Options) -> str:
    """The report in the named format."""
    module, function = FORMATS[name].split(":")
    text: str = getattr(import_module(module), function)(report, options)
    return text
