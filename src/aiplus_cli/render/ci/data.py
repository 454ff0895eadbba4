"""aiplus.check/1 as JSON."""

from __future__ import annotations

from dataclasses import replace

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.contract.encode import encode_json
from aiplus_cli.plan.records import Plan
from aiplus_cli.render.ci import JobOutput


def render_json(check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The document with the exit code of the run; `checks` only where the page asks for the gates.

    A waiver that was granted later is known to no check of an earlier day, but where the waivers are explained.
    """
    del plan  # nothing in it is a name
    waivers = tuple(row for row in check.waivers if page.waivers or row.state != "not_yet")
    checks = check.checks if page.gates else None
    return encode_json(replace(check, exit_code=int(page.code), checks=checks, waivers=waivers))
