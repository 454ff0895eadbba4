"""Text of a plan or a ledger is shown as it is, and does nothing: to a terminal, a job, a page or a spreadsheet."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from aiplus_cli.cli.app import COMMANDS
from aiplus_cli.render.data import cell
from aiplus_cli.render.doc import escape
from aiplus_cli.render.text import uncommanded, visible
from conftest import LEDGER, PLAN, run_aiplus, write_workspace
from hostile import (
    COMMAND,
    FORMS,
    QUESTIONS,
    SEEN,
    UNSEEN,
    Texts,
    answers,
    need_harmless,
    slipped_in,
    workspace,
    write_hostile,
)  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'＝"])
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


# --- every text, every question, every form ------------------------------------------------------------------------

MORE = ("check --list", "check --explain-waivers", "show role", "log head", "check --format github", "snapshot")


def test_every_document_has_its_question() -> None:
    """A new one is tried too."""
    assert {document for document, _ in FORMS} == set(QUESTIONS)
    assert set(COMMANDS) - {text.split()[0] for text in QUESTIONS.values()} <= {
        "snapshot", "init", "schema",
    }  # fmt: skip


@pytest.mark.parametrize(("document", "form"), FORMS)
def test_no_text_does_anything_in_any_form(document: str, form: str, tmp_path: Path) -> None:
    """Whatever names, sources, notes, clauses, reasons and owners say, an answer in any form is only read."""
    for turn, lang in ((0, "zh"), (19, "en")):
        folder = workspace(tmp_path / str(turn), turn)
        for text, kind in answers(folder, document, form, lang):
            need_harmless(text, kind)


@pytest.mark.parametrize(("document", "form"), FORMS)
def test_no_text_that_slipped_in_does_anything_in_any_form(document: str, form: str, tmp_path: Path) -> None:
    """What the plan and the ledger refuse to hold would be written out, were it there."""
    with slipped_in(tmp_path, 0) as folder:
        for text, kind in answers(folder, document, form, "zh"):
            need_harmless(text, kind)


@pytest.mark.parametrize("command", MORE)
def test_no_text_does_anything_on_other_pages(command: str, tmp_path: Path) -> None:
    """Nor on the pages that a switch asks for."""
    for turn in range(0, len(SEEN), 13):
        folder = write_hostile(tmp_path / str(turn), Texts(SEEN, turn))
        done = run_aiplus(command.split(), folder, {"COLUMNS": "40"})

        assert done.code in (0, 10, 11), done.err
        need_harmless(done.out, "github" if "github" in command else "text")
        need_harmless(done.err, "text")


TYPED = (
    "show {}", "status --region {}", "status --milestone {}", "check --fail-on {}", "check --format {}",
    "record gen {} --period 2026-06", "record gen 5 --period {}", "record users 5 --period 2026-06 --source {}",
    "withdraw {} --reason x", "withdraw c16ab5b8bcaadc3a --reason {} --dry-run", "import {}", "import {}.csv",
    "import 表.csv --map {}", "due --owner {}", "diff --from {}", "schema {}", "{}", "--{}", "init {}/x",
    "backtest {}", "status -o {}/x/y", "log {}", "methods {}", "snapshot --dir {}",
)  # fmt: skip


@pytest.mark.parametrize("command", TYPED)
def test_nothing_that_is_typed_does_anything(command: str, tmp_path: Path) -> None:
    """An error that repeats what was asked for, a name of a file too, is only read."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "表.csv": "indicator,period,value\n"})
    for text in [text for text in (*SEEN, *UNSEEN) if "\0" not in text][TYPED.index(command) % 7 :: 7]:
        words = [word.replace("{}", text) for word in command.split()]
        done = run_aiplus(words, tmp_path)

        assert done.code in (0, 2, 3, 4, 10, 11), (words, done.err)
        need_harmless(done.out, "text")
        need_harmless(done.err, "text")


@pytest.mark.parametrize("asked", ["", "--suggest-map -", "--accept-valid", "--dry-run"])
def test_no_table_and_no_name_of_one_does_anything(asked: str, tmp_path: Path) -> None:
    """An import tells of headers, cells, sources and files that want to do something, and nothing happens."""
    for turn in range(0, len(SEEN), 8):
        texts = Texts((*SEEN, "\x1b[31m", "a\nb", "\u202eb", "\x7f"), turn)
        folder = write_workspace(tmp_path / str(turn), {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
        rows = [["indicator", "period", "value", "source", texts.raw()]]
        rows += [["gen", f"20{year}-12", "12.5", texts.raw(), ""] for year in range(10, 20)]
        rows += [[texts.raw(), texts.raw(), texts.raw(), texts.raw(), ""] for _ in range(4)]
        name = re.sub("[/\0]", "", texts.raw()) + ".csv"
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        done = run_aiplus(["import", *asked.split(), "--", name], folder)

        assert done.code in (0, 3)
        need_harmless(done.out, "text")
        need_harmless(done.err, "text")
        for path in folder.glob("*.rejected.csv"):
            need_harmless(path.read_text(encoding="utf-8-sig"), "csv")
