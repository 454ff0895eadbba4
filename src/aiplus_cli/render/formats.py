"""Every format of every document: the one place that knows which there are and where each is written."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

FORMATS: dict[str, dict[str, str]] = {
    "status": {
        "table": "table:render_status",
        "json": "data:render_json",
        "csv": "data:render_csv",
        "markdown": "doc:render_markdown",
    },
    "show": {
        "table": "show:render_show",
        "json": "data:render_json",
    },
    "log": {
        "table": "log:render_log",
        "json": "data:render_json",
    },
    "plan": {
        "table": "plan:render_plan",
        "json": "data:render_json",
    },
    "validate": {
        "json": "data:render_json",
    },
    "forecast": {
        "table": "forecast:render_table",
        "json": "data:render_json",
        "csv": "forecast:render_csv",
    },
    "backtest": {
        "table": "backtest:render_table",
        "json": "data:render_json",
        "markdown": "backtest:render_markdown",
    },
    "methods": {
        "table": "methods:render_table",
        "json": "data:render_json",
    },
    "check": {
        "text": "ci.text:render_text",
        "json": "ci.data:render_json",
        "junit": "ci.junit:render_junit",
        "sarif": "ci.sarif:render_sarif",
        "github": "ci.github:render_github",
        "gitlab": "ci.gitlab:render_gitlab",
        "markdown": "ci.markdown:render_markdown",
    },
    "failure": {
        "text": "ci.failure:render_text",
        "json": "ci.failure:render_json",
        "junit": "ci.failure:render_junit",
        "sarif": "ci.failure:render_sarif",
        "github": "ci.failure:render_github",
        "gitlab": "ci.failure:render_gitlab",
        "markdown": "ci.failure:render_markdown",
    },
    "diff": {
        "table": "review:render_table",
        "json": "data:render_json",
        "markdown": "review:render_markdown",
    },
    "due": {
        "table": "due:render_table",
        "json": "data:render_json",
        "csv": "due:render_csv",
        "markdown": "due:render_markdown",
    },
    "record": {
        "text": "recording:render_ids",
        "json": "data:render_json",
    },
    "withdraw": {
        "text": "recording:render_ids",
        "json": "data:render_json",
    },
    "import": {
        "text": "importing:render_import",
        "json": "data:render_json",
    },
    "figures": {
        "csv": "export.figures:render_csv",
        "xlsx": "export.workbook:render_figures",
        "json": "export.figures:render_json",
        "jsonl": "export.figures:render_jsonl",
        "sdmx-csv": "export.figures:render_sdmx_csv",
        "datapackage": "export.package:render_package",
    },
    "exported status": {
        "csv": "export.status:render_csv",
        "xlsx": "export.workbook:render_status",
        "json": "export.status:render_json",
        "jsonl": "export.status:render_jsonl",
    },
    "targets": {
        "csv": "export.targets:render_csv",
        "json": "export.targets:render_json",
    },
}
"""Document -> format -> `module:function` under this package; a module is imported when its format is asked for."""

FOR_PEOPLE = ("table", "text", "markdown")
"""Formats in the language of the reader; all others are for programs: UTF-8, and never translated."""


def is_for_programs(name: str) -> bool:
    return name not in FOR_PEOPLE


def renderer(document: str, name: str) -> Callable[..., Any]:
    """The function that writes a document in a format."""
    module, function = FORMATS[document][name].split(":")
    found: Callable[..., Any] = getattr(import_module(f"aiplus_cli.render.{module}"), function)
    return found
