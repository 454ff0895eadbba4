"""The formats of `check`, one file each: a document, the plan and how to write it come in, a text goes out.

`cli/check.py` calls `render_check`, and `destinations` for where each text goes. No format changes the exit code.

| file | change it to |
| --- | --- |
| `text.py`, `markdown.py` | change what people read on a terminal or in a pull request |
| `words.py` | change how findings are said in every format that people read |
| `data.py` | change the JSON |
| `junit.py`, `sarif.py`, `github.py`, `gitlab.py` | change the format of that name |
| `failure.py` | change what each format says where nothing was assessed |
| `destinations.py` | change what `--format` and `--output` ask for together |
| this file | change what every format is told beside the document |
"""

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
