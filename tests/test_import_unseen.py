"""Imports of what people do not see, and of files without a table: counted aloud, or refused with the reason."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import LineChart

from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import Figure
from conftest import PLAN, run_aiplus, write_workspace

FIXTURES = Path(__file__).parent / "fixtures" / "import"
HEADER: list[Any] = ["指标", "时期", "数值", "备注"]
ROWS: list[list[Any]] = [["users", f"{year}年", year - 2015, "x"] for year in range(2018, 2026)]


def recorded(folder: Path) -> list[str]:
    """The periods of the figures that the ledger holds."""
    return [entry.period for entry in jsonl.read(folder / "progress.jsonl").entries if isinstance(entry, Figure)]


# --- nothing to import ----------------------------------------------------------------------------------------------


def empty_xlsx(path: Path) -> None:
    openpyxl.Workbook().save(path)


def charts_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("图").add_chart(LineChart())
    book.remove(book.worksheets[0])
    book.save(path)


def header_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADER)
    book.save(path)


def hidden_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.worksheets[0].append(row)
    book.worksheets[0].sheet_state = "veryHidden"
    book.create_sheet("说明")
    book.save(path)


def filtered_xlsx(path: Path) -> None:
    write_xlsx(path, rows=range(2, 10))


def charts_xls(path: Path) -> None:
    patch_records(path, 0x85, lambda body: body[:5] + b"\x02" + body[6:])


def tableless_ods(path: Path) -> None:
    write_ods(path, "")


def text(content: str) -> Any:
    return lambda path: path.write_bytes(content.encode())


NOTHING: list[tuple[str, Any, str]] = [
    ("empty.xlsx", empty_xlsx, "every sheet is empty: Sheet"),
    ("charts.xlsx", charts_xlsx, "only charts: 图"),
    ("header.xlsx", header_xlsx, "no figure stands below the header"),
    ("hidden.xlsx", hidden_xlsx, "only hidden sheets have anything in them: Sheet"),
    ("charts.xls", charts_xls, "it has no sheet with cells"),
    ("tableless.ods", tableless_ods, "it has no sheet with cells"),
    ("empty.csv", text(""), "there is no table in it"),
    ("mark.csv", text("\ufeff"), "there is no table in it"),
    ("blank.csv", text("\n,,\n\n"), "there is no table in it"),
    ("comments.csv", text("# figures of June\n# none yet\n"), "there is no table in it"),
    ("header.csv", text("指标,时期,数值\n"), "no figure stands below the header"),
    ("empty.json", text("[]"), "there is no table in it"),
    ("empty.jsonl", text("\n"), "there is no table in it"),
]


@pytest.mark.parametrize("options", [["--accept-valid"], ["--suggest-map", "-"]], ids="".join)
@pytest.mark.parametrize(("name", "write", "said"), NOTHING, ids=[case[0] for case in NOTHING])
def test_a_file_without_a_figure_is_refused_with_the_reason(
    name: str, write: Any, said: str, options: list[str], tmp_path: Path
) -> None:
    """It is bad input, whatever is asked of it; never an import of nothing that went well."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    write(folder / name)
    done = run_aiplus(["import", name, *options], folder)

    assert (done.code, f"error: {name}" in done.err, said in done.err) == (3, True, True), done.err


def test_a_workbook_of_the_strict_kind_is_read(tmp_path: Path) -> None:
    """Its names differ from the usual ones; it has figures and dates all the same."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    write_xlsx(folder / "usual.xlsx")
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    with zipfile.ZipFile(folder / "usual.xlsx") as usual, zipfile.ZipFile(folder / "strict.xlsx", "w") as strict:
        for part in usual.namelist():
            data = usual.read(part)
            for name, other in names.items():
                data = data.replace(name, other)
            strict.writestr(part, data)
    done = run_aiplus(["import", "strict.xlsx"], folder)

    assert (done.code, len(recorded(folder))) == (0, 8), done.err


# --- what people do not see -----------------------------------------------------------------------------------------


def write_xlsx(path: Path, rows: Any = (), columns: str = "") -> None:
    """The table with some of its rows and columns hidden, as a filter or a folded group leaves them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    for number in rows:
        sheet.row_dimensions[number].hidden = True
    for column in columns:
        sheet.column_dimensions[column].hidden = True
    sheet.column_dimensions["H"].hidden = True
    book.save(path)


def write_ods(path: Path, tables: str) -> None:
    names = ["office", "style", "text", "table"]
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    style = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{style}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)


def ods_row(cells: list[Any], attribute: str = "") -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{attribute}>{inside}</table:table-row>"


def patch_records(path: Path, kind: int, change: Any, source: str = "percent.xls") -> None:
    """A copy of a workbook of Excel 97 with the bodies of all records of a kind changed."""
    data = bytearray((FIXTURES / source).read_bytes())
    at = data.index(struct.pack("<HH", 0x0809, 16))
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        if number == kind:
            data[at + 4 : at + 4 + length] = change(bytes(data[at + 4 : at + 4 + length]))
        at += 4 + length
    path.write_bytes(data)


def hide_row_2(body: bytes) -> bytes:
    flags = struct.unpack_from("<I", body, 12)[0] | (0x20 if body[:2] == b"\x01\x00" else 0)
    return body[:12] + struct.pack("<I", flags)


def test_hidden_rows_and_columns_of_a_workbook_are_counted_aloud(tmp_path: Path) -> None:
    """How many, where, and that they were read; what is hidden and empty is not spoken of."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    write_xlsx(folder / "t.xlsx", rows=[3, 4, 7], columns="D")
    done = run_aiplus(["import", "t.xlsx"], folder)

    assert done.code == 0, done.err
    assert "hidden or filtered away: rows 3, columns 1" in done.out
    assert "rows 3-4, 7\n" in done.out
    assert "columns D\n" in done.out
    assert "--skip-hidden" in done.out
    assert len(recorded(folder)) == 8


def test_hidden_rows_and_columns_are_left_out_when_asked(tmp_path: Path) -> None:
    """Then only what people see is imported, and it is said what is not."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    write_xlsx(folder / "t.xlsx", rows=[3, 4, 7], columns="D")
    done = run_aiplus(["import", "t.xlsx", "--skip-hidden"], folder)

    assert done.code == 0, done.err
    assert "left out" in done.out
    assert recorded(folder) == ["2018", "2021", "2022", "2024", "2025"]
    assert {entry.note for entry in jsonl.read(folder / "progress.jsonl").entries if isinstance(entry, Figure)} == {""}


def test_a_table_of_which_every_row_is_filtered_away_has_no_figure_to_skip_to(tmp_path: Path) -> None:
    """With the option there is nothing to import, and that is the reason."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    write_xlsx(folder / "t.xlsx", rows=range(2, 10))
    done = run_aiplus(["import", "t.xlsx", "--skip-hidden"], folder)

    assert (done.code, "apart from what is hidden" in done.err) == (3, True), done.err


def test_a_label_of_merged_cells_stays_when_the_cell_that_holds_it_is_hidden(tmp_path: Path) -> None:
    """A merged header or label counts for what is still seen of it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["指标", "地区", "2024年", None],
        [None, None, "上半年", "下半年"],
        ["users", "湖南", 1, 2],
        [None, "广东", 3, 4],
    ):
        sheet.append(row)  # fmt: skip
    for cells in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(cells)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(folder / "t.xlsx")
    done = run_aiplus(["import", "t.xlsx", "--skip-hidden"], folder)
    (entry,) = jsonl.read(folder / "progress.jsonl").entries

    assert isinstance(entry, Figure), done.err
    assert (entry.indicator, entry.region, entry.period, int(entry.value)) == ("users", "CN-GD", "2024-H2", 4)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_named_and_read_when_they_are_asked_for(state: Any, tmp_path: Path) -> None:
    """They are not read by themselves, and never passed over in silence."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book = openpyxl.Workbook()
    for name, rows in (("表", ROWS[:1]), ("底表", ROWS[1:])):
        sheet = book.create_sheet(name)
        for row in [HEADER, *rows]:
            sheet.append(row)
    book["底表"].sheet_state = state
    book.save(folder / "t.xlsx")

    assert "hidden sheets, not read: 底表" in run_aiplus(["import", "t.xlsx"], folder).out
    assert recorded(folder) == ["2018"]
    assert run_aiplus(["import", "t.xlsx", "--sheet", "底表"], folder).code == 0
    assert len(recorded(folder)) == 8


@pytest.mark.parametrize("way", [' table:visibility="collapse"', ' table:visibility="filter"', "group"])
def test_hidden_rows_of_an_ods_are_counted_and_left_out_alike(way: str, tmp_path: Path) -> None:
    """Hidden, filtered or folded: they are counted aloud, and left out with the option."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    attribute = "" if way == "group" else way
    unseen = "".join(ods_row(row, attribute) for row in ROWS[1:3])
    if way == "group":
        unseen = f'<table:table-row-group table:display="false">{unseen}</table:table-row-group>'
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="9000"/>'
    )
    rows = columns + ods_row(HEADER) + ods_row(ROWS[0]) + unseen + "".join(map(ods_row, ROWS[3:]))
    other = f'<table:table table:name="T" table:style-name="H">{ods_row(HEADER)}</table:table>'
    write_ods(folder / "t.ods", f'<table:table table:name="S">{rows}</table:table>{other}')
    told = run_aiplus(["import", "t.ods", "--dry-run"], folder)
    done = run_aiplus(["import", "t.ods", "--skip-hidden"], folder)

    assert "hidden or filtered away: rows 2, columns 1" in told.out
    assert "rows 3-4\n" in told.out
    assert "columns D\n" in told.out
    assert "hidden sheets, not read: T" in told.out
    assert done.code == 0, done.err
    assert recorded(folder) == ["2018", "2021", "2022", "2023", "2024", "2025"]


def test_hidden_rows_and_sheets_of_an_excel_97_workbook_are_counted_and_left_out(tmp_path: Path) -> None:
    """As those of the newer kinds are."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    patch_records(folder / "rows.xls", 0x0208, hide_row_2)
    patch_records(folder / "sheet.xls", 0x85, lambda body: body[:4] + b"\x02" + body[5:])

    assert "hidden or filtered away: rows 1" in run_aiplus(["import", "rows.xls", "--dry-run"], folder).out
    assert "values read: 1;" in run_aiplus(["import", "rows.xls", "--dry-run", "--skip-hidden"], folder).out
    assert "only hidden sheets" in run_aiplus(["import", "sheet.xls"], folder).err
