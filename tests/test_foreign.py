"""What libraries say of a broken file never reaches people in the libraries' words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiplus_cli.foreign import in_our_words
from aiplus_cli.words.i18n import translate
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

LINE = LEDGER.splitlines()[0]
LINES = {
    "a comma too many": LINE.replace(',"bound"', ',,"bound"'),
    "no colon": LINE.replace('"id":', '"id"'),
    "cut off": LINE[:60],
    "something behind": LINE + "x",
    "a key without quotes": LINE.replace('"url":', "url:"),
    "a wrong escape": LINE.replace("CNNIC", r"\q"),
    "no such number": LINE.replace("16.4", "1.2.3"),
    "a key missing": LINE.replace('"region":"CN",', ""),
    "a key too many": LINE.replace('"url":""', '"url":"","link":""'),
    "a number for a text": LINE.replace('"CNNIC"', "1"),
    "nothing for a text": LINE.replace('"CNNIC"', "null"),
    "a list for a number": LINE.replace("16.4", "[16.4]"),
    "a text for a number": LINE.replace("16.4", '"16.4"'),
    "no number": LINE.replace("16.4", '"NaN"'),
    "no status": LINE.replace('"A"', '"Z"'),
    "no day": LINE.replace("2024-11-30", "2024-11-31"),
    "no time": LINE.replace("T02:38:49Z", ""),
    "no time zone": LINE.replace("49Z", "49"),
    "a list": "[1]",
    "deep": "[" * 2000,
}
OTHER = {
    "figures.json": [
        '[{"value": NaN}]',
        '[{"a": 1, "a": 2}]',
        '[{"a" 1}]',
        '[{"a": }]',
        "[" * 200000,
        "{",
        '"',
        "[1e]",
    ],
    "figures.jsonl": ['{"a": 1\n', "{'a': 1}\n"],
    "figures.csv": ['a,b\n"1,2\n', 'a,b\n"1"x,2\n', "a,b\n1," + "x" * 200000 + "\n"],
    "figures.xlsx": ["PK\x03\x04 broken"],
    "figures.ods": ["PK\x03\x04 broken"],
    "figures.xls": ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"],
    "map.yaml": [
        "columns: {a: [",
        "a: @x",
        'a: "\\q"',
        "a:\n  - b\n c: d",
        "skip: {x: 1}",
        "header: [a, b]",
        "dates: week",
    ],
    "past.csv": ['series,year,value\n"a,2000,5\n', 'series,year,value\n"a"b,2000,5\n'],
    "runs/2026-10.json": ["{", "[]", '{"schema": 5}', '{"schema": "aiplus.status/1"}'],
}
COMMANDS = {"map.yaml": "import table.csv --map {}", "past.csv": "backtest {}", "runs/2026-10.json": "diff --from {}"}
TABLE = "indicator,period,value\ngen,2026-06,51%\n"
ENGLISH = re.compile(r"\b(?!aiplus\b)[a-z]{2,} [a-z]{2,}\b")
"""Two words in a row: keys, names of files and kinds of errors stand alone."""


def reasons(err: str) -> list[str]:
    """The lines of an output that say what is wrong, without what they quote."""
    said = [line for line in err.splitlines() if line.startswith("错误：")]
    return [re.sub(r"'[^']*'", "", line) for line in said]


@pytest.mark.parametrize("kind", LINES)
def test_a_broken_line_of_the_ledger_is_told_in_chinese(kind: str, tmp_path: Path) -> None:
    """Whatever is wrong with it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LINES[kind] + "\n" + LEDGER})
    done = run_aiplus(["validate", "--lang", "zh"], folder)

    assert done.code == 3
    assert reasons(done.err)
    assert [line for line in reasons(done.err) if ENGLISH.search(line)] == []


@pytest.mark.parametrize("name", OTHER)
def test_another_broken_file_is_told_in_chinese(name: str, tmp_path: Path) -> None:
    """Tables, mappings, past series and recorded runs."""
    for content in OTHER[name]:
        folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "table.csv": TABLE})
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode("latin-1" if name.startswith("figures") else "utf-8"))
        done = run_aiplus([*COMMANDS.get(name, "import {}").format(name).split(), "--lang", "zh"], folder)

        assert done.code in (3, 4), content[:40]
        assert [line for line in reasons(done.err) if ENGLISH.search(line)] == []


def test_an_error_of_a_kind_that_nobody_knows_is_named() -> None:
    """Its name helps those who are asked for help; its words stay out."""
    said = in_our_words(ArithmeticError("something went wrong here"))

    assert str(said) == "it cannot be understood (ArithmeticError)"
    assert translate(said, "zh") == "无法理解（ArithmeticError）"


@pytest.mark.parametrize("error", [ZeroDivisionError("integer modulo by zero"), IndexError(), OverflowError()])
def test_a_file_whose_parts_have_no_size_is_called_damaged(error: Exception) -> None:
    """As an XLS whose sectors are zero bytes long; the name of an error of Python says nothing to people."""
    assert in_our_words(error).template == "the file is damaged, or of another kind"
