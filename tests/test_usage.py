"""The command line before a command runs: help in two languages, arguments like -1%, and interruption."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.cli.app import COMMANDS, load_command
from aiplus_cli.cli.help import chinese, named
from aiplus_cli.cli.language import asked_language
from aiplus_cli.cli.usage import language_behind, plain_arguments
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.words.width import cells, wrap
from conftest import environment, run_aiplus


@pytest.mark.parametrize("name", COMMANDS)
def test_what_an_option_takes_is_named_in_the_words_of_the_field(name: str) -> None:
    """An option says DATE, FILE or REGION, not which type the program keeps it in."""
    options = [param for param in load_command(name).params if param.param_type_name == "option" and not param.is_flag]
    assert [param.name for param in options if not param.metavar] == []


def test_the_methods_to_choose_from_are_named() -> None:
    """--method names every method there is."""
    [option] = [param for param in load_command("status").params if param.name == "method"]
    assert [name for name in METHODS if name not in option.help] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("columns", [60, 100])
def test_a_chinese_help_page_is_chinese_and_fits(name: str, columns: int, tmp_path: Path) -> None:
    """No line is wider than the terminal, and no English heading is left."""
    arguments = [name, "--help"] if name else ["--help"]
    done = run_aiplus(arguments, tmp_path, {"AIPLUS_LANG": "zh", "COLUMNS": str(columns)})

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("用法：aiplus")
    assert [line for line in done.out.splitlines() if cells(line) > columns] == []
    assert not any(word in done.out for word in ("Usage", "Options", "[default", "[required]", "DATE", "<str>"))


def test_what_stands_behind_a_help_text_is_translated_too() -> None:
    """The default and the duty to give an option are part of the line."""
    assert chinese("Code or name.  [default: CN]") == "地区代码或名称。  [默认：CN]"
    assert chinese("Its id.  [required]") == "指标编号。  [必填]"
    assert chinese("[default: CN; required]") == "[默认：CN；必填]"
    assert chinese("something [else]") == "something [else]"


def test_what_an_option_takes_is_named_in_chinese() -> None:
    """`-o, --output FILE` takes a 文件; a switch takes nothing, and an argument keeps its name."""
    assert named("-o, --output FILE") == "-o, --output 文件"
    assert named("INDICATOR <str>") == "INDICATOR <文字>"
    assert named("-h, --help") == "-h, --help"
    assert named("--dry-run") == "--dry-run"


@given(text=st.text(st.sampled_from("汉字，。 ab1[]（）“”、…")), width=st.integers(12, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Only blanks at the ends of lines go; no line is too wide unless a word is."""
    lines = wrap(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width or " " not in line.strip() for line in lines)


@given(text=st.text(st.sampled_from("汉字ab、（”"), min_size=1), width=st.integers(4, 20))
def test_marks_stay_with_their_words(text: str, width: int) -> None:
    """No line begins with a mark that closes, none ends with one that opens, as in print."""
    lines = wrap(text, width)

    assert [line for line in lines[1:] if line[0] in "、”"] == []
    assert [line for line in lines[:-1] if line[-1] == "（"] == []


# --- arguments --------------------------------------------------------------------------------------------------

RECORD = load_command("record").params
VALUES = st.sampled_from(["head", "5", "-1", "-1%", "-.5", "-", "x y", "中"])
PAIRS = st.sampled_from(["--period", "--note", "--source"]).flatmap(
    lambda name: st.sampled_from(["2025", "-7", "--dry-run", "-x", "--help"]).map(lambda value: [name, value])
)
OPTION_WORDS = [["--dry-run"], ["--period=-3"], ["-o"], ["--nonsense"]]


@given(words=st.lists(VALUES.map(lambda word: [word]) | PAIRS | st.sampled_from(OPTION_WORDS)))
def test_negative_numbers_become_plain_and_nothing_else_changes(words: list[list[str]]) -> None:
    """The values of options stay theirs, and the plain arguments keep their order."""
    args = [word for group in words for word in group]
    found = plain_arguments(args, RECORD)
    plain_words = [group[0] for group in words if len(group) == 1 and group not in OPTION_WORDS]

    if any(word.startswith("-") and word != "-" for word in plain_words):
        place = found.index("--")
        assert found[place + 1 :] == plain_words
        assert pairs(found[:place]) == [group for group in words if len(group) == 2]
        assert sorted(found) == sorted([*args, "--"])
    else:
        assert found == args


def pairs(options: list[str]) -> list[list[str]]:
    found = []
    rest = list(options)
    while rest:
        word = rest.pop(0)
        if word in ("--period", "--note", "--source"):
            found.append([word, rest.pop(0)])
    return found


def test_help_that_is_asked_for_is_all_that_matters() -> None:
    """Unless it is the value of an option, or stands behind --."""
    assert plain_arguments(["x", "--nonsense", "--help"], RECORD) == ["--help"]
    assert plain_arguments(["x", "--note", "--help"], RECORD) == ["x", "--note", "--help"]
    assert plain_arguments(["x", "--", "--help"], RECORD) == ["x", "--", "--help"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["status", "--lang", "zh"], "zh"),
        (["--lang=en", "status"], "en"),
        (["status", "--lang", "fr"], None),
        (["status", "--lang"], None),
        (["--lang", "en", "status", "--lang=zh"], "zh"),
        (["--lang=", "zh"], None),
        (["record", "--", "--lang", "zh"], None),
        ([], None),
    ],
)
def test_the_language_is_known_before_the_options_are_read(args: list[str], expected: str | None) -> None:
    """An error in the options is told in the language that they ask for."""
    assert asked_language(args) == expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--lang", "zh", "show", "x"], ["show", "--lang", "zh", "x"]),
        (["--lang=zh", "show", "x"], ["show", "--lang=zh", "x"]),
        (["--lang", "en", "--lang=zh", "show", "x"], ["show", "--lang", "en", "--lang=zh", "x"]),
        (["--lang", "zh", "--help"], ["--help"]),
        (["--lang=zh", "--version"], ["--version"]),
        (["--help", "--lang", "zh"], ["--help"]),
        (["--version", "--lang=zh"], ["--version"]),
        (["-h"], ["-h"]),
        (["--lang", "zh"], ["--lang", "zh"]),
        (["--lang", "zh", "--format", "json"], ["--lang", "zh", "--format", "json"]),
        (["show", "--lang", "zh"], ["show", "--lang", "zh"]),
    ],
)
def test_the_language_may_stand_before_the_command(args: list[str], expected: list[str]) -> None:
    """People put it first."""
    assert language_behind(args, ["--help", "-h", "--version"]) == expected


@pytest.mark.parametrize("form", ["--lang zh CALL", "--lang=zh CALL", "CALL --lang zh", "CALL --lang=zh"])
@pytest.mark.parametrize("call", ["", "schema --help", "methods --format pdf"])
def test_the_language_may_stand_anywhere(form: str, call: str, tmp_path: Path) -> None:
    """Before the command or behind it, with a blank or with =: a command, its help and its errors are Chinese."""
    done, plain = (
        run_aiplus(form.replace("CALL", call).split(), tmp_path, {"AIPLUS_LANG": lang}) for lang in ("en", "zh")
    )

    assert done == plain
    assert any("\u4e00" <= char <= "\u9fff" for char in done.out + done.err)


# --- interruption -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["aiplus_cli.errors", "typer", "aiplus_cli.cli.usage", "aiplus_cli.cli.status"])
def test_an_interruption_while_the_program_starts_is_no_traceback(module: str, tmp_path: Path) -> None:
    """Ctrl-C during any import of ours ends as it does later: 130 and one word."""
    program = (
        "import sys, importlib.abc\n"
        "class Interrupt(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}:\n"
        "            sys.meta_path.remove(self)\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "sys.argv = ['aiplus', 'status']\n"
        "from aiplus_cli.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "interrupted")
