"""One sheet as XLSX, XLS and ODS gives the same cells, whatever they are shown as."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import pytest

from aiplus_cli.intake.files.cells import BadCell, Box, Cell, DayCell, Sheet, text_of
from aiplus_cli.intake.files.read import read_file
from aiplus_cli.intake.times import day_text, parse_day, parse_time, time_text
from aiplus_cli.ledger import jsonl
from conftest import PLAN, run_aiplus, write_workspace

FIXTURES = Path(__file__).parent / "fixtures" / "import"
KINDS = ("xlsx", "xls", "ods")
REFUSED = "refused"
CELLS = {
    "plain": "42.8",
    "percent": "42.8%",
    "percent in red": "42.8%",
    "as wide as a percent": "0.428",
    "percent in quotes": "42.8%",
    "percent as it is": "42.8%",
    "percent above one": "200%",
    "no percent up to one": "0.5",
    "percent below zero": "-5%",
    "no percent above zero": "0.05",
    "a unit": "23000万人",
    "a bound": ">50",
    "an ornament": "1234.5",
    "thousands": REFUSED,
    "a point of its own": REFUSED,
    "words": REFUSED,
    "nothing": REFUSED,
    "zero as a dash": "0",
    "too many digits": REFUSED,
    "noise": "0.3",
    "day": "2025-06-30",
    "month": "2025-06",
    "text number": "42.8",
    "full-width": "４２．８％",
    "mark": "42.8①",
    "empty": "",
    "raised": "42.8¹",
    "lowered": "42.8¹",
    "true": "TRUE",
    "error": "#N/A",
}
"""What the cell of each label is read as; `make.py` beside the files says how they were written."""


def sheet_of(name: str) -> Sheet:
    (sheet,) = read_file(FIXTURES / name, name)
    return sheet


def cells_of(name: str) -> dict[str, Cell]:
    """The cells of the second column by the labels of the first."""
    return {text_of(cells[0]): cells[1] if len(cells) > 1 else "" for _, cells in sheet_of(name).rows}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stem", ["agree", "agree-1904"])
def test_a_sheet_is_the_same_in_every_format(stem: str, kind: str) -> None:
    """Percentages, days, units, texts, marks, errors: as people see them."""
    cells = cells_of(f"{stem}.{kind}")
    found = {label: REFUSED if isinstance(cell, BadCell) else text_of(cell) for label, cell in cells.items()}
    found.pop("a bare serial")

    assert found == CELLS
    assert [label for label, cell in cells.items() if isinstance(cell, DayCell)] == ["day", "month"]


@pytest.mark.parametrize("kind", KINDS)
def test_merged_cells_are_the_same_in_every_format(kind: str) -> None:
    """Two rows of two columns."""
    assert sheet_of(f"agree.{kind}").merges == (Box(4, 2, 5, 3),)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stem", ["agree", "agree-1904"])
def test_a_bare_serial_is_a_day_of_its_workbook(stem: str, kind: str) -> None:
    """In a column of periods or days, of a workbook that counts from 1900 or from 1904."""
    cell = cells_of(f"{stem}.{kind}")["a bare serial"]

    assert text_of(cell) == {"agree": "45838", "agree-1904": "44376"}[stem]
    assert parse_day(day_text(cell), where="").isoformat() == "2025-06-30"
    assert parse_time(time_text(cell), where="").text == "2025-06-30"


def test_bare_serials_of_1904_are_imported_as_the_days_they_are(tmp_path: Path) -> None:
    """As period and as day of publication."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    for row in (["指标", "时期", "数值", "发布日期"], ["gen", 44376, 42.8, 44486]):
        book.active.append(row)
    book.save(folder / "t.xlsx")
    done = run_aiplus(["import", "t.xlsx", "--source", "s"], folder)
    (entry,) = jsonl.read(folder / "progress.jsonl").entries

    assert done.code == 0, done.err
    assert (entry.period, entry.published.isoformat()) == ("2025-06-30", "2025-10-18")  # type: ignore[union-attr]


def test_a_raised_digit_in_a_text_of_the_cell_itself_is_no_digit(tmp_path: Path) -> None:
    """Where a workbook keeps its texts in the cells."""
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    sheet.append([CellRichText("42.8", TextBlock(InlineFont(vertAlign="superscript"), "1")), "plain"])
    book.save(path)
    (read,) = read_file(path, path.name)

    assert [cells for _, cells in read.rows] == [["42.8¹", "plain"]]


@pytest.mark.parametrize("name", ["agree.xlsx", "agree.xls", "agree.ods"])
def test_what_a_cell_shows_otherwise_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    """And with what to do."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    (folder / name).write_bytes((FIXTURES / name).read_bytes())
    mapping = (
        "always: {indicator: users, period: 2025}\nheader: [13, 13]\ncolumns: {an ornament: ignore, '1234.5': value}\n"
    )
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    done = run_aiplus(["import", name, "--source", "s", "--map", "m.yaml", "--range", "A13:B14"], folder)

    assert done.code == 3
    assert f"{name} S!B14: the cell holds 23000, and its number format shows something else" in done.err
    assert "fix: give the cell a plain number format, and write what is meant" in done.err


END, OF_THE_TABLE, FREE = -2, -3, -1
CIRCLES: dict[str, tuple[list[int], bytes, tuple[int, int], tuple[int, int]]] = {
    "of the workbook": ([OF_THE_TABLE, END, 3, 2], b"", (END, 0), (END, 0)),
    "of the folder": ([OF_THE_TABLE, 3, END, 1], b"", (END, 0), (END, 0)),
    "of the small parts": ([OF_THE_TABLE, END, END, 3, END], b"", (3, 1 << 30), (END, 0)),
    "of the table": ([OF_THE_TABLE, END, END], b"", (END, 0), (2, 100_000)),
    "of entries": ([OF_THE_TABLE, END, 3, END], struct.pack("<2i", 1, 1), (END, 0), (END, 0)),
}
"""The table of sectors, the neighbours of the workbook's entry, and where two more tables begin."""


def compound(table: list[int], neighbours: bytes, small: tuple[int, int], more: tuple[int, int]) -> bytes:
    """An Excel 97 file of a table of sectors, a folder of two entries, and four sectors of nothing."""
    start = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head = start + struct.pack("<9i", 0, 1, 1, 0, 4096, *small, *more) + struct.pack("<109i", 0, *[FREE] * 108)
    root, book = ("Root Entry", 5, 1, END, 0), ("Workbook", 2, FREE, 2, 1 << 20)
    entries = [
        struct.pack("<64sHBB", name.encode("utf-16le"), 2 * len(name) + 2, kind, 1)
        + (neighbours if neighbours and kind == 2 else struct.pack("<2i", FREE, FREE))
        + struct.pack("<i36x3i", child, begins, size, 0)
        for name, kind, child, begins, size in (root, book)
    ]
    sectors = struct.pack("<128i", *table, *[FREE] * (128 - len(table))) + b"".join(entries).ljust(512, b"\0")
    return head + sectors + bytes(4 * 512)


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_workbook_whose_parts_lead_in_a_circle_is_refused_at_once(circle: str, tmp_path: Path) -> None:
    """Nothing is followed without an end, and nothing of the promised size is laid out."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    (folder / "t.xls").write_bytes(compound(*CIRCLES[circle]))
    tracemalloc.start()
    try:
        done = run_aiplus(["import", "t.xls"], folder)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: t.xls: cannot be read as a table: ")
    assert most < 64 << 20


@pytest.mark.parametrize("kind", KINDS)
def test_no_mapping_is_suggested_for_an_empty_workbook(kind: str, tmp_path: Path) -> None:
    """The reason is told, and no file is written."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    done = run_aiplus(["import", str(FIXTURES / f"empty.{kind}"), "--suggest-map", "m.yaml"], folder)

    assert (done.code, (folder / "m.yaml").exists()) == (3, False), done.err
    assert "every sheet is empty: Sheet" in done.err
