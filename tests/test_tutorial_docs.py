"""docs/tutorial.md is a session: its commands run one after another, in the folders and on the files that it makes."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import run_aiplus

DOCS = Path(__file__).parent.parent / "docs"
STEP = re.compile(
    r"<!-- (?P<deed>file|add|change) (?P<name>\S+) -->\n\n```\w+\n(?P<text>.*?)```\n|```console\n(?P<turns>.*?)```\n",
    re.DOTALL,
)
"""A file that the reader writes, adds to or changes; or commands with what they print."""


@dataclass
class Session:
    """A terminal: where it is, what its environment holds, how the last command ended."""

    folder: Path
    environment: dict[str, str]
    code: int = 0

    def step(self, match: re.Match[str]) -> str:
        """Does what one step of the page says; gives the step back as it is now."""
        if match["turns"] is None:
            self.edit(match["deed"], self.folder / match["name"], match["text"])
            return match[0]
        commands = [line for line in match["turns"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{self.answer(line[2:])}" for line in commands) + "```\n"

    def edit(self, deed: str, path: Path, text: str) -> None:
        """Writes the file, adds to its end, or puts a line in the place of another."""
        if deed == "change":
            old, new = (line[1:] for line in text.splitlines())
            before = path.read_text(encoding="utf-8")
            assert before.count(old) == 1
            text = before.replace(old, new)
        elif deed == "add":
            text = path.read_text(encoding="utf-8") + text
        path.write_text(text, encoding="utf-8")

    def answer(self, command: str) -> str:
        """What a command prints: one of the program's, or one of the few of a shell."""
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve(strict=True)
        elif words[0] == "export":
            name, _, value = words[1].partition("=")
            self.environment[name] = value
        elif words == ["echo", "$?"]:
            return f"{self.code}\n"
        else:
            assert words[0] == "aiplus"
            result = run_aiplus(words[1:], self.folder, self.environment)
            self.code = result.code
            return result.out + result.err
        return ""


@pytest.mark.parametrize(("name", "lang"), [("tutorial.md", "en"), ("tutorial.zh.md", "zh")])
def test_the_tutorial_is_real(name: str, lang: str, tmp_path: Path) -> None:
    """Whoever follows the tutorial sees what it shows, in either language."""
    page = DOCS / name
    text = page.read_text(encoding="utf-8")
    session = Session(tmp_path, {"COLUMNS": "100", "AIPLUS_LANG": lang})
    made = STEP.sub(session.step, text)
    if os.environ.get("AIPLUS_UPDATE"):
        page.write_text(made, encoding="utf-8")

    assert session.folder == tmp_path / "my-city"
    assert page.read_text(encoding="utf-8") == made
