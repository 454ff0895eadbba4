"""Imports: what must hold for any ledger, any table, and any broken file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiplus_cli.intake.files.cells import letters
from aiplus_cli.intake.files.read import parse_range
from aiplus_cli.intake.times import parse_time
from aiplus_cli.intake.values import parse_value
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import FIELDS, RECORDING, Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.lines import encode, with_id
from aiplus_cli.plan.load import load
from aiplus_cli.plan.texts import clean
from aiplus_cli.render.data import cell
from conftest import PLAN, environment, run_aiplus, write_workspace
from mutations import mutate

FIXTURES = Path(__file__).parent / "fixtures" / "import"
MAPPING = "schema: aiplus.mapping/1\nalways: {indicator: gen, period: 2025-12}\n"
GOOD = [
    "gbk.csv", "utf8.csv", "utf8-bom.csv", "utf16.csv", "tab.tsv", "semicolon.csv", "english.csv", "wide.csv",
    "values.csv", "periods.csv", "two-level.csv", "months.csv", "objects.json", "lines.jsonl", "sdmx.csv",
    "merged.xlsx", "merged.ods", "merged.xls", "percent.xlsx", "percent.ods", "percent.xls", "english.xlsm",
]  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12).map(clean)
numbers = st.decimals(min_value=0, max_value=100, allow_nan=False, allow_infinity=False, places=3) | st.sampled_from(
    [Decimal("0.428"), Decimal("50.0"), Decimal("1E+1"), Decimal("0.123456789012345678901")]
)
days = st.dates(date(2026, 1, 1), date(2026, 11, 24))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Entries that a ledger may hold: figures, ratings, corrections and withdrawals, with any text."""
    entries: list[Entry] = []
    gone: set[str] = set()
    for index in range(draw(st.integers(0, 6))):
        shared: dict[str, Any] = {
            "id": "", "region": draw(st.sampled_from(["CN", "CN-HN"])), "published": draw(days), "url": draw(texts),
            "source": f"{draw(texts)}{index}", "note": draw(texts), "recorded_at": draw(moments),
            "recorded_by": draw(texts),
        }  # fmt: skip
        is_figure: bool = draw(st.booleans())
        about = "gen" if is_figure else "role", shared["region"]
        known = [
            entry.id
            for entry in entries
            if not isinstance(entry, Withdrawal) and (entry.indicator, entry.region) == about and entry.id not in gone
        ]
        again: bool = draw(st.booleans())
        if known and again:
            shared["replaces"] = draw(st.sampled_from(known))
            gone.add(shared["replaces"])
        period = draw(st.sampled_from(["2024", "2025-H1", "2025-Q3", "2025-06", "2025-06-30"]))
        if is_figure:
            status: Any = draw(st.sampled_from(["A", "P", "E", "F", "B"]))
            bound: Any = draw(st.sampled_from(["", ">", "<", "~"]))
            figure = Figure(indicator="gen", period=period, value=draw(numbers), bound=bound, status=status, **shared)
            entries.append(with_id(figure))
        else:
            entries.append(with_id(Rating(indicator="role", period=period, value="at_risk", **shared)))
        if draw(st.booleans()):
            entries.append(
                with_id(
                    Withdrawal(
                        id="", withdraws=entries[-1].id, reason=draw(texts.filter(bool)),
                        published=draw(st.dates(entries[-1].published, date(2026, 11, 24))),
                        recorded_at=draw(moments), recorded_by="x",
                    )
                )
            )  # fmt: skip
            gone.add(entries[-2].id)
    return list({entry.id: entry for entry in entries}.values())


def own_rows(entries: list[Entry]) -> list[dict[str, str]]:
    """The entries as an export writes them."""
    rows = []
    for entry in entries:
        fields = msgspec.structs.asdict(entry)
        fields["recorded_at"] = entry.recorded_at.isoformat()
        rows.append({name: cell(fields.get(name, "")) for name in FIELDS})
    return rows


def as_csv(entries: list[Entry], folder: Path) -> Path:
    path = folder / "export.csv"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FIELDS)
    writer.writeheader()
    writer.writerows(own_rows(entries))
    path.write_bytes(stream.getvalue().encode("utf-8-sig"))
    return path


def as_sdmx(entries: list[Entry], folder: Path) -> Path:
    path = folder / "export-sdmx.csv"
    names = {"region": "REF_AREA", "period": "TIME_PERIOD", "value": "OBS_VALUE", "status": "OBS_STATUS"}
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(names.get(name, name.upper()) for name in FIELDS)])
    writer.writerows(["dataflow", "X:Y(1.0)", "I", *row.values()] for row in own_rows(entries))
    path.write_bytes(stream.getvalue().encode())
    return path


def as_xlsx(entries: list[Entry], folder: Path) -> Path:
    path = folder / "export.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("status").append(["a page for people"])
    sheet = book.create_sheet("figures")
    sheet.append(list(FIELDS))
    for row in own_rows(entries):
        sheet.append(list(row.values()))
    book.save(path)
    return path


def as_json(entries: list[Entry], folder: Path) -> Path:
    path = folder / "export.json"
    path.write_bytes(b"[" + b",".join(encode(entry) for entry in entries) + b"]")
    return path


def as_lines(entries: list[Entry], folder: Path) -> Path:
    path = folder / "export.jsonl"
    path.write_bytes(b"".join(encode(entry) for entry in entries))
    return path


def as_package(entries: list[Entry], folder: Path) -> Path:
    as_csv(entries, folder).rename(folder / "figures.csv")
    path = folder / "datapackage.json"
    path.write_text(
        json.dumps({"name": "x", "resources": [{"name": "figures", "path": "figures.csv"}]}), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("write", [as_csv, as_sdmx, as_xlsx, as_json, as_lines, as_package])
@settings(max_examples=settings().max_examples // 5)
@given(entries=ledgers())
def test_an_export_imports_to_the_same_ledger(
    write: Callable[[list[Entry], Path], Path], entries: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What was exported imports again to the same entries, in their order, whatever their texts are."""
    folder = write_workspace(tmp_path_factory.mktemp("own"), {"targets.yaml": PLAN})
    done = run_aiplus(["import", write(entries, folder).name], folder)
    known = jsonl.read(folder / "progress.jsonl").entries if entries else []

    assert (done.code if entries else 0, done.err if done.code and entries else "") == (0, "")
    assert known == entries


@given(entries=ledgers())
def test_an_id_is_the_hash_of_the_content(entries: list[Entry]) -> None:
    """Of its JSON with sorted keys, without what is empty and without who recorded it and when."""
    for entry in entries:
        fields = msgspec.structs.asdict(entry)
        said = {name: fields[name] for name in fields.keys() - {"id", *RECORDING} if fields[name] != ""}
        if isinstance(entry, Figure):
            said["value"] = f"{entry.value.normalize():f}"
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)

        assert entry.id == hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", GOOD)
def test_importing_twice_writes_once(name: str, tmp_path: Path) -> None:
    """The second import of a file changes nothing, on the same day and on a later one."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    (folder / name).write_bytes((FIXTURES / name).read_bytes())

    assert run_aiplus(["import", name], folder).code == 0
    once = (folder / "progress.jsonl").read_bytes()
    for today in ("2026-11-24", "2026-12-31"):
        again = run_aiplus(["import", name], folder, {"AIPLUS_TODAY": today})

        assert (again.code, again.err) == (0, "nothing was written\n")
    assert (folder / "progress.jsonl").read_bytes() == once


RECORDED: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("a footnote of the yearbook", "指标,2023年\ngen,42.8[1]\n", [("gen", "2023", "42.8")]),
    ("blanks between thousands", "指标,2023年\nusers,1 234\n", [("users", "2023", "1234")]),
    ("a unit in the title", "表1 用户（万人）\n指标,2023年\nusers,23000\n", [("users", "2023", "2.3")]),
    ("a unit and a date", "单位：万人   时间：2023年\n指标,2023年\nusers,23000\n", [("users", "2023", "2.3")]),
    ("a unit without a colon", "（单位 万人）\n指标,2023年\nusers,23000\n", [("users", "2023", "2.3")]),
    ("a unit below the header", "指标,2023年\n单位：万人,\nusers,23000\n", [("users", "2023", "2.3")]),
    ("a row of units", "时期,gen,users\n,%,万人\n2023年,18.2,23000\n",
     [("gen", "2023", "18.2"), ("users", "2023", "2.3")]),
    ("who publishes is no unit", "发布单位：国家统计局\n指标,2023年\nusers,2.3\n", [("users", "2023", "2.3")]),
    ("quarters by number", "年份,季度,指标,数值\n2025,2,users,5\n", [("users", "2025-Q2", "5")]),
    ("quarters by hanzi", "年份,季度,指标,数值\n2025,三,users,5\n", [("users", "2025-Q3", "5")]),
    ("halves by number", "年份,半年,指标,数值\n2025,2,users,5\n", [("users", "2025-H2", "5")]),
    ("months by number", "年份,月份,指标,数值\n2025,10,users,5\n", [("users", "2025-10", "5")]),
    ("a padded region", "指标,地区,2023年\nusers,北　京,5\n", [("users", "2023", "5")]),
    ("a month with 份", "指标,时期,数值\nusers,2025年6月份,5\n", [("users", "2025-06", "5")]),
    ("a whole year", "指标,时期,数值\nusers,2025年全年,5\n", [("users", "2025", "5")]),
    ("a compact month", "指标,时期,数值\nusers,202506,5\n", [("users", "2025-06", "5")]),
    ("a real minus", "指标,2023年\nusers,−1.5\n", [("users", "2023", "-1.5")]),
    ("more than", "指标,2023年\nusers,5亿多\n", [("users", "2023", ">5")]),
    ("a label with a footnote", "指标,2023年\n用户①,5\n", [("users", "2023", "5")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in RECORDED], ids=[case[0] for case in RECORDED])
def test_a_table_is_read_as_a_statistician_means_it(
    text: str, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """Exactly these figures are recorded."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv", "--source", "s"], folder)
    entries = jsonl.read(folder / "progress.jsonl").entries
    found = [(e.indicator, e.period, f"{e.bound}{e.value:f}") for e in entries if isinstance(e, Figure)]

    assert (done.code, found) == (0, expected), done.err


REFUSED: list[tuple[str, str, str]] = [
    ("a power of ten", "指标,2023年\nusers,10⁴\n", "'10⁴' has ⁴ in it"),
    ("a raised footnote", "指标,2023年\ngen,42.8¹\n", "'42.8¹' has ¹ in it"),
    ("a mark inside", "指标,2023年\ngen,42.8①%\n", "'42.8①%' has ① in it"),
    ("a year with a mark", "指标,时期,数值\ngen,202⁵年,42\n", "'202⁵年' is no period"),
    ("a day number of other digits", "指标,时期,数值\ngen,4583٨,42\n", "'4583٨' is no period"),
    ("a number that is too long", f"指标,2023年\nusers,1.{'1' * 24}\n", "at most 24 digits"),
    ("two numbers in a cell", "指标,2023年\nusers,12.8 1\n", "'12.8 1' is no value"),
    ("two units in a line", "单位：万人、%\n指标,2023年\nusers,23000\n", "the unit is not certain"),
    ("an unknown unit", "单位：万户次\n指标,2023年\nusers,23000\n", "the unit is not certain"),
    ("an English unit", "Unit: 10 thousand people\n指标,2023年\nusers,23000\n", "the unit is not certain"),
    ("a note about a unit", "指标,2023年\nusers,23000\n注：用户规模单位为万人,\n", "the unit is not certain"),
    ("points for per cent", "单位：百分点\n指标,2023年\ngen,18.8\n", "not in the unit of gen"),
    ("a column in points", "指标,2023年（百分点）\ngen,18.8\n", "not in the unit of gen"),
    ("per cent in a table of points", "单位：百分点\n指标,2023年\ngen,18.8%\n", "contradict each other"),
    ("a change", "指标,2023年\ngen,+18.8%\n", "looks like a change"),
    ("two units for one cell", "指标,单位,2023年（万人）\nusers,亿人,2\n", "the units contradict each other"),
    ("a cell against its column", "指标,2023年（万人）\nusers,2.1亿人\n", "contradict each other"),
    ("a deletion", "INDICATOR,TIME_PERIOD,OBS_VALUE,ACTION\nusers,2023,2.1,D\n", "is not one that records a figure"),
    ("a cumulative part", "年份,月份,指标,数值\n2025,1-7,users,5\n", "adds up several months"),
    ("a cumulative header", "指标,2025年1-7月,2025年1-6月\nusers,5,4\n", "adds up several months"),
    ("a title that is no period", "指标,更新日期,数值\nusers,2026-02-05,6\n", "'更新日期' is not understood"),
    ("a period said twice", "指标,报告期,2022年\nusers,2025年,2\n", "the period is said twice"),
    ("a second table", "指标,2022年\nusers,1\n,\n指标,2020年\nusers,2\n", "a second header stands here"),
    ("a region between the rows", "指标,2023年\n湖南省,\nusers,3\n", "may say the region"),
    ("a region in the title", "表1 湖南省主要指标\n指标,2023年\nusers,3\n", "the title names CN-HN"),
    ("a sign for a bound", "指标,时期,数值,bound\nusers,2023,1,≠\nusers,2024,1,≠\n", "the bound '≠' does not fit"),
]


@pytest.mark.parametrize("options", [[], ["--accept-valid"]], ids=["all", "accept"])
@pytest.mark.parametrize(("text", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_may_mean_two_things_is_never_recorded(text: str, said: str, options: list[str], tmp_path: Path) -> None:
    """It is refused with its cell, also where only valid rows are wanted."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv", "--source", "s", *options], folder)

    assert said in done.err
    assert "t.csv:" in done.err
    assert jsonl.read(folder / "progress.jsonl").entries == []
    assert run_aiplus(["validate"], folder).code == 0


@pytest.mark.parametrize(
    ("always", "code"),
    [
        ("{status: X}", 3),
        ("{status: 初步}", 0),
        ("{published: 2030-01-01}", 3),
        ("{status: F, published: 2030-01-01}", 3),
    ],
)
def test_what_a_mapping_says_of_all_figures_is_checked(always: str, code: int, tmp_path: Path) -> None:
    """A status or a date that cannot be is refused before anything is recorded."""
    files = {"targets.yaml": PLAN, "t.csv": "指标,2023年\nusers,2\n", "m.yaml": f"always: {always}\n"}
    folder = write_workspace(tmp_path, files)

    assert run_aiplus(["import", "t.csv", "--source", "s", "--map", "m.yaml"], folder).code == code
    assert run_aiplus(["validate"], folder).code == 0


def make_workbook(path: Path, **options: Any) -> tuple[Any, Any]:
    """A new workbook and its first sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet()
    return book, sheet


def test_raised_marks_units_in_formats_and_decimal_months_of_a_workbook(tmp_path: Path) -> None:
    """A raised a is a footnote, a unit that a format shows counts, and 2025.10 is October."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book, sheet = make_workbook(folder / "t.xlsx")
    for column, title in enumerate(("指标", "时期", "数值")):
        sheet.write(0, column, title)
    sheet.write_row(1, 0, ["gen"])
    sheet.write_number(1, 1, 2025.10, book.add_format({"num_format": "0.00"}))
    sheet.write_rich_string(1, 2, "42.8", book.add_format({"font_script": 1}), "a")
    sheet.write_row(2, 0, ["users", "2024年"])
    sheet.write_number(2, 2, 23000, book.add_format({"num_format": '0"万人"'}))
    sheet.write_row(3, 0, ["users"])
    sheet.write_number(3, 1, 45078, book.add_format({"num_format": 57}))
    sheet.write_number(3, 2, 3)
    book.close()
    done = run_aiplus(["import", "t.xlsx", "--source", "s"], folder)
    entries = jsonl.read(folder / "progress.jsonl").entries

    assert done.code == 0, done.err
    assert [(e.period, e.value) for e in entries if isinstance(e, Figure)] == [
        ("2025-10", Decimal("42.8")),
        ("2024", Decimal("2.3")),
        ("2023-06", Decimal(3)),
    ]


def test_a_month_that_may_be_january_or_october_is_asked_for(tmp_path: Path) -> None:
    """2025.1 in a cell without a format may be either."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book, sheet = make_workbook(folder / "t.xlsx")
    sheet.write_row(0, 0, ["指标", "时期", "数值"])
    sheet.write_row(1, 0, ["users", 2025.1, 5])
    book.close()
    done = run_aiplus(["import", "t.xlsx", "--source", "s"], folder)

    assert (done.code, "is no period" in done.err) == (3, True)


def test_a_formula_that_gave_an_empty_text_was_calculated(tmp_path: Path) -> None:
    """Only one without any result is refused."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book, sheet = make_workbook(folder / "t.xlsx")
    sheet.write_row(0, 0, ["指标", "2023年", "备注"])
    sheet.write_row(1, 0, ["users", 5])
    sheet.write_formula(1, 2, '=IF(B2>9,"x","")', None, "")
    book.close()
    with zipfile.ZipFile(folder / "t.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    place = "xl/worksheets/sheet1.xml"
    parts[place] = parts[place].replace(b'<c r="C2">', b'<c r="C2" t="str">')  # as Excel itself marks a text
    with zipfile.ZipFile(folder / "t.xlsx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    assert run_aiplus(["import", "t.xlsx", "--source", "s"], folder).code == 0


def test_a_merged_label_that_is_empty_takes_none_from_above(tmp_path: Path) -> None:
    """A merge repeats its own text, which may be nothing."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["地区", "指标", "2023年"], ["湖南", "users", 1], [None, "users", 2], [None, "gen", 3]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.save(folder / "t.xlsx")
    done = run_aiplus(["import", "t.xlsx", "--source", "s"], folder)

    assert done.code == 3
    assert "A3" in done.err


def test_a_number_beyond_reason_is_refused_by_its_place(tmp_path: Path) -> None:
    """JSON may hold any number; none brings the program down."""
    for key, value in (("value", "1e900000000"), ("period", "1e900000000")):
        record = {"indicator": '"users"', "period": '"2023"', "value": "1"} | {key: value}
        text = "[{" + ",".join(f'"{name}":{said}' for name, said in record.items()) + "}]"
        folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.json": text})
        done = run_aiplus(["import", "t.json", "--source", "s"], folder)

        assert (done.code, "t.json:1" in done.err) == (3, True)


@pytest.mark.parametrize(
    "text",
    ["指标,时期,数值,发布日期\nusers,2023,2,\n", "指标,时期,数值,状态\nusers,2030,9,预测\n"],
    ids=["an empty date", "a forecast"],
)
def test_what_has_no_date_is_recorded_once_whatever_the_day(text: str, tmp_path: Path) -> None:
    """The day of recording is only ours: importing again on another day writes nothing."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    for day in ("2026-11-20", "2026-11-24"):
        assert run_aiplus(["import", "t.csv", "--source", "s"], folder, {"AIPLUS_TODAY": day}).code == 0
    assert len(jsonl.read(folder / "progress.jsonl").entries) == 1


def test_a_withdrawn_figure_that_comes_again_is_said_to_be_withdrawn(tmp_path: Path) -> None:
    """It stays withdrawn, and nobody is told that the ledger has it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": "指标,2023年\nusers,2\n"})
    command = ["import", "t.csv", "--source", "s", "--published", "2026-01-01"]
    run_aiplus(command, folder)
    run_aiplus(["withdraw", jsonl.read(folder / "progress.jsonl").entries[0].id, "--reason", "x"], folder)

    assert "withdrawn or corrected in the ledger" in run_aiplus(command, folder).err


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_list_of_rejected_rows_that_cannot_be_written_stops_the_import(kind: str, tmp_path: Path) -> None:
    """Before anything is recorded, and no other file is written through a link."""
    files = {"targets.yaml": PLAN, "t.csv": "指标,2023年\nusers,2\nnone,3\n", "victim.txt": "mine"}
    folder = write_workspace(tmp_path, files)
    target = folder / "t.csv.rejected.csv"
    target.mkdir() if kind == "folder" else target.symlink_to(folder / "victim.txt")
    done = run_aiplus(["import", "t.csv", "--source", "s", "--accept-valid"], folder)

    assert done.code == 4
    assert jsonl.read(folder / "progress.jsonl").entries == []
    assert (folder / "victim.txt").read_text() == "mine"


def test_raised_text_and_hidden_sheets_of_an_ods(tmp_path: Path) -> None:
    """A raised letter is a footnote; a hidden sheet is not read."""
    import zipfile

    names = ["office", "style", "text", "table"]
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    cells = ["指标", "2023年"], ["gen", '42.8<text:span text:style-name="T1">a</text:span>']
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in cells
    )
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="T1">'
        '<style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="H">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table><table:table table:name="T" '
        f'table:style-name="H">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    with zipfile.ZipFile(folder / "t.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    done = run_aiplus(["import", "t.ods", "--source", "s"], folder)
    (entry,) = jsonl.read(folder / "progress.jsonl").entries

    assert done.code == 0, done.err
    assert isinstance(entry, Figure)
    assert entry.value == Decimal("42.8")


def counts(out: str) -> tuple[int, int]:
    """The values read, and the sum of what became of them."""
    line = next(line for line in out.splitlines() if "values read" in line)
    total, rest = line.split(";")
    return int(total.split()[-1]), sum(int(part.split()[-1]) for part in rest.split(","))


@pytest.mark.parametrize("seed", range(12))
def test_a_broken_file_does_no_harm(seed: int, tmp_path: Path) -> None:
    """Damaged in any way, a file is imported or refused with a message; the counts add up, the ledger stays valid."""
    dice = random.Random(seed)  # noqa: S311 - a test repeats itself
    names = sorted(path.name for path in FIXTURES.iterdir())
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "m.yaml": MAPPING})
    ledger = folder / "progress.jsonl"
    for _ in range(12):
        name = dice.choice(names)
        (folder / name).write_bytes(mutate((FIXTURES / name).read_bytes(), name, dice))
        before = ledger.read_bytes() if ledger.exists() else b""
        done = run_aiplus(["import", name, *dice.choice([[], ["--map", "m.yaml"], ["--accept-valid"]])], folder)

        assert done.code in (0, 3), (name, done.err)
        assert "Traceback" not in done.err
        if done.code == 3 or "nothing was written" in done.err:
            assert (ledger.read_bytes() if ledger.exists() else b"") == before
        if "values read" in done.out:
            assert counts(done.out)[0] == counts(done.out)[1]
    assert run_aiplus(["validate"], folder).code == 0


def test_a_missing_reader_gives_the_install_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, a workbook is refused with the command that installs it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for name, package in (("merged.xlsx", "openpyxl"), ("merged.xls", "xlrd")):
        (folder / name).write_bytes((FIXTURES / name).read_bytes())
        monkeypatch.setitem(sys.modules, package, None)
        done = run_aiplus(["import", name], folder)

        assert done.code == 4
        assert "pip install 'aiplus-cli[excel]'" in done.err


def test_standard_input_is_read(tmp_path: Path) -> None:
    """`-` reads a table from a pipe, whatever its kind."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for name in ("gbk.csv", "merged.xlsx", "lines.jsonl"):
        done = run_aiplus(["import", "-", "--dry-run"], folder, stdin=(FIXTURES / name).read_bytes())

        assert (done.code, done.err) == (0, "dry run: nothing was written\n")
        assert done.out.split()[0].rstrip(":") == "stdin"


@pytest.mark.parametrize("fits", ["nothing", "all but the last entries"])
def test_an_import_that_cannot_finish_leaves_the_ledger_as_it_was(fits: str, tmp_path: Path) -> None:
    """When the disk fills half-way, nothing of the import is in the ledger, and no draft stays behind."""
    pytest.importorskip("resource")
    years = "".join(f"users,{year}-{month:02d},5\n" for year in range(2000, 2020) for month in range(1, 13))
    head = "indicator,period,value\n"
    files = {"targets.yaml": PLAN, "first.csv": f"{head}users,2024,2.3\n", "many.csv": head + years}
    folder, whole = write_workspace(tmp_path / "full", files), write_workspace(tmp_path / "whole", files)
    assert run_aiplus(["import", "first.csv"], folder).code == 0
    before = (folder / "progress.jsonl").read_bytes()
    assert run_aiplus(["import", "many.csv"], whole).code == 0
    limit = 20_000 if fits == "nothing" else len((whole / "progress.jsonl").read_bytes()) + len(before) // 2
    code = (
        "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "sys.argv = ['aiplus', 'import', 'many.csv']\nfrom aiplus_cli.cli import main\nmain()"
    )
    command = [sys.executable, "-B", "-c", code]  # Python itself keeps a .pyc that the limit has cut short
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)

    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "progress.jsonl").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["first.csv", "many.csv", "progress.jsonl", "targets.yaml"]


@given(st.integers(0, 18_277))
def test_a_column_has_the_letters_that_a_range_reads(column: int) -> None:
    """Addresses in messages can be given to --range."""
    name = letters(column)

    assert parse_range(f"{name}1:{name}2") == (1, column, 2, column)


@given(
    st.integers(1950, 2099),
    st.integers(1, 12),
    st.sampled_from(["{y}年{m}月", "{y}-{m:02d}", "{y}.{m:02d}", "{y}-M{m:02d}"]),
)
def test_a_month_is_a_month_however_it_is_written(year: int, month: int, form: str) -> None:
    """Chinese, ISO, dotted and SDMX months are one and the same."""
    assert parse_time(form.format(y=year, m=month), where="").text == f"{year}-{month:02d}"


@given(
    number=st.decimals(0, 99999, places=4), unit=st.sampled_from([("亿人", 0), ("万人", -4), ("人", -8), ("万亿人", 4)])
)
def test_a_unit_of_the_table_converts_exactly(number: Decimal, unit: tuple[str, int], tmp_path_factory: Any) -> None:
    """A number in the table's unit is the same number in the indicator's, digit by digit."""
    users = load(write_workspace(tmp_path_factory.mktemp("units"), {"targets.yaml": PLAN}) / "targets.yaml").indicator(
        "users"
    )
    assert users

    assert parse_value(f"{number:f}", users, unit=unit[0]).number == number.scaleb(unit[1])
