"""Files -> sheets: which kind a file is, and which of its sheets and cells are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from aiplus_cli.disk import need_file
from aiplus_cli.errors import EnvironmentProblem, InputProblem, Message, Problem, UsageProblem, as_usage, unreadable
from aiplus_cli.intake.files.cells import Box, Row, Sheet
from aiplus_cli.intake.files.hidden import seen
from aiplus_cli.plan.numbers import narrow

KINDS: dict[str, str] = {
    "text": "aiplus_cli.intake.files.text:read_text",
    "xlsx": "aiplus_cli.intake.files.excel:read_xlsx",
    "xls": "aiplus_cli.intake.files.excel:read_xls",
    "ods": "aiplus_cli.intake.files.ods:read_ods",
    "json": "aiplus_cli.intake.files.objects:read_json",
    "jsonl": "aiplus_cli.intake.files.objects:read_lines",
}
"""Where each reader lives; a module is imported when a file of its kind is met."""

OWN_SHEET = "figures"
_RANGE = re.compile(r"([A-Za-z]{1,3})?([0-9]{1,7})?:([A-Za-z]{1,3})?([0-9]{1,7})?\Z")


def find_kind(path: Path, name: str) -> str:
    """The kind of a file by its first bytes, then by its name."""
    try:
        need_file(path)
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as error:
        raise unreadable(name, error) from None
    if start.startswith(b"PK\x03\x04"):
        return "ods" if b"opendocument.spreadsheet" in start[:200] or name.lower().endswith(".ods") else "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("jsonl", "ndjson"):
        return "jsonl"
    if suffix == "json" or start.lstrip(b"\xef\xbb\xbf \t\r\n")[:2] in (b"[{", b"[\n", b"[\r"):
        return "json"
    return (
        "jsonl" if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and suffix not in ("csv", "tsv", "txt") else "text"
    )


def read_file(
    path: Path,
    name: str,
    *,
    encoding: str | None = None,
    sheets: tuple[str, ...] = (),
    area: str | None = None,
    skip_hidden: bool = False,
) -> list[Sheet]:
    """The wanted sheets of a file; raises InputProblem where there is none, or it is not clear which they are.

    With `skip_hidden` without what people do not see of them. Raises UsageProblem for a sheet that there is not, for
    no range and for no encoding.
    """
    with as_usage():
        box = parse_range(area) if area else None
    kind = find_kind(path, name)
    if kind == "json" and (resource := _resource(path, name)):
        path, name, kind = path.parent / resource, resource, "text"
    module, function = KINDS[kind].split(":")
    found: list[Sheet] = getattr(import_module(module), function)(path, name, encoding)
    chosen = [seen(sheet, box, skip=skip_hidden) for sheet in _choose(found, name, sheets)]
    return [_cut(sheet, box) for sheet in chosen] if box else chosen


def _resource(path: Path, name: str) -> str | None:
    from aiplus_cli.intake.files.objects import resource_of

    resource = resource_of(path, name)
    if resource and not (path.parent / resource).is_file():
        raise EnvironmentProblem(Problem(resource, Message("no such file")))
    return resource


def _choose(found: list[Sheet], name: str, wanted: tuple[str, ...]) -> list[Sheet]:
    names = [sheet.name for sheet in found]
    missing = [title for title in wanted if title not in names]
    if missing:
        raise UsageProblem(
            *(
                Problem(
                    "--sheet",
                    Message("{file} has no sheet '{name}'", file=name, name=title),
                    Message("use one of: {allowed}", allowed=list(filter(None, names)) or "-"),
                )
                for title in missing
            )
        )
    if wanted:
        return [sheet for sheet in found if sheet.name in wanted]
    own = [sheet for sheet in found if sheet.name == OWN_SHEET]
    filled = own or [sheet for sheet in found if _is_filled(sheet) and sheet.kind == "table"]
    if not filled:
        raise _nothing_in(found, name)
    if len(filled) > 1:
        raise InputProblem(
            Problem(
                name,
                Message("the file has several sheets: {names}", names=[sheet.name for sheet in filled]),
                Message("choose with --sheet NAME, which may be given more than once"),
            )
        )
    beside = tuple(sheet.name for sheet in found if _is_filled(sheet) and sheet.kind == "hidden")
    return [replace(sheet, hidden=sheet.hidden._replace(sheets=beside)) for sheet in filled]


def _is_filled(sheet: Sheet) -> bool:
    return bool(sheet.rows) if isinstance(sheet.rows, list) else True


def _nothing_in(found: list[Sheet], name: str) -> InputProblem:
    """Why there is no table in a file, and what may be meant."""
    if hidden := [sheet.name for sheet in found if _is_filled(sheet)]:
        what = Message("only hidden sheets have anything in them: {names}", names=hidden)
        return InputProblem(Problem(name, what, Message("choose one with --sheet NAME")))
    if charts := [sheet.name for sheet in found if sheet.kind == "chart"]:
        what = Message("there is no table in it, only charts: {names}", names=charts)
        return InputProblem(Problem(name, what, Message("import the table that the charts were drawn from")))
    what = Message("it has no sheet with cells; charts are no tables")
    if found:
        what = Message("every sheet is empty: {names}", names=[sheet.name for sheet in found])
    return InputProblem(Problem(name, what, Message("check that it is the right file, and that it was saved")))


def parse_range(text: str) -> Box:
    """The box of `A3:F40`, `B:D` or `3:40`; raises InputProblem for anything else."""
    match = _RANGE.match(narrow(text).strip())
    if match is None or not any(match.groups()):
        raise InputProblem(
            Problem("--range", Message("'{text}' is no range", text=text), Message("write it as A3:F40"))
        )
    left, top, right, bottom = match.groups()
    return Box(int(top or 1), _column(left or "A"), int(bottom or 10**7), _column(right or "ZZZ"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cut(sheet: Sheet, box: Box) -> Sheet:
    top, left, bottom, right = box

    def rows() -> Iterator[Row]:
        for number, cells in sheet.rows:
            if number > bottom:
                return
            if number >= top:
                yield number, cells[left : right + 1]

    inside = (merge for merge in sheet.merges if merge.left >= left)
    merges = tuple(merge._replace(left=merge.left - left, right=merge.right - left) for merge in inside)
    cut = list(rows()) if isinstance(sheet.rows, list) else rows()
    return replace(sheet, rows=cut, last_rows=list, merges=merges, column=left, keys=sheet.keys[left : right + 1])
