"""The documents say what the program does: their sessions and help are its own output."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from aiplus_cli.cli.app import COMMANDS
from aiplus_cli.errors import ExitCode
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Plan, Record
from aiplus_cli.render import FORMATS
from aiplus_cli.render.ci import CHECK_FORMATS
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


def test_the_reference_is_the_help() -> None:
    """docs/cli.md is the --help of every command."""
    parts = ["# The commands\n\nGenerated from `--help` by `make docs`.\n"]
    for name in ("", *COMMANDS):
        arguments = [name, "--help"] if name else ["--help"]
        done = run_aiplus(arguments, REPOSITORY, {"COLUMNS": "100"})
        parts.append(f"## aiplus {name}".rstrip() + f"\n\n```text\n{done.out.rstrip()}\n```\n")
    keep(DOCS / "cli.md", "\n".join(parts))


def test_the_error_page_is_made_of_the_error_cases() -> None:
    """docs/errors.md shows every error case with its message."""
    parts = ["# Error messages\n\nGenerated from the cases in `tests/errors` by `make docs`.\n"]
    for path in sorted((REPOSITORY / "tests" / "errors").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        shown = [line.removeprefix("! ") for line in lines if line.startswith(("$ ", "! ", "=> "))]
        shown = [line if len(line) <= 200 else f"{line[:200]} ..." for line in shown]
        parts.append(f"## {path.stem}\n\n{lines[0].removeprefix('# ')}\n\n```text\n" + "\n".join(shown) + "\n```\n")
    keep(DOCS / "errors.md", "\n".join(parts))


def test_every_command_format_method_and_exit_code_is_in_the_documents() -> None:
    """Nothing that a user can name is left undocumented."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS.glob("*.md"), REPOSITORY / "README.md"])
    names = [*COMMANDS, *FORMATS, *CHECK_FORMATS, *METHODS, *(f"| {code.value} |" for code in ExitCode)]

    assert [name for name in names if name not in text] == []


def test_every_key_of_targets_yaml_is_described() -> None:
    """docs/targets.md names every key that the file may have."""
    text = (DOCS / "targets.md").read_text(encoding="utf-8")
    keys = {field.alias or name for kind in Record.__subclasses__() for name, field in kind.model_fields.items()}

    assert Plan in Record.__subclasses__()
    assert [key for key in sorted(keys - {"@line"}) if f"`{key}`" not in text] == []


def test_the_example_in_the_description_of_targets_is_valid(tmp_path: Path) -> None:
    """The YAML in docs/targets.md loads."""
    example = re.search(r"```yaml\n(schema:.*?)```", (DOCS / "targets.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    path = tmp_path / "targets.yaml"
    path.write_text(example[1], encoding="utf-8")

    assert load(path).indicators


def test_no_document_has_a_link_to_nowhere() -> None:
    """Every relative link leads to a file of the repository."""
    for path in [*DOCS.glob("*.md"), *REPOSITORY.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_changelog_names_the_release_that_the_package_is() -> None:
    """What is not yet released stands first; the newest release is the package's version, with its day."""
    headings = re.findall(r"^## (.*)$", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert headings[0] == "Unreleased"
    assert re.fullmatch(re.escape(version) + r" - \d{4}-\d\d-\d\d", headings[1])
