"""The formats of `check`, one file each: name -> render(document, plan, page) -> str."""

from __future__ import annotations

from dataclasses import dataclass

from aiplus_cli.contract.check import CheckDocument
from aiplus_cli.errors import ExitCode
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.formats import renderer


@dataclass(frozen=True)
class JobOutput:
    """How to write a check: `path` is targets.yaml as the reader finds it, `code` the exit code of the run."""

    options: Options
    path: str = "targets.yaml"
    code: ExitCode = ExitCode.OK
    gates: bool = False
    waivers: bool = False


def render_check(name: str, check: CheckDocument, plan: Plan, page: JobOutput) -> str:
    """The findings in the named format."""
    text: str = renderer("check", name)(check, plan, page)
    return text
