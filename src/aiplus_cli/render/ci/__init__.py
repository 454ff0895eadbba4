"""The formats of `check`, one file each: name -> render(report, page) -> str."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from aiplus_cli.check.records import CheckReport
from aiplus_cli.errors import ExitCode
from aiplus_cli.render import Options

CHECK_FORMATS: dict[str, str] = {
    "text": "aiplus_cli.render.ci.text:render_text",
    "json": "aiplus_cli.render.ci.data:render_json",
    "junit": "aiplus_cli.render.ci.junit:render_junit",
    "sarif": "aiplus_cli.render.ci.sarif:render_sarif",
    "github": "aiplus_cli.render.ci.github:render_github",
    "gitlab": "aiplus_cli.render.ci.gitlab:render_gitlab",
    "markdown": "aiplus_cli.render.ci.markdown:render_markdown",
}
"""Where each format lives; a module is imported when its format is asked for."""

MACHINE_FORMATS = ("json", "junit", "sarif", "github", "gitlab")


@dataclass(frozen=True)
class JobOutput:
    """How to write a check: `path` is targets.yaml as the reader finds it, `code` the exit code of the run."""

    options: Options
    path: str = "targets.yaml"
    code: ExitCode = ExitCode.OK
    gates: bool = False
    waivers: bool = False


def render_check(name: str, report: CheckReport, page: JobOutput) -> str:
    """The findings in the named format."""
    module, function = CHECK_FORMATS[name].split(":")
    text: str = getattr(import_module(module), function)(report, page)
    return text
