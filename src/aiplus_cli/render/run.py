"""aiplus.run/1: what a run found, on which files, by which program."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

from aiplus_cli.check.records import CheckReport
from aiplus_cli.contract.status import status_document
from aiplus_cli.judge.records import Report
from aiplus_cli.render.ci.data import finding_rows


def run_document(report: Report, check: CheckReport, inputs: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """The run as plain values: the status of all regions, what the gates found, the fingerprints of the files."""
    from importlib.metadata import version

    return {
        "schema": "aiplus.run/1",
        "tool_version": version("aiplus-cli"),
        "python_version": platform.python_version(),
        "as_of": report.as_of,
        "today": report.today,
        "method": report.method,
        "inputs": dict(inputs),
        "findings": finding_rows(check),
        "status": status_document(report),
    }
