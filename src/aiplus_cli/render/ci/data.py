"""aiplus.check/1 as JSON."""

from __future__ import annotations

from dataclasses import replace

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.encode import encode_json
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput


def render_json(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The document with the exit code of the run; `checks` only where the page asks for the gates."""
    del plan  # nothing in it is a name
    return encode_json(replace(check, exit_code=int(page.code), checks=check.checks if page.gates else None))
