"""What `aiplus export` writes: the content of a workspace comes in, a text, bytes or the files of a folder go out.

`cli/export.py` calls `render_export` with what and in which format; the table of both is in `render/formats.py`.

| file | change it to |
| --- | --- |
| `figures.py`, `status.py`, `targets.py` | change what of that name programs read |
| `workbook.py` | change the Excel workbook |
| `package.py` | change the data package |
| `choice.py` | change which format the name of an output asks for, and which options a format has a use for |
| this file | add something that can be exported |
"""

from __future__ import annotations

from aiplus_cli.contract.export import Content
from aiplus_cli.render import Options
from aiplus_cli.render.formats import FORMATS, renderer

Exported = str | bytes | dict[str, str]

WHAT = {"figures": "figures", "status": "exported status", "targets": "targets"}
"""What can be exported, and its name in the table of formats."""

NEED_A_NAME = {"xlsx": "NAME.xlsx", "datapackage": "FOLDER"}
"""Formats that cannot be written to standard output, and what to call their output."""

SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "jsonl"}
"""The format that the name of an output asks for."""


def shows_status(what: str, format_name: str) -> bool:
    """Whether the output depends on the clock, the method and the regions."""
    return what == "status" or (what, format_name) == ("figures", "xlsx")


def formats_of(what: str) -> tuple[str, ...]:
    """The formats in which it is written."""
    return tuple(FORMATS[WHAT[what]])


def render_export(what: str, format_name: str, content: Content, options: Options) -> Exported:
    """The content in the named format."""
    exported: Exported = renderer(WHAT[what], format_name)(content, options)
    return exported
