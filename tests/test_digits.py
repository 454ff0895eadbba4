"""Digits are read as digits, or refused: at every door, and by no other way than the one that is guarded."""

from __future__ import annotations

import ast
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.contract.phrases import share_text
from aiplus_cli.errors import AiplusError
from aiplus_cli.intake.files.read import parse_range
from aiplus_cli.intake.mapping import FileMapping, mapping_problems
from aiplus_cli.intake.times import is_part, is_year, parse_day, parse_time
from aiplus_cli.intake.values import parse_value
from aiplus_cli.judge.past import read_past
from aiplus_cli.ledger.lines import decode
from aiplus_cli.plan.load import load, load_record
from aiplus_cli.plan.numbers import EXACT, MOST_DIGITS, difference, marks, narrow, read_number, read_whole
from aiplus_cli.plan.periods import parse_date, parse_days, parse_period
from aiplus_cli.plan.places import parse_region
from aiplus_cli.workspace.asking import read_level
from aiplus_cli.workspace.past import read_folds
from conftest import LEDGER, PLAN, run_aiplus, write_workspace
from walls import FILES, ROOT

WIDE = "０１２３４５６７８９"
MARKS = [
    char
    for char in map(chr, range(0x80, sys.maxunicode + 1))
    if unicodedata.category(char)[0] == "N" and char not in WIDE
]
"""Every character that counts something and is no digit: raised, enclosed, Roman, of other scripts, and the like."""
FEW = "²₂①⑴⒈❶½Ⅳ〇٤४𝟒㈠"
SOME = [*FEW, *MARKS[::25]]


def made(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


TEXTS: dict[str, tuple[Callable[[str], object], list[str]]] = {
    "a period": (parse_period, ["202{}", "2025{}", "2025-0{}", "2025年{}月", "2025-Q{}", "2025H{}"]),
    "a period of a table": (partial(parse_time, where=""), ["202{}", "4583{}", "2025年{}月", "20250{}", "2025-S{}"]),
    "a day of a table": (partial(parse_day, where=""), ["4583{}", "2025-10-1{}", "2025101{}", "2025年10月{}日"]),
    "a day of an option": (partial(parse_date, where=""), ["2025-10-1{}", "202{}-10-10"]),
    "a number of days": (partial(parse_days, where=""), ["{}", "3{}", "3{}d"]),
    "a level": (read_level, ["0.{}", "0.8{}", "{}"]),
    "a number of folds": (read_folds, ["{}", "1{}"]),
    "a range": (parse_range, ["A{}:B3", "A1:B{}", "A1{}:B3"]),
    "a region": (parse_region, ["43000{}", "4{}"]),
}  # fmt: skip


@pytest.mark.parametrize("door", TEXTS)
def test_no_door_reads_a_mark_as_a_digit_or_leaves_it_out(door: str) -> None:
    """Of all the characters that Unicode calls numbers, only ASCII and full-width digits are digits."""
    read, forms = TEXTS[door]
    for text in (form.format(mark) for form in forms for mark in SOME):
        with pytest.raises(AiplusError):
            read(text)


def test_a_value_refuses_every_mark_by_name(tmp_path: Path) -> None:
    """42.8 with anything glued to it is no value of any kind."""
    gen = load(made(tmp_path, "targets.yaml", PLAN)).indicator("gen")
    assert gen is not None
    for mark in SOME:
        for form in ("42.8{}", "42.8{}%", "{}42.8", "4{}2", "超5{}%"):
            with pytest.raises(AiplusError, match="only 0-9 are digits"):
                parse_value(form.format(mark), gen)


def test_a_header_with_a_mark_is_neither_a_year_nor_a_part_of_one() -> None:
    """202⁵ is no year, and ⑥月 no month."""
    assert not any(is_year(f"202{mark}") or is_year(f"2025{mark}") for mark in MARKS)
    assert not any(is_part(f"{mark}月") or is_part(f"Q{mark}") or is_part(f"第{mark}季度") for mark in MARKS)


@pytest.mark.parametrize("mark", FEW)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 90}", "value: 9{}}}"),
        ("range: [0, 100]", "range: [0, 10{}]"),
        ("issued: 2025-08-21", "issued: 2025-08-2{}"),
        ("due: 2027-12-31", "due: 2027-12-3{}"),
        ("publication_lag: 90", "publication_lag: 9{}"),
        ('id: "2027"', 'id: "202{}"'),
    ],
)
def test_a_plan_with_a_mark_in_a_number_is_refused_at_its_line(old: str, new: str, mark: str, tmp_path: Path) -> None:
    """Values, ranges, days and the ids of milestones."""
    assert old in PLAN
    with pytest.raises(AiplusError, match=r"targets.yaml:\d"):
        load(made(tmp_path, "targets.yaml", PLAN.replace(old, new.format(mark), 1)))


@pytest.mark.parametrize("mark", FEW)
@pytest.mark.parametrize(
    "text",
    ["header: [1, {}]", "always: {{period: 202{}}}", "always: {{published: 2025-01-0{}}}", "periods: {{a: 2025{}}}",
     "columns: {{a: {{period: 202{}}}}}", "regions: {{a: 43000{}}}"],
)  # fmt: skip
def test_a_mapping_with_a_mark_in_a_number_is_refused(text: str, mark: str, tmp_path: Path) -> None:
    """Also where it stands in the place of a header or behind a name."""
    plan = load(made(tmp_path, "targets.yaml", PLAN))
    with pytest.raises(AiplusError):
        load_record(
            made(tmp_path, "m.yaml", text.format(mark)), FileMapping, lambda found: mapping_problems(found, plan)
        )


@pytest.mark.parametrize("value", ['"42"', '"٤٢"', '"4_2"', '"４２"', ' "42"', "NaN", "Infinity", "٤٢"])
def test_a_line_of_the_ledger_has_its_value_as_a_number(value: str) -> None:
    """A text in quotes might be in the digits of any script."""
    line = LEDGER.splitlines()[0]
    old = json.loads(line, parse_float=str, parse_int=str)["value"]
    assert decode(line.encode())
    with pytest.raises(ValueError, match=r"value|malformed|invalid"):
        decode(line.replace(f'"value":{old}', f'"value":{value}').encode())


@pytest.mark.parametrize("value", ["٤٢", "4_2", "42²", "½", "4 2"])
def test_a_past_series_with_a_mark_in_a_number_is_refused(value: str) -> None:
    """In the file that `backtest` reads."""
    with pytest.raises(AiplusError, match="is no share"):
        read_past(f"series,year,value\na,2000,{value}\n".encode(), "p.csv")
    with pytest.raises(AiplusError, match="is no year"):
        read_past(f"series,year,value\na,{value},5\n".encode(), "p.csv")


def test_full_width_digits_are_digits() -> None:
    """As Chinese text has them."""
    assert parse_period("２０２５－０６").text == "2025-06"
    assert parse_day("２０２５年１０月１８日", where="") == date(2025, 10, 18)
    assert parse_days("３０天", where="") == 30
    assert (read_level("０．８"), read_folds("５")) == (Decimal("0.8"), 5)
    assert narrow("４２．８％（１，２３４）　") == "42.8%(1,234) "


def test_only_the_hanzi_of_a_month_or_a_quarter_are_counted() -> None:
    """十二月 is the twelfth month; 一二月 are two months and no eleventh or twelfth."""
    assert parse_period("2025年十二月").text == "2025-12"
    assert parse_period("2025年第三季度").text == "2025-Q3"
    for text in (
        "2025年一二月",
        "2025年1二月",
        "二二二二年",
        "二〇二五年",
        "2025年十三月",
        "2025年五季度",
        "2025年四",
        "2025-一-一",
    ):
        with pytest.raises(AiplusError):
            parse_period(text)


@pytest.mark.parametrize("text", ["2025 1 2", "202 5", "2025 06", "458 38", "2025年1 2月"])
def test_digits_with_a_blank_between_them_are_no_number(text: str) -> None:
    """A blank may have taken the place of anything."""
    with pytest.raises(AiplusError):
        parse_time(text, where="")


def test_marks_are_listed_once_each() -> None:
    """So that a message can name them."""
    assert marks("a²①²５5") == "²①"
    assert marks("plain 5") == ""


# --- how long a number may be ---------------------------------------------------------------------------------------

wholes = st.integers(1 - 10**MOST_DIGITS, 10**MOST_DIGITS - 1)
numbers = st.builds(lambda whole, places: Decimal(whole).scaleb(-places), wholes, st.integers(0, MOST_DIGITS))
long_texts = st.from_regex(r"-?[0-9]{0,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


@given(long_texts)
def test_a_number_is_read_to_its_last_digit_or_not_at_all(text: str) -> None:
    """No number that is read was rounded, whatever its length."""
    number = read_number(text)

    assert number is None or (number == Decimal(text) and len(f"{abs(number):f}".replace(".", "")) <= MOST_DIGITS + 1)


@given(numbers, numbers)
def test_a_difference_is_exact_whatever_is_subtracted(one: Decimal, other: Decimal) -> None:
    """Adding it back gives the first number, to the last digit."""
    assert EXACT.add(difference(one, other), other) == one
    assert (difference(one, other) == 0) is (one == other)


@pytest.mark.parametrize(
    "value", ["9" * 25, "1." + "1" * 24, "1e24", "1e-25", "1e999", "1." + "0" * 40 + "1", "0." + "9" * 29]
)
def test_a_number_that_is_too_long_is_refused_at_every_door(value: str, tmp_path: Path) -> None:
    """In targets.yaml, the ledger, files of all kinds and options; with its place, and never with a traceback."""
    digits = f"{Decimal(value):f}" if "999" not in value else "9" * 999
    folder = write_workspace(
        tmp_path,
        {
            "targets.yaml": PLAN, "progress.jsonl": LEDGER,
            "t.csv": f"indicator,period,value\nusers,2025,{digits}\n",
            "t.json": f'[{{"indicator": "users", "period": "2025", "value": {value}}}]',
            "t.jsonl": f'{{"indicator": "users", "period": "2025", "value": "{digits}"}}\n',
            "p.csv": f"series,year,value\na,2000,{value}\n",
        },
    )  # fmt: skip
    for name in ("t.csv", "t.json", "t.jsonl"):
        done = run_aiplus(["import", name, "--source", "s"], folder)
        assert (done.code, "at most 24 digits" in done.err) == (3, True), (name, done.err)
    assert run_aiplus(["record", "users", digits, "--period", "2025", "--source", "s"], folder).code == 3
    assert run_aiplus(["forecast", "gen", "--level", digits], folder).code == 2
    assert run_aiplus(["backtest", "p.csv"], folder).code == 3
    for old in ("value: 90}", "range: [0, 100]"):
        new = old.replace("90", value).replace("100", value)
        made(folder, "targets.yaml", PLAN.replace(old, new, 1))
        done = run_aiplus(["status"], folder)
        assert (done.code, "has more than 24 digits" in done.err) == (3, True), done.err


# --- no other way ---------------------------------------------------------------------------------------------------

READERS = ("plan", "intake", "ledger", "workspace", "cli", "judge/past.py")
"""Where texts of others come in."""
GUARDED = {
    ("intake/files/objects.py", "Decimal"): "what json found to be a number",
    ("workspace/precedents.py", "float"): "the package's own table",
    ("plan/numbers.py", "int"): "what WHOLE has matched",
    ("plan/numbers.py", "Decimal"): "what PLAIN has matched",
    ("plan/periods.py", "int"): "groups of [0-9], and a number",
    ("plan/periods.py", "Decimal"): "a number of days",
    ("intake/values.py", "Decimal"): "a group of [0-9]",
    ("intake/facts.py", "Decimal"): "what PLAIN has matched",
    ("intake/bulk.py", "Decimal"): "what PLAIN has matched",
    ("intake/bulk.py", "float"): "a number",
    ("intake/decision.py", "float"): "a number",
    ("intake/times.py", "int"): "a serial of [0-9]",
    ("intake/remarks.py", "int"): "groups of [0-9]",
    ("intake/files/read.py", "int"): "groups of [0-9]",
    ("intake/files/excel.py", "int"): "groups of [0-9], and the number of a row as XML has it",
    ("intake/files/cells.py", "Decimal"): "a binary number",
    ("intake/files/ods.py", "Decimal"): "a number",
    ("intake/files/formats.py", "Decimal"): "a binary number",
    ("intake/files/formats.py", "float"): "a group of [0-9]",
    ("ledger/lines.py", "Decimal"): "what str has written of a number",
    ("ledger/jsonl.py", "int"): "a number of seconds",
    ("workspace/runs.py", "Decimal"): "a number",
    ("cli/checkout.py", "int"): "a line that we numbered",
    ("cli/clock.py", "int"): "what _SECONDS has matched",
}
"""Where one of Python's own readers of numbers is given a text, and why that is safe."""


def texts_to_numbers(path: Path) -> set[str]:
    """The ways to make a number of a text that a file has: of a constant or of another number they are none."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {name for name in ("NFKC", "NFKD") if node.value == name}
            found |= {r"\d"} if re.search(r"(?<!\\)\\d", node.value) else set()
        if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric"):
            found.add(node.attr)
    return found


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_no_file_asks_python_what_a_digit_is(path: Path) -> None:
    """`isdigit`, the class d of regular expressions and NFKC know digits of many scripts."""
    expected: set[str] = {"NFKC"} if path == ROOT / "plan" / "numbers.py" else set()

    assert texts_to_numbers(path) == expected


def conversions(path: Path) -> set[tuple[str, str]]:
    """The calls of `int`, `Decimal` and `float` with anything but a constant, by the name of the file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        (path.relative_to(ROOT).as_posix(), node.func.id)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("int", "Decimal", "float")
        and any(not isinstance(argument, ast.Constant) for argument in node.args)
    }


def test_no_reader_gives_a_text_to_python_unguarded() -> None:
    """`int`, `Decimal` and `float` read 1_000 and the digits of any script."""
    read = [path for path in FILES if path.relative_to(ROOT).as_posix().startswith(READERS)]
    found = set().union(*(conversions(path) for path in read))

    assert found == set(GUARDED)


def test_full_width_and_ascii_numbers_alone_are_whole() -> None:
    """`int` would take 1_000 and the digits of any script."""
    assert (read_whole("12"), read_whole("-3")) == (12, -3)
    assert [read_whole(text) for text in ("1_000", "٣", "²", "", "1.0", "9" * 10, " 1")] == [None] * 7


# --- on pages ----------------------------------------------------------------------------------------------------

PAGES = [
    ["status"], ["status", "--compare"], ["status", "--format", "markdown"], ["show", "users", "--explain"],
    ["check", "--list"], ["check", "--format", "markdown"], ["check", "--format", "github"],
    ["check", "--format", "junit"], ["check", "--format", "sarif"], ["check", "--format", "gitlab"],
    ["forecast", "gen"],
    ["diff", "--from", "2026-06-01"], ["diff", "--from", "2026-06-01", "--format", "markdown"], ["log"],
]  # fmt: skip
UNREADABLE = re.compile(r"[0-9][Ee][-+]?[0-9]{2}|[.]0{7}|[0-9]{25}")
"""Exponents, decimals that begin with seven zeros, and more digits than a figure has."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("near", ["69.999999999999999999", "70.000000000000000001", "0.000000000000000001"])
def test_no_page_shows_digits_that_nobody_reads(near: str, lang: str, tmp_path: Path) -> None:
    """A hair from the target, from nothing and from the figure before: said as a side, in every format."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for period, value, published in (("2025", "70", "2026-02-01"), ("2026-06", near, "2026-09-01")):
        for name in ("users", "gen"):
            text = f"{value}%" if name == "gen" else value
            options = ["--period", period, "--published", published, "--source", "s"]
            assert run_aiplus(["record", name, text, *options], folder).code == 0
    for command in PAGES:
        done = run_aiplus([*command, "--lang", lang], folder)
        page = done.out.replace(near, "NEAR")
        assert done.code in (0, 10, 11), (command, done.err)
        assert not UNREADABLE.search(re.sub(r"\b[0-9a-f]{16,64}\b", "ID", page)), (command, page)


def test_a_chance_is_rounded_alike_in_every_page(tmp_path: Path) -> None:
    """What `status` says, `forecast`, `show`, `check` and `diff` say."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    status = json.loads(run_aiplus(["status", "--format", "json"], folder).out)
    chances = [
        share_text(Decimal(str(row["probability"]))) for row in status["results"] if row["probability"] is not None
    ]
    assert chances
    for command in (
        ["status"],
        ["status", "--format", "markdown"],
        ["check"],
        ["forecast", "gen"],
    ):
        page = run_aiplus([*command, "--lang", "en"], folder).out
        assert any(f"{text} %" in page for text in chances), (command, page)


MILLION = "9" * 1_000_000
ENDLESS = {"digits": MILLION, "an exponent": f"1e{MILLION}"}
LONGEST_ARGUMENT = 100_000
"""Linux takes no more than 128 KiB."""


@pytest.mark.parametrize("number", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("door", ["record", "csv", "json", "jsonl", "xlsx", "targets", "mapping", "ledger"])
def test_a_number_of_a_million_digits_is_refused_everywhere(door: str, number: str, tmp_path: Path) -> None:
    """With a short error that says what is wrong, code 3, and nothing written."""
    (line,) = LEDGER.splitlines()[:1]
    files = {
        "targets.yaml": PLAN.replace("value: 70", f"value: {number}", 1) if door == "targets" else PLAN,
        "progress.jsonl": re.sub('"value":[0-9.]+', f'"value":{number}', line) + "\n" if door == "ledger" else LEDGER,
        "t.csv": f"指标,时期,数值\ngen,2026-09,{number}\n",
        "t.json": f'[{{"indicator": "gen", "period": "2026-09", "value": {number}}}]',
        "t.jsonl": f'{{"indicator": "gen", "period": "2026-09", "value": {number}}}\n',
        "map.yaml": f"header: {number}\n",
    }
    folder = write_workspace(tmp_path, files)
    if door == "xlsx":
        write_number(folder / "t.xlsx", number)
    commands = {
        "record": ["record", "gen", number[:LONGEST_ARGUMENT], "--period", "2026-09"],
        "mapping": ["import", "t.csv", "--map", "map.yaml"],
    }
    command = commands.get(door) or (["validate"] if door in ("targets", "ledger") else ["import", f"t.{door}"])
    done = run_aiplus(command, folder)

    assert done.code == 3, done.err[:500]
    assert 0 < len(done.err) < 1200
    assert "InvalidOperation" not in done.err
    assert (folder / "progress.jsonl").read_bytes() == files["progress.jsonl"].encode()


def write_number(path: Path, number: str) -> None:
    """A workbook whose figure is a number that no program writes."""
    book: Any = openpyxl.Workbook()
    book.active.append(["指标", "时期", "数值"])
    book.active.append(["gen", "2026-09", 777])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<v>777</v>", f"<v>{number}</v>".encode()))
