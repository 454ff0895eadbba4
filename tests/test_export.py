"""Exports: every format carries the ledger, real parsers read each, and hostile text harms none."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiplus_cli.contract.export import Content
from aiplus_cli.contract.figures import figures_document
from aiplus_cli.contract.status import StatusDocument, status_document
from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import FIELDS, Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.lines import encode, id_of, with_id
from aiplus_cli.ledger.soundness import conflict_key
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan import load as targets
from aiplus_cli.plan.records import Plan
from aiplus_cli.plan.texts import CONTROL, clean
from aiplus_cli.render import Options
from aiplus_cli.render.data import FORMULA_STARTS
from aiplus_cli.render.export import WHAT, formats_of, render_export
from aiplus_cli.render.export.workbook import FIRST_DAY, exact_cell, fits_a_double
from aiplus_cli.words import i18n
from conftest import LEDGER, PLAN, Result, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
RATINGS = ("met", "on_track", "at_risk", "off_track")
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=1", "''@x", "'单", 'a,b"c;d', " 前后 ", "]]>",
    "<script>&amp;</script>", "{=1}", "_x0041_", "http://x.cn/?a=1&b=2", "50%", "007", "1e5", "2025-06-30", "true",
    "😀", "#N/A",
]  # fmt: skip


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = write_workspace(tmp_path_factory.mktemp("plan"), {"targets.yaml": PLAN})
    return targets.load(folder / "targets.yaml")


def content(plan: Plan, entries: list[Entry]) -> Content:
    """The plan with these entries, judged on the day of the tests."""

    def assess() -> StatusDocument:
        figures = current(entries, TODAY)
        report = assess_plan(plan, figures, as_of=TODAY, today=TODAY, method="linear", selection=Selection())
        return status_document(report)

    return Content(plan, figures_document(plan, entries), assess)


def exported(plan: Plan, entries: list[Entry], form: str, what: str = "figures") -> Any:
    return render_export(what, form, content(plan, entries), Options())


# --- reading back -----------------------------------------------------------------------------------------------


def read_back(form: str, data: Any) -> list[Entry]:
    """What a reader of the format gets: the entries of the ledger. `aiplus import` can be put in its place."""
    return [entry_of(row) for row in rows_of(form, data)]


def rows_of(form: str, data: Any) -> Iterator[dict[str, str]]:
    """The rows of an export as texts under the ledger's names."""
    if form == "xlsx":
        yield from workbook_rows(data)
    elif form == "jsonl":
        yield from (json_row(json.loads(line, parse_float=Decimal, parse_int=Decimal)) for line in lines(data))
    elif form == "json":
        yield from (json_row(row) for row in json.loads(data, parse_float=Decimal, parse_int=Decimal)["figures"])
    elif form == "sdmx-csv":
        names = {"ref_area": "region", "time_period": "period", "obs_value": "value", "obs_status": "status"}
        for row in csv_rows(data):
            plain = {names.get(name.lower(), name.lower()): text for name, text in row.items()}
            yield plain | {"period": plain["period"].replace("-S", "-H")}
    else:
        yield from csv_rows(data["figures.csv"] if form == "datapackage" else data)


def lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_row(row: dict[str, Any]) -> dict[str, str]:
    return {name: f"{value:f}" if isinstance(value, Decimal) else value or "" for name, value in row.items()}


def workbook_rows(data: bytes) -> Iterator[dict[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True)["figures"]
    names, *rows = sheet.iter_rows()
    for row in rows:
        yield {str(name.value): cell_text(cell) for name, cell in zip(names, row, strict=False)}


def cell_text(cell: Any) -> str:
    """A cell as its number format shows it."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, int | float):
        places = len(cell.number_format.partition(".")[2])
        return f"{Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-places)):f}"
    return str(cell.value)


def entry_of(row: dict[str, str]) -> Entry:
    """The entry of a row; the id tells whether a leading ' was put there by the export, as in CSV."""
    undone = {name: text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text for name, text in row.items()}
    for texts in (row, undone):
        entry = build(texts | {"recorded_by": undone["recorded_by"]})
        if id_of(entry) == entry.id:
            return entry
    pytest.fail(f"no entry: {row}")


def build(row: dict[str, str]) -> Entry:
    kept = {name: text for name, text in row.items() if text and name in FIELDS}
    if row.get("withdraws"):
        return msgspec.convert(kept, Withdrawal, strict=False)
    kind: type[Figure | Rating] = Rating if row["value"] in RATINGS else Figure
    return msgspec.convert({"source": ""} | kept, kind, strict=False)


# --- random ledgers ---------------------------------------------------------------------------------------------

WORDS_OF_USERS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=20
    ).map(clean),
)
SHARES = st.decimals(0, 100, places=3) | st.sampled_from(["0", "100", "50.0", "50.00", "42.80"]).map(Decimal)
AMOUNTS = st.one_of(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from(["5.10", "0.10", "1000000", "123456789012345678901234", "0.000000000000000001", "-0.5"]).map(
        Decimal
    ),
    st.integers(-(10**14), 10**14).map(Decimal),
)
DAYS = st.dates(date(1899, 1, 1), TODAY)
PERIODS = st.sampled_from(["2025", "2024-H1", "2024-H2", "2025-Q3", "2025-06", "2025-06-30"])


@st.composite
def entries(draw: st.DrawFn) -> Figure | Rating:
    """A figure or a rating that the small plan allows."""
    indicator = draw(st.sampled_from(["gen", "users", "role"]))
    texts = {name: draw(WORDS_OF_USERS) for name in ("source", "url", "note")}
    facts: dict[str, Any] = {
        "id": "", "indicator": indicator, "region": draw(st.sampled_from(["CN", "CN-HN"])), "period": draw(PERIODS),
        "status": draw(st.sampled_from("APEFB")), "published": draw(DAYS), **texts, "recorded_by": "张三",
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 10**7))),
    }  # fmt: skip
    if indicator == "role":
        return with_id(Rating(value=draw(st.sampled_from(RATINGS)), **facts))
    value = draw(SHARES if indicator == "gen" else AMOUNTS)
    return with_id(Figure(value=value, bound=draw(st.sampled_from(["", ">", "<", "~"])), **facts))


@st.composite
def ledgers(draw: Any) -> list[Entry]:
    """Entries without conflicts, some corrected and some taken back."""
    found: list[Entry] = []
    drawn = draw(st.lists(entries(), max_size=6, unique_by=lambda entry: conflict_key(entry)[:5]))
    for entry in drawn:
        if found and draw(st.booleans()):
            entry = with_id(msgspec.structs.replace(entry, replaces=found[-1].id))
        found.append(entry)
    if found and draw(st.booleans()):
        back = Withdrawal(
            id="", withdraws=found[0].id, reason=draw(WORDS_OF_USERS.filter(bool)), published=draw(DAYS),
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC), recorded_by="李四",
        )  # fmt: skip
        found.append(with_id(back))
    return found


def digits(entry: Entry) -> str:
    return f"{entry.value:f}" if isinstance(entry, Figure) else ""


@pytest.mark.parametrize("form", formats_of("figures"))
@settings(max_examples=settings().max_examples // 2)
@given(ledger=ledgers())
def test_what_is_exported_reads_back_as_the_same_ledger(plan: Plan, form: str, ledger: list[Entry]) -> None:
    """No format loses an entry, a word, a day or a digit."""
    found = read_back(form, exported(plan, ledger, form))

    assert found == ledger
    assert [digits(entry) for entry in found] == [digits(entry) for entry in ledger]


@given(value=AMOUNTS)
def test_a_number_in_a_cell_shows_every_digit_as_published(value: Decimal) -> None:
    """A spreadsheet's number is used only where it keeps the figure; else the cell holds text."""
    cell = exact_cell(value)

    assert cell.text == "" or Decimal(f"{float(value):.15g}") == value
    assert isinstance(cell.value, str) or fits_a_double(value)
    assert f"{value:f}" in (cell.value, cell.text)


# --- contract ---------------------------------------------------------------------------------------------------

BOTH = [(what, form) for what in WHAT for form in formats_of(what)]


def hostile_ledger() -> list[Entry]:
    """An entry for each hostile text, in every field that takes text."""
    facts: dict[str, Any] = {"id": "", "indicator": "users", "region": "CN", "recorded_by": "x"}
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    found: list[Entry] = []
    for number, text in enumerate(HOSTILE):
        day = date(2025, 1, 1) + timedelta(days=number)
        figure = Figure(
            **facts, period=day.isoformat(), value=Decimal("-1.50"), published=day, source=text, url=text, note=text,
            recorded_at=moment,
        )  # fmt: skip
        found.append(with_id(figure))
    back = Withdrawal(
        id="", withdraws=found[0].id, reason=HOSTILE[0], published=TODAY, recorded_at=moment, recorded_by="x"
    )
    return [*found, with_id(back)]


@pytest.mark.parametrize(("what", "form"), BOTH)
@pytest.mark.parametrize("kind", ["empty", "hostile"])
def test_every_format_is_complete_and_the_same_each_time(plan: Plan, what: str, form: str, kind: str) -> None:
    """An empty ledger and a hostile one give a whole file, the same to the byte."""
    ledger = hostile_ledger() if kind == "hostile" else []
    first, second = (exported(plan, ledger, form, what) for _ in range(2))

    assert first == second
    if what == "figures":
        assert read_back(form, first) == ledger


@pytest.mark.parametrize("form", ["csv", "sdmx-csv", "datapackage"])
def test_no_cell_of_csv_starts_a_formula(plan: Plan, form: str) -> None:
    """Text that a spreadsheet would run is quoted; negative numbers stay numbers."""
    data = exported(plan, hostile_ledger(), form)
    rows = csv_rows(data["figures.csv"] if form == "datapackage" else data)
    cells = [text for row in rows for text in row.values() if text.startswith(FORMULA_STARTS)]

    assert cells == ["-1.50"] * len(HOSTILE)


def test_a_workbook_has_no_formula_and_no_link(plan: Plan) -> None:
    """Text stays text in Excel, and carries Excel's own mark for it, so that editing a cell runs nothing."""
    data = exported(plan, hostile_ledger(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheets = [text for name, text in parts.items() if "worksheets/" in name]

    assert len(sheets) == 3
    assert not any("<f>" in text or "<hyperlink" in text for text in sheets)
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]
    assert not any("rels" in name and "sheet" in name for name in parts)


SIGNS = [*map(chr, (*range(32), 0x7F, *range(0x80, 0xA0))), *"\u202a\u202e\u2066\u200b\ufeff\ufffe\uffff\ud800\udfff"]


def test_a_workbook_writes_out_what_nobody_sees(plan: Plan) -> None:
    """Each control character, half of a pair and mark of direction, in each sheet: by its number, and never raw."""
    ledger = [
        with_id(msgspec.structs.replace(hostile_ledger()[5], source=f"a{sign}b", note=f"c{sign}d")) for sign in SIGNS
    ]
    book = openpyxl.load_workbook(io.BytesIO(exported(plan, ledger, "xlsx")))
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}

    assert book.sheetnames == ["status", "figures", "sources"]
    assert {f"{start}\\x{ord(sign):02x}{end}" for sign in SIGNS for start, end in ("ab", "cd")} <= found
    assert not [text for text in found if set(text) & set(SIGNS)]


@pytest.mark.parametrize("start", "=+-@＝＋－＠")
def test_a_text_of_a_workbook_that_begins_like_a_formula_stays_text(plan: Plan, start: str) -> None:
    """As it is, with Excel's own mark, in the sheets of figures and of sources."""
    ledger = [with_id(msgspec.structs.replace(hostile_ledger()[5], source=f"{start}1+1"))]
    book = openpyxl.load_workbook(io.BytesIO(exported(plan, ledger, "xlsx")))
    cells = [cell for name in ("figures", "sources") for row in book[name].iter_rows() for cell in row]
    marked = [(cell.data_type, cell.quotePrefix) for cell in cells if cell.value == f"{start}1+1"]

    assert marked == [("s", True), ("s", True)]


def test_a_text_too_long_for_a_cell_is_refused_by_its_row(plan: Plan) -> None:
    """Excel would cut it in silence."""
    long = with_id(msgspec.structs.replace(hostile_ledger()[5], note="长" * 32_768))
    with pytest.raises(Exception, match="figures:2: a text of 32768 characters"):
        exported(plan, [long], "xlsx")

    assert read_back("csv", exported(plan, [long], "csv")) == [long]


def test_days_that_spreadsheets_count_differently_are_text(plan: Plan) -> None:
    """Excel has a 29 February 1900; a day before March 1900 is written out."""
    days = (FIRST_DAY - timedelta(days=1), FIRST_DAY)
    ledger = [with_id(msgspec.structs.replace(hostile_ledger()[5], published=day, source=str(day))) for day in days]
    sheet = openpyxl.load_workbook(io.BytesIO(exported(plan, ledger, "xlsx")))["figures"]
    column = FIELDS.index("published") + 1

    assert [sheet.cell(row, column).value for row in (2, 3)] == ["1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001
    assert read_back("xlsx", exported(plan, ledger, "xlsx")) == ledger


# --- the status sheet -------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_status_sheet_has_real_cells_and_words(workspace: Path, run: Callable[..., Result], lang: str) -> None:
    """Shares are percentages, days are days, and a verdict is a word with a colour."""
    assert run("export", "--what", "status", "-o", "s.xlsx", "--lang", lang).code == 0
    book = openpyxl.load_workbook(workspace / "s.xlsx")
    sheet = book["status"]

    def said(english: str) -> str:
        return i18n.text(english, lang)

    head = [cell.value for cell in sheet[1]]
    by_id = {row[1].value: dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2) if row[1].value}
    proxy, context = by_id["gen"], by_id["users"]

    assert book.sheetnames == ["status", "figures", "sources"]
    assert book.active is sheet
    assert (proxy[said("Latest")].value, proxy[said("Latest")].number_format) == (0.5, "0.0%")
    assert (proxy[said("Target")].value, proxy[said("Target")].number_format) == (0.9, "0%")
    assert said("pp") in proxy[said("Against path")].number_format
    assert "%" not in proxy[said("Against path")].number_format
    assert proxy[said("Against path")].number_format.startswith('"≥ "+0.0')
    assert proxy[said("Position")].value == i18n.word("ahead", lang)
    assert proxy[said("Needed a year")].number_format.startswith('"≤ "+0.0')
    assert proxy[said("Probability")].number_format == '"≥ "0%;"≥ "-0%'
    assert proxy[said("By")].value == datetime(2030, 12, 31)  # noqa: DTZ001
    assert (context[said("Latest")].value, context[said("Latest")].number_format) == (5.15, "0.00")
    assert proxy[said("Verdict")].value == {"en": "at risk or better", "zh": "有风险或更好"}[lang]
    assert proxy[said("Verdict")].fill.fill_type == "solid"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:Y{len(by_id) + 3}")


def test_columns_are_as_wide_as_their_hanzi(workspace: Path, run: Callable[..., Result]) -> None:
    """A hanzi takes two columns."""
    run("export", "-o", "f.xlsx")
    widths = openpyxl.load_workbook(workspace / "f.xlsx")["sources"].column_dimensions

    assert widths["A"].width > len("CNNIC")
    run("record", "users", "7", "--period", "2026-06", "--source", "中国互联网络信息中心统计报告")
    run("export", "-o", "f.xlsx")
    assert openpyxl.load_workbook(workspace / "f.xlsx")["sources"].column_dimensions["A"].width >= 28


def test_sources_are_counted_once_each(workspace: Path, run: Callable[..., Result]) -> None:
    """The sources sheet says how many entries rest on each source, and since when."""
    run("export", "-o", "f.xlsx", "--lang", "en")
    rows = list(openpyxl.load_workbook(workspace / "f.xlsx")["sources"].iter_rows(min_row=2, values_only=True))

    assert rows[0][0] == "CNNIC"
    assert rows[0][2] == 5
    assert [str(day)[:10] for day in rows[0][3:5]] == ["2024-11-30", "2026-09-29"]
    assert rows[0][5] == "gen, users"


# --- the other formats ------------------------------------------------------------------------------------------


def test_jsonl_is_the_ledger_itself(workspace: Path, run: Callable[..., Result]) -> None:
    """The lines could be put in place of progress.jsonl: they read as the same entries."""
    done = run("export", "--format", "jsonl")
    (workspace / "copy.jsonl").write_text(done.out, encoding="utf-8")

    assert jsonl.read(workspace / "copy.jsonl").entries == jsonl.read(workspace / "progress.jsonl").entries
    assert done.out.encode() == b"".join(map(encode, jsonl.read(workspace / "progress.jsonl").entries))


@pytest.mark.usefixtures("workspace")
def test_the_status_is_the_one_of_status(run: Callable[..., Result]) -> None:
    """Export and status write the same JSON and CSV."""
    for form in ("json", "csv"):
        assert run("export", "--what", "status", "--format", form) == run("status", "--format", form)
    results = json.loads(run("status", "--format", "json").out)["results"]
    assert [json.loads(line) for line in lines(run("export", "--what", "status", "--format", "jsonl").out)] == results


def test_exported_targets_read_back_as_the_same_plan(
    workspace: Path, run: Callable[..., Result], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The JSON of the targets is a targets.yaml."""
    done = run("export", "--what", "targets", "--format", "json")
    copy = write_workspace(tmp_path_factory.mktemp("copy"), {"targets.yaml": done.out})

    assert plan_of(copy) == plan_of(workspace)


def plan_of(folder: Path) -> dict[str, Any]:
    return targets.load(folder / "targets.yaml").model_dump()


@pytest.mark.usefixtures("workspace")
def test_half_years_are_semesters_in_sdmx(run: Callable[..., Result]) -> None:
    """SDMX writes 2026-S1 for 2026-H1, and every row names its data flow and its action."""
    rows = csv_rows(run("export", "--format", "sdmx-csv").out)

    assert [row["TIME_PERIOD"] for row in rows] == ["2024-06", "2025-06", "2025-12", "2026-06", "2025-06", "2026-S1"]
    assert {(row["STRUCTURE"], row["ACTION"]) for row in rows} == {("dataflow", "I")}
    assert all(re.fullmatch(r"[A-Z]+:[A-Z]+\(\d+\.\d+\.\d+\)", row["STRUCTURE_ID"]) for row in rows)
    assert list(rows[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]


@pytest.mark.parametrize("kind", ["numbers", "ratings", "hostile", "empty"])
def test_the_data_package_is_valid(plan: Plan, tmp_path: Path, kind: str) -> None:
    """Frictionless finds the data and their description in agreement."""
    frictionless = pytest.importorskip("frictionless")
    every = jsonl.read(write_workspace(tmp_path, {"l.jsonl": LEDGER}) / "l.jsonl").entries
    ledgers = {"numbers": every[:4], "ratings": every, "hostile": hostile_ledger(), "empty": []}
    write_workspace(tmp_path, exported(plan, ledgers[kind], "datapackage"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    value = next(field for field in described["resources"][0]["schema"]["fields"] if field["name"] == "value")

    assert report.flatten(["message"]) == []
    assert value["type"] == ("any" if kind == "ratings" else "number")
    assert not {"license", "licenses"} & set(described)


def test_csv_for_excel_begins_with_a_mark_on_request(workspace: Path, run: Callable[..., Result]) -> None:
    """Without --bom there is none."""
    run("export", "-o", "with.csv", "--bom")
    run("export", "-o", "without.csv")

    assert (workspace / "with.csv").read_bytes() == b"\xef\xbb\xbf" + (workspace / "without.csv").read_bytes()
    assert (workspace / "without.csv").read_bytes().startswith(b"id,")


# --- writing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_failed_export_leaves_the_old_file(
    workspace: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A full disk costs the new file, never the old one, and leaves nothing lying about."""
    (workspace / name).write_text("old")
    before = sorted(path.name for path in workspace.iterdir())

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    done = run("export", "-o", name)

    assert (done.code, done.out) == (4, "")
    assert done.err.startswith(f"error: {name}: cannot be written: no space is left on the disk\n  fix: ")
    assert (workspace / name).read_text() == "old"
    assert sorted(path.name for path in workspace.iterdir()) == before


def test_an_export_has_the_permissions_of_any_new_file(workspace: Path, run: Callable[..., Result]) -> None:
    """Colleagues can read it; a file that is written again keeps the permissions it had."""
    (workspace / "plain").write_text("")
    run("export", "-o", "a.csv")
    run("export", "-o", "pkg", "--format", "datapackage")
    (workspace / "plain-folder").mkdir()

    assert mode(workspace / "a.csv") == mode(workspace / "plain")
    assert mode(workspace / "pkg") == mode(workspace / "plain-folder")
    (workspace / "a.csv").chmod(0o640)
    run("export", "-o", "a.csv")
    assert mode(workspace / "a.csv") == 0o640


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_package_is_replaced_but_nothing_else_is(workspace: Path, run: Callable[..., Result]) -> None:
    """A folder with other things in it is left alone."""
    arguments = ("export", "--format", "datapackage", "-o", "pkg")
    (workspace / "pkg").mkdir()
    assert run(*arguments).code == 0
    (workspace / "pkg" / "figures.csv").write_text("old")
    (workspace / "pkg" / "mine.txt").write_text("mine")
    assert run(*arguments).code == 0
    assert (workspace / "pkg" / "figures.csv").read_text(encoding="utf-8").startswith("id,")
    assert (workspace / "pkg" / "mine.txt").read_text() == "mine"
    (workspace / "pkg" / "datapackage.json").unlink()
    (workspace / "pkg" / "figures.csv").write_text("mine")

    assert run(*arguments).code == 4
    assert (workspace / "pkg" / "figures.csv").read_text() == "mine"


def test_without_the_extra_excel_says_how_to_install_it(
    workspace: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing package is named with the command that installs it, and nothing is written."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = run("export", "-o", "a.xlsx")

    assert (done.code, done.out) == (4, "")
    assert "fix: install it: pip install 'aiplus-cli[excel]'" in done.err
    assert not (workspace / "a.xlsx").exists()


@pytest.mark.parametrize("name", ["export.md", "export.zh.md"])
def test_the_screens_in_the_description_are_real(name: str, tmp_path: Path) -> None:
    """What docs/export.md shows is what the program prints for the real workspace."""
    for file in ("targets.yaml", "progress.jsonl"):
        (tmp_path / file).write_bytes((REPOSITORY / file).read_bytes())
    path = REPOSITORY / "docs" / name
    text = path.read_text(encoding="utf-8")

    def screen(match: re.Match[str]) -> str:
        command, _, cut = match[1].partition(" | head -")
        done = run_aiplus(shlex.split(command)[1:], tmp_path)
        assert (done.code, done.err) == (0, "")
        shown = "".join(done.out.splitlines(keepends=True)[: int(cut or 100)])
        return f"```console\n$ {match[1]}\n{shown}```"

    found = re.sub(r"```console\n\$ ([^\n]*)\n.*?```", screen, text, flags=re.DOTALL)
    if os.environ.get("AIPLUS_UPDATE"):
        path.write_text(found, encoding="utf-8")
    assert found == text


def test_no_text_of_a_ledger_is_a_control_character_in_these_tests() -> None:
    """`validate` refuses control characters, so exports need not carry them to Excel."""
    assert not any(CONTROL.search(text) for text in HOSTILE)
