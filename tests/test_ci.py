"""The page of checks describes every rule and shows what the program prints."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from aiplus_cli.model import RULES
from conftest import run_aiplus

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
UPDATE = bool(os.environ.get("AIPLUS_UPDATE"))


@pytest.mark.parametrize("name", ["checks.md", "checks.zh.md"])
def test_every_rule_has_its_section_and_the_screens_are_real(name: str) -> None:
    """A finding's rule leads to its heading; what the page shows is what the program prints."""
    path = DOCS / name
    text = path.read_text(encoding="utf-8")

    def screen(match: re.Match[str]) -> str:
        done = run_aiplus(shlex.split(match[1])[1:], REPOSITORY, {"COLUMNS": "140"})
        return f"```console\n$ {match[1]}\n{done.out}{done.err}```\n"

    actual = re.sub(r"```console\n\$ (.*)\n[^`]*```\n", screen, text)
    if UPDATE:
        path.write_text(actual, encoding="utf-8")

    assert [rule for rule in RULES if f"\n### {rule}\n" not in text] == []
    assert path.read_text(encoding="utf-8") == actual
