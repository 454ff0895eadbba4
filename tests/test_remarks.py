"""What a table says around its figures of their source, their date and their status: taken, asked for, or told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import Figure
from conftest import PLAN, run_aiplus, write_workspace

TABLE = "指标,2024年,2025年\ngen,17.7,45.0\n"
TODAY = "2026-11-24"


def recorded(folder: Path) -> list[tuple[str, str, str, str]]:
    """Period, status, source and day of the figures that the ledger holds."""
    entries = jsonl.read(folder / "progress.jsonl").entries
    return [(e.period, e.status, e.source, str(e.published)) for e in entries if isinstance(e, Figure)]


SAID: list[tuple[str, str, str, str, str]] = [
    ("a source below", TABLE + "资料来源：CNNIC。,,\n", "AA", "CNNIC", TODAY),
    ("a source above", "数据来源：工业和信息化部\n" + TABLE, "AA", "工业和信息化部", TODAY),
    ("a source in brackets", "（来源：CNNIC）,,\n" + TABLE, "AA", "CNNIC", TODAY),
    ("a source in the next cell", TABLE + "来 源：,湖南省统计局,\n", "AA", "湖南省统计局", TODAY),
    ("a source in English", TABLE + "Source: CNNIC,,\n", "AA", "CNNIC", TODAY),
    ("two bodies", TABLE + "资料来源：国家统计局；工业和信息化部,,\n", "AA", "国家统计局；工业和信息化部", TODAY),
    ("who publishes", "发布单位：国家统计局\n" + TABLE, "AA", "国家统计局", TODAY),
    ("who fills it in is no source", "填报单位：某公司\n" + TABLE, "AA", "", TODAY),
    ("a day above", "发布日期：2026-02-05,,\n" + TABLE, "AA", "", "2026-02-05"),
    ("a day with its hour", "发布时间：2026年2月5日 10:00,,\n" + TABLE, "AA", "", "2026-02-05"),
    ("a day in the next cell", "公布日期：,2026/2/5,\n" + TABLE, "AA", "", "2026-02-05"),
    ("a day before its word", "国家统计局 2026年2月5日发布,,\n" + TABLE, "AA", "", "2026-02-05"),
    ("a day in English", "Published 5 February 2026,,\n" + TABLE, "AA", "", "2026-02-05"),
    ("a source and a day", TABLE + "来源：CNNIC  发布日期：2026-02-05,,\n", "AA", "CNNIC", "2026-02-05"),
    ("a note on a year", TABLE + "注：2025年为初步数。,,\n", "AP", "", TODAY),
    ("a note on two years", TABLE + "注：2024年、2025年为初步核算数,,\n", "PP", "", TODAY),
    ("a note on years in a row", TABLE + "注：2024—2025年为预计数,,\n", "EE", "", TODAY),
    ("a note on all", TABLE + "注：1. 本表数据均为快报数；2. 增速按可比价计算。,,\n", "PP", "", TODAY),
    ("a note on one and the other", TABLE + "注：2024年为最终数，2025年为估计数,,\n", "AE", "", TODAY),
    ("a note without its word", TABLE + "2025年数据为初步数。,,\n", "AP", "", TODAY),
    ("a comment", "# source: CNNIC,,\n" + TABLE, "AA", "CNNIC", TODAY),
    ("a note in English", TABLE + "Note: 2025 figures are provisional.,,\n", "AP", "", TODAY),
    ("a title", "主要指标（初步核算数）,,\n" + TABLE, "PP", "", TODAY),
    ("a title with a year", "2025年主要指标快报,,\n" + TABLE, "AP", "", TODAY),
    ("a header", TABLE.replace("2025年", "2025年（预计）"), "AE", "", TODAY),
    ("a header with a letter", TABLE.replace("2025年", "2025p"), "AP", "", TODAY),
    ("a word behind a period", "指标,时期,数值\ngen,2024年,17.7\ngen,2025年（初步）,45.0\n", "AP", "", TODAY),
    ("a letter behind a period", "指标,时期,数值\ngen,2024,17.7\ngen,2025e,45.0\n", "AE", "", TODAY),
    ("a word behind a value", TABLE.replace("45.0", "45.0（初步）"), "AP", "", TODAY),
    ("a letter behind a value", TABLE.replace("17.7,45.0", "17.7r,45.0e"), "AE", "", TODAY),
    ("a raised letter", TABLE.replace("45.0", "45.0^p"), "AP", "", TODAY),
    ("a raised letter of its own", TABLE.replace("45.0", "45.0ᵖ"), "AP", "", TODAY),
    ("a letter in parentheses", TABLE.replace("45.0", "45.0 (e)"), "AE", "", TODAY),
    (
        "everything",
        f"发布日期：2026-02-05,,\n{TABLE}注：2025年为初步数,,\n来源：CNNIC,,\n",
        "AP",
        "CNNIC",
        "2026-02-05",
    ),
]


@pytest.mark.parametrize("case", SAID, ids=[case[0] for case in SAID])
def test_what_a_table_says_of_its_figures_is_taken(case: tuple[str, str, str, str, str], tmp_path: Path) -> None:
    """Source, day and status are those of its titles, notes, headers and marks."""
    _, text, statuses, source, day = case
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)
    expected = [("2024", statuses[0], source, day), ("2025", statuses[1], source, day)]

    assert (done.code, recorded(folder)) == (0, expected), done.err
    assert ("without a source: 2" in done.out, "without a date: 2" in done.out) == (not source, day == TODAY)


MARKED: list[tuple[str, str, str]] = [
    ("a star", TABLE.replace("45.0", "45.0*") + "注：*为初步数,,\n", "AP"),
    ("a star without a label", TABLE.replace("45.0", "45.0 *") + "* 预计,,\n", "AE"),
    ("a letter in English", TABLE.replace("45.0", "45.0 p") + "p = provisional,,\n", "AP"),
    ("two letters", TABLE.replace("17.7,45.0", "17.7p,45.0e") + "注：p为初步数，e：估计,,\n", "PE"),
    ("a letter in parentheses", TABLE.replace("45.0", "45.0（P）") + "（P）表示初步核算数,,\n", "AP"),
    ("a letter that means another status", TABLE.replace("45.0", "45.0p") + "p为预计数,,\n", "AE"),
    ("a number in a circle", TABLE.replace("45.0", "45.0①") + "①为预计数,,\n", "AE"),
    ("a raised number", TABLE.replace("45.0", "45.0¹") + "¹ 初步数,,\n", "AP"),
    ("a number in brackets", TABLE.replace("45.0", "45.0[1]") + "[1] 初步核算数,,\n", "AP"),
    ("a legend in two cells", TABLE.replace("45.0", "45.0*") + "*,预计数,\n", "AE"),
    ("a legend above", "带“*”号的为初步数,,\n" + TABLE.replace("45.0", "45.0*"), "AP"),
    ("a header", TABLE.replace("2025年", "2025年*") + "*为初步数,,\n", "AP"),
    ("a label", TABLE.replace("gen", "gen*") + "*为初步数,,\n", "PP"),
    ("a column of marks", "指标,时期,数值,状态\ngen,2024,17.7,\ngen,2025,45.0,*\n* 初步数,,,\n", "AP"),
    ("nothing is marked", TABLE + "注：*为初步数,,\n", "AA"),
]


@pytest.mark.parametrize(("name", "text", "statuses"), MARKED, ids=[case[0] for case in MARKED])
def test_a_mark_means_what_the_legend_says(name: str, text: str, statuses: str, tmp_path: Path) -> None:
    """On a value, a label or a header; and a legend is no note."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)

    assert (done.code, "".join(said[1] for said in recorded(folder))) == (0, statuses), f"{name}: {done.err}"
    assert notes(folder) == ["", ""]


def test_a_mark_without_a_legend_is_named(tmp_path: Path) -> None:
    """It is left out of the value as before, and whoever imports sees it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": TABLE.replace("45.0", "45.0*")})

    assert "a mark that no note explains (row 2): 45.0*" in run_aiplus(["import", "t.csv"], folder).out


def test_a_mark_that_stands_for_two_statuses_is_refused(tmp_path: Path) -> None:
    """Neither can be the one that is meant."""
    text = TABLE.replace("45.0", "45.0*") + "*为初步数,,\n*为预计数,,\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)

    assert (done.code, "the mark '*' stands for two statuses" in done.err, recorded(folder)) == (3, True, [])


LABELS: list[tuple[str, str]] = [
    ("a status", "gen（初步）"),
    ("a status before the unit", "gen（初步）（%）"),
    ("a status behind the unit", "gen（%）（初步）"),
    ("both in one", "gen（初步，%）"),
    ("both in one, in English", "gen (%, provisional)"),
]


@pytest.mark.parametrize(("name", "label"), LABELS, ids=[case[0] for case in LABELS])
@pytest.mark.parametrize("is_long", [True, False])
def test_a_status_in_the_label_of_an_indicator_is_that_of_its_figures(
    name: str, label: str, tmp_path: Path, *, is_long: bool
) -> None:
    """In a row as in a header."""
    text = f'指标,时期,数值\n"{label}",2025,45.0\n' if is_long else f'时期,"{label}"\n2025,45.0\n'
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)

    assert (done.code, [said[:2] for said in recorded(folder)]) == (0, [("2025", "P")]), f"{name}: {done.err}"


def notes(folder: Path) -> list[str]:
    """The notes of the figures that the ledger holds."""
    entries = jsonl.read(folder / "progress.jsonl").entries
    return [entry.note for entry in entries if isinstance(entry, Figure)]


NOTED: list[tuple[str, str, list[str]]] = [
    ("below", TABLE + "注：口径为常住人口。,,\n", ["口径为常住人口。"] * 2),
    ("above", "说明：口径为常住人口,,\n" + TABLE, ["口径为常住人口"] * 2),
    ("in English", TABLE + "Note: excludes Hong Kong,,\n", ["excludes Hong Kong"] * 2),
    ("several lines", TABLE + "注：1. 常住人口。,,\n2. 可比价。,,\n来源：CNNIC,,\n", ["1. 常住人口；2. 可比价。"] * 2),
    ("beside a status", TABLE + "注：2025年为初步数；不含港澳台,,\n", ["不含港澳台"] * 2),
    ("only a status", TABLE + "注：2025年为初步数,,\n", ["", ""]),
    ("one's own wins", "指标,时期,数值,备注\ngen,2024,17.7,\ngen,2025,45.0,自有\n注：总注,,,\n", ["总注", "自有"]),
    ("among the figures", "指标,时期,数值\ngen,2024,17.7\n注：以下为新口径,,\ngen,2025,45.0\n", ["", ""]),
]


@pytest.mark.parametrize(("name", "text", "expected"), NOTED, ids=[case[0] for case in NOTED])
def test_a_note_of_a_table_is_that_of_every_figure(name: str, text: str, expected: list[str], tmp_path: Path) -> None:
    """Unless a figure has its own; a note among the figures is told, since nobody knows for which it holds."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)

    assert (done.code, notes(folder)) == (0, expected), f"{name}: {done.err}"
    assert ("  note (row " in done.out, "  not used (row 3)" in done.out) == (
        any(expected),
        name == "among the figures",
    )


def test_the_note_of_a_mapping_wins_over_that_of_a_table(tmp_path: Path) -> None:
    """And what the table says is shown as not used."""
    mapping = "schema: aiplus.mapping/1\nalways: {note: 抄自年鉴}\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "m.yaml": mapping, "t.csv": TABLE + "注：总注,,\n"})
    done = run_aiplus(["import", "t.csv", "--map", "m.yaml"], folder)

    assert (notes(folder), "not used (row 3): 总注" in done.out) == (["抄自年鉴"] * 2, True), done.err


UNCERTAIN: list[tuple[str, str, str]] = [
    ("another indicator", "注：2025年用户规模为预计数", "note, its status not understood"),
    ("an open end", "注：2024年以来为初步数", "note, its status not understood"),
    ("a month for a day", "发布日期：2026年2月", "not used"),
]


@pytest.mark.parametrize(("name", "note", "said"), UNCERTAIN, ids=[case[0] for case in UNCERTAIN])
def test_what_is_not_certain_is_told_and_changes_no_status(name: str, note: str, said: str, tmp_path: Path) -> None:
    """Whoever imports sees it, and can say what it means."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": TABLE + f"{note},,\n"})
    done = run_aiplus(["import", "t.csv"], folder)

    assert f"{said} (row 3): " + note.split("：")[1] in done.out, name
    assert recorded(folder) == [("2024", "A", "", TODAY), ("2025", "A", "", TODAY)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"数据来源：CNNIC,,\n{TABLE}资料来源：工信部,,\n", "--source"),
        (f"发布日期：2026-02-05,,\n{TABLE}公布日期：2026-02-06,,\n", "--published"),
        (f"发布日期：2027-01-01,,\n{TABLE}", "has not come yet"),
    ],
    ids=["sources", "days", "a day to come"],
)
def test_what_contradicts_itself_is_asked_for(text: str, said: str, tmp_path: Path) -> None:
    """Nothing is recorded under a name or a day that may be the wrong one."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": text})
    done = run_aiplus(["import", "t.csv"], folder)

    assert (done.code, said in done.err, recorded(folder)) == (3, True, []), done.err


def test_what_is_said_when_importing_wins_over_the_table_and_a_cell_over_both(tmp_path: Path) -> None:
    """And what the table says instead is told."""
    rows = "指标,时期,数值,来源,状态\ngen,2024,17.7,A,\ngen,2025,45.0,,正常\n注：本表为初步数,,,,\n来源：CNNIC,,,,\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": rows})
    done = run_aiplus(["import", "t.csv", "--source", "B"], folder)

    assert "not used (row 5): CNNIC" in done.out
    assert [said[1:3] for said in recorded(folder)] == [("P", "A"), ("A", "B")]


def test_notes_at_the_end_of_a_long_file_count_for_its_first_rows(tmp_path: Path) -> None:
    """However far down they stand, in a text as in a workbook."""
    rows: list[list[Any]] = [["指标", "时期", "数值"]]
    rows += [["users", f"{year}-{month:02d}", year] for year in range(2000, 2010) for month in range(1, 13)]
    rows += [["资料来源：CNNIC"], ["注：2009年为初步数"]]
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    (folder / "t.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "t.xlsx")
    for name in ("t.csv", "t.xlsx"):
        assert run_aiplus(["import", name, "--published", "2026-02-05"], folder).code == 0
    found = recorded(folder)

    assert len(found) == 120
    assert {(said[1], said[2]) for said in found if said[0] < "2009"} == {("A", "CNNIC")}
    assert {(said[1], said[2]) for said in found if said[0] > "2009"} == {("P", "CNNIC")}


def test_a_note_in_the_middle_of_a_long_table_is_told(tmp_path: Path) -> None:
    """It holds for nothing, since nobody knows for what; but it is not passed over."""
    rows = [f"users,{year}-{month:02d},5" for year in range(1990, 2020) for month in range(1, 13)]
    rows[200:200] = ["注：以下为初步数"]
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": "\n".join(["指标,时期,数值", *rows])})
    done = run_aiplus(["import", "t.csv", "--dry-run"], folder)

    assert "not used (row 202): 注：以下为初步数" in done.out


def test_a_raised_p_in_a_cell_of_a_workbook_is_a_status(tmp_path: Path) -> None:
    """And no footnote."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    book = openpyxl.Workbook()
    book.worksheets[0].append(["指标", "2025年"])
    book.worksheets[0].append(["gen", CellRichText("45.0", TextBlock(InlineFont(vertAlign="superscript"), "p"))])
    book.save(folder / "t.xlsx")
    done = run_aiplus(["import", "t.xlsx"], folder)

    assert (done.code, [said[1] for said in recorded(folder)]) == (0, ["P"]), done.err
