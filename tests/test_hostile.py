"""Text of a plan or a ledger is shown as it is, and does nothing: to a terminal, a job, a page or a spreadsheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from aiplus_cli.render.data import cell
from aiplus_cli.render.doc import escape
from aiplus_cli.render.text import uncommanded, visible
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'＝"])
def test_no_cell_starts_a_formula(start: str) -> None:
    """Text that a spreadsheet would calculate, in signs of full width too, is led by an apostrophe."""
    assert cell(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("sign", ["\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\u200f", "\u2060", "\ufeff"])
def test_a_sign_that_a_terminal_obeys_or_hides_is_written_out(sign: str) -> None:
    """What cannot be seen is shown by its number."""
    assert visible(f"a{sign}b") == f"a\\x{ord(sign):02x}b"


@pytest.mark.parametrize("text", ["@octocat", "a@b.example", "https://b.example", "WWW.b.example", "ftp://b.example"])
def test_a_page_makes_no_link_and_no_mention_of_a_text(text: str) -> None:
    """A comment parts the text, so that no run of it is a name or an address; what is shown stays the same."""
    (paragraph,) = [token for token in MarkdownIt("commonmark").parse(escape(text)) if token.type == "inline"]
    shown = [child.content for child in paragraph.children or [] if child.type == "text"]

    assert "".join(shown) == text
    assert not any(re.search(r"@\w|://|www\.", part, re.IGNORECASE) for part in shown)


@pytest.mark.parametrize("text", ["::error::x", "  ::add-mask::x", "a\n::x", "##[error]x", "a ##vso[x]y"])
def test_a_line_of_a_job_is_no_command(text: str) -> None:
    """A mark or a blank stands between the text and what a job would obey."""
    assert COMMAND.search(text)
    assert not COMMAND.search(uncommanded(text))


@pytest.mark.parametrize("name", ["::error::x", "##[error]x", "##vso[task.complete]x"])
@pytest.mark.parametrize("command", ["status", "show gen", "plan", "log gen", "due", "check", "diff --from 2026-01-01"])
def test_a_name_gives_no_command_in_any_text(name: str, command: str, tmp_path: Path) -> None:
    """Whatever an indicator is called, a job that prints a page for people runs nothing."""
    plan = PLAN.replace("{zh: 生成式, en: GenAI}", f'{{zh: "{name}", en: "{name}"}}')
    write_workspace(tmp_path, {"targets.yaml": plan, "progress.jsonl": LEDGER})
    done = run_aiplus(command.split(), tmp_path, {"COLUMNS": "40"})

    assert done.code in (0, 10, 11)
    assert not COMMAND.search(done.out)
    assert not COMMAND.search(done.err)
