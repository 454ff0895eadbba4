"""docs/import.md: its screens are the program's own output, its examples are valid."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from aiplus_cli.intake.mapping import Common, Facts, FileMapping, Role
from aiplus_cli.plan.load import load_record
from conftest import PLAN, run_aiplus, write_workspace

DOCS = Path(__file__).parent.parent / "docs"
FIXTURES = Path(__file__).parent / "fixtures" / "import"
PAGES = [DOCS / "import.md", DOCS / "import.zh.md"]
SCREEN = re.compile(r"<!-- screen (\S+): (.*?) -->\n.*?<!-- /screen -->", re.DOTALL)
TEXTS = {".csv": ("gb18030", "csv"), ".json": ("utf-8", "json"), ".jsonl": ("utf-8", "json")}


def screen(match: re.Match[str], folder: Path) -> str:
    """The file, where it is short text, and what the command prints of it."""
    name, command = match[1], match[2]
    data = (FIXTURES / name).read_bytes()
    (folder / name).write_bytes(data)
    done = run_aiplus(shlex.split(command), folder, {"COLUMNS": "100"})
    encoding, kind = TEXTS.get(Path(name).suffix, ("", ""))
    if name in ("utf16.csv", "sdmx.csv", "two-level.csv", "unknown-column.csv"):
        encoding = "utf-16" if name == "utf16.csv" else "utf-8"
    table = f"```{kind}\n{data.decode(encoding)}```\n\n".replace("\r\n", "\n") if encoding else ""
    shown = f"{table}```console\n$ aiplus {command}\n{done.out}{done.err}```\n"
    return f"<!-- screen {name}: {command} -->\n{shown}<!-- /screen -->"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_screens_are_real(page: Path, tmp_path: Path) -> None:
    """What the page shows is what the program prints."""
    write_workspace(tmp_path, {"targets.yaml": PLAN})
    text = page.read_text(encoding="utf-8")
    made = SCREEN.sub(lambda match: screen(match, tmp_path), text)
    if os.environ.get("AIPLUS_UPDATE"):
        page.write_text(made, encoding="utf-8")

    assert made.count("```console") > 10
    assert page.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_mapping_in_the_page_is_valid_and_has_every_key(page: Path, tmp_path: Path) -> None:
    """The example loads, and the page names every key, fact and role."""
    text = page.read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(schema: aiplus.mapping.*?)```", text, re.DOTALL)
    assert example
    path = write_workspace(tmp_path, {"m.yaml": example[1]}) / "m.yaml"
    keys = {field.alias or name for kind in (FileMapping, Facts, Common) for name, field in kind.model_fields.items()}

    assert load_record(path, FileMapping, lambda _: ()).skip
    assert [key for key in keys if key not in example[1]] == []
    assert [role for role in get_args(Role) if f"`{role}`" not in text] == []


def test_both_pages_show_the_same_screens() -> None:
    """The Chinese page is the twin of the English one."""
    english, chinese = (re.findall(r"<!-- screen (\S+):", page.read_text(encoding="utf-8")) for page in PAGES)

    assert english == chinese
