"""The documents say what the program does: their sessions and help are its own output."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from aiplus_cli.cli.app import COMMANDS, load_command
from aiplus_cli.errors import ExitCode
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Plan, Record
from aiplus_cli.render.export import WHAT, formats_of
from aiplus_cli.render.formats import FORMATS
from aiplus_cli.words import i18n
from cases import ERRORS, replay
from conftest import run_aiplus

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
UPDATE = bool(os.environ.get("AIPLUS_UPDATE"))
SESSION = re.compile(r"(<!-- session -->\n).*?(<!-- /session -->)", re.DOTALL)


def keep(path: Path, text: str) -> None:
    """The file says this; with AIPLUS_UPDATE=1 it is made to."""
    if UPDATE:
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


def session(command: str) -> str:
    """A command and what it prints, as a block of Markdown."""
    done = run_aiplus(shlex.split(command)[1:], REPOSITORY, {"COLUMNS": "100"})
    return f"```console\n$ {command}\n{done.out}```\n"


@pytest.mark.parametrize(("name", "lang"), [("README.md", ""), ("README.zh.md", " --lang zh")])
def test_the_session_in_the_readme_is_real(name: str, lang: str) -> None:
    """What the README shows is what the program prints."""
    path = REPOSITORY / name
    block = session(f"aiplus status --indicator terminal-agent-penetration --today 2026-11-24{lang}")
    fill: Callable[[re.Match[str]], str] = lambda match: match[1] + block + match[2]  # noqa: E731
    text = path.read_text(encoding="utf-8")

    assert SESSION.search(text)
    keep(path, SESSION.sub(fill, text))


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_names_the_commands_that_give_json(name: str) -> None:
    """One line below the table has every command with `--format json`."""
    (line,) = re.findall(
        r"^.*`--format json`.*[:：](.*)$", (REPOSITORY / name).read_text(encoding="utf-8"), re.MULTILINE
    )

    assert re.findall(r"`(\w+)`", line) == [each for each in FORMATS if each in COMMANDS and "json" in FORMATS[each]]


OFFERED = {
    **{name: list(formats) for name, formats in FORMATS.items() if name in COMMANDS},
    "validate": ["text", *FORMATS["validate"]],
    "export": list(dict.fromkeys(each for what in WHAT for each in formats_of(what))),
}
"""Command -> its formats, by the table of formats; the text of `validate` is an error, which no renderer writes."""


def test_every_option_format_is_offered_by_the_table() -> None:
    """A command has --format just when the table of formats has its document."""
    assert sorted(name for name in COMMANDS if help_of_format(name)) == sorted(OFFERED)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", OFFERED)
def test_help_names_the_formats_of_the_table(command: str, lang: str) -> None:
    """`--format` in --help names each format that there is, in the order of the table, and no other."""
    known = {name for names in OFFERED.values() for name in names}
    words = re.findall(r"[a-z][a-z-]*", i18n.text(help_of_format(command), lang))

    assert list(dict.fromkeys(word for word in words if word in known)) == OFFERED[command]


def help_of_format(command: str) -> str:
    """What --help says of --format; empty for a command without it."""
    return next((param.help for param in load_command(command).params if "--format" in param.opts), "")


@pytest.mark.parametrize(
    ("name", "lang", "intro"),
    [
        ("cli.md", "en", "# The commands\n\n[中文](cli.zh.md)\n\nGenerated from `--help` by `make docs`.\n"),
        ("cli.zh.md", "zh", "# 命令\n\n[English](cli.md)\n\n由 `make docs` 从 `--help` 生成。\n"),
    ],
)
def test_the_reference_is_the_help(name: str, lang: str, intro: str) -> None:
    """docs/cli.md is the --help of every command, docs/cli.zh.md the same in Chinese."""
    parts = [intro]
    for command in ("", *COMMANDS):
        done = run_aiplus([*command.split(), "--help"], REPOSITORY, {"COLUMNS": "100", "AIPLUS_LANG": lang})
        parts.append(f"## aiplus {command}".rstrip() + f"\n\n```text\n{done.out.rstrip()}\n```\n")
    keep(DOCS / name, "\n".join(parts))


def shown(lines: list[str]) -> str:
    """Of a case: the commands, their messages and exit codes; a line of more than 200 characters is cut."""
    messages = [line.removeprefix("! ") for line in lines if line.startswith(("$ ", "! ", "=> "))]
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} ..." for line in messages)


def error_page(intro: str, sentences: list[str], runs: list[list[str]]) -> str:
    """A section for every error case: its name, its sentence, what it prints."""
    parts = [intro]
    for case, sentence, lines in zip(ERRORS, sentences, runs, strict=True):
        parts.append(f"## {case.stem}\n\n{sentence.removeprefix('# ')}\n\n```text\n{shown(lines)}\n```\n")
    return "\n".join(parts)


def test_the_error_page_is_made_of_the_error_cases() -> None:
    """docs/errors.md shows every error case with its message."""
    intro = "# Error messages\n\n[中文](errors.zh.md)\n\nGenerated from the cases in `tests/errors` by `make docs`.\n"
    runs = [case.read_text(encoding="utf-8").splitlines() for case in ERRORS]
    keep(DOCS / "errors.md", error_page(intro, [lines[0] for lines in runs], runs))


def test_the_chinese_error_page_is_what_the_error_cases_print_in_chinese(tmp_path: Path) -> None:
    """docs/errors.zh.md shows every error case as AIPLUS_LANG=zh runs it."""
    intro = "# 错误信息\n\n[English](errors.md)\n\n由 `make docs` 从 `tests/errors` 的用例生成。\n"
    runs = []
    for case in ERRORS:
        folder = tmp_path / case.stem
        folder.mkdir()
        runs.append(replay(case.read_text(encoding="utf-8"), folder, "zh"))
    keep(DOCS / "errors.zh.md", error_page(intro, [lines[1] for lines in runs], runs))


def test_every_error_case_has_its_sentence_in_both_languages() -> None:
    """The first line of an error case is an English sentence, the second a Chinese one."""
    heads = {case.stem: case.read_text(encoding="utf-8").splitlines()[:2] for case in ERRORS}

    assert [name for name, (first, _) in heads.items() if not re.fullmatch(r"# [ -~]+\.", first)] == []
    assert [name for name, (_, second) in heads.items() if not re.fullmatch(r"# .*[\u4e00-\u9fff].*。", second)] == []


def test_every_command_format_method_and_exit_code_is_in_the_documents() -> None:
    """Nothing that a user can name is left undocumented."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS.glob("*.md"), REPOSITORY / "README.md"])
    names = [
        *COMMANDS,
        *(name for formats in FORMATS.values() for name in formats),
        *METHODS,
        *(f"| {code.value} |" for code in ExitCode),
    ]

    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("page", ["targets.md", "targets.zh.md"])
def test_every_key_of_targets_yaml_is_described(page: str) -> None:
    """docs/targets.md names every key that the file may have."""
    text = (DOCS / page).read_text(encoding="utf-8")
    keys = {field.alias or name for kind in Record.__subclasses__() for name, field in kind.model_fields.items()}

    assert Plan in Record.__subclasses__()
    assert [key for key in sorted(keys - {"@line"}) if f"`{key}`" not in text] == []


@pytest.mark.parametrize("page", ["targets.md", "targets.zh.md"])
def test_the_examples_in_the_description_of_targets_are_valid(page: str, tmp_path: Path) -> None:
    """The YAML in docs/targets.md loads, its gates and waivers too."""
    policy, plan = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "targets.yaml"
    path.write_text(plan + policy, encoding="utf-8")
    loaded = load(path)

    assert loaded.indicators
    assert loaded.policy
    assert len(loaded.policy.gates) == 3
    assert len(loaded.waivers) == 2


def test_the_changelog_names_the_release_that_the_package_is() -> None:
    """What is not yet released stands first; the newest release is the package's version, with its day."""
    headings = re.findall(r"^## (.*)$", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert headings[0] == "Unreleased"
    assert re.fullmatch(re.escape(version) + r" - \d{4}-\d\d-\d\d", headings[1])
