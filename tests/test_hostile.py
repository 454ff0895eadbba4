"""Text of a plan or a ledger is shown as it is, and does nothing: to a terminal, a job, a page or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from aiplus_cli.cli.app import COMMANDS
from aiplus_cli.intake import record
from aiplus_cli.ledger.lines import encode
from aiplus_cli.plan import load
from aiplus_cli.render.data import FORMULA_STARTS, cell
from aiplus_cli.render.doc import escape
from aiplus_cli.render.formats import FORMATS
from aiplus_cli.render.text import uncommanded, visible
from aiplus_cli.workspace import loading
from conftest import LEDGER, PLAN, run_aiplus, write_workspace
from hostile import SEEN, UNSEEN, Texts, entries, poisoned, write_hostile

COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
NUMBER = re.compile(r"[+-]?[0-9.]+")


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

QUESTIONS = {
    "status": "status --compare", "show": "show head --explain --compare", "log": "log", "plan": "plan",
    "validate": "validate", "forecast": "forecast gen", "methods": "methods", "backtest": "backtest past.csv",
    "check": "check", "diff": "diff --from 2026-01-01", "due": "due", "figures": "export",
    "exported status": "export --what status", "targets": "export --what targets",
    "record": "record head 60% --period 2026-09 --dry-run", "withdraw": "withdraw FIRST --reason x --dry-run",
    "import": "import table.csv --dry-run",
}  # fmt: skip
FORMS = [(document, form) for document in FORMATS if document != "failure" for form in FORMATS[document]]
MORE = ("check --list", "check --explain-waivers", "show role", "log head", "check --format github", "snapshot")
PAST = "".join(f"{name},{year},{year - 2000}\n" for name in SEEN[:3] for year in range(2015, 2020))
OBEYED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
LIVE = re.compile(r"@\w|://|www\.|#[0-9]|<(script|img|a)\b", re.IGNORECASE)


def need_harmless(text: str, form: str) -> None:
    """A terminal, a job's log, a page and a spreadsheet do nothing at the sight of it."""
    assert not OBEYED.search(text)
    if form == "github":  # commands are what it is for, one a line
        assert "##[" not in text
        assert all(re.match("::(error|warning|notice) file=", line) for line in text.splitlines())
        return
    assert not COMMAND.search(text)
    if form == "markdown":
        page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
        assert not LIVE.search(page.replace("<!-- -->", "\0"))
    if "csv" in form:
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell)] == []
    if "json" in form and form != "jsonl":
        json.loads(text)
    if form == "junit":
        ET.fromstring(text)  # noqa: S314 - our own


def write_files(folder: Path, texts: tuple[str, ...]) -> None:
    """Past series, and a table to import whose sources are these texts."""
    table = io.StringIO()
    rows = [["gen", f"20{year}-12", "12.5", text] for year, text in zip(range(10, 20), texts, strict=False)]
    csv.writer(table).writerows([["indicator", "period", "value", "source"], *rows])
    write_workspace(folder, {"past.csv": f"series,year,value\n{PAST}", "table.csv": table.getvalue()})


def question(folder: Path, document: str) -> list[str]:
    """What to ask for a document; FIRST is the id of the ledger's first line."""
    first = json.loads((folder / "progress.jsonl").read_text(encoding="utf-8").partition("\n")[0])["id"]
    return [first if word == "FIRST" else word for word in QUESTIONS[document].split()]


def answers(folder: Path, document: str, form: str, lang: str) -> Iterator[tuple[str, str]]:
    """Each text of an answer, with its form: what is printed, and what stands in files where it is no text alone."""
    if form in ("xlsx", "datapackage"):
        done = run_aiplus([*question(folder, document), "--format", form, "-o", "out", "--lang", lang], folder)
        parts = folder.glob("out/*") if form == "datapackage" else []
        yield from ((part.read_text(encoding="utf-8"), part.suffix[1:]) for part in parts)
    else:
        done = run_aiplus([*question(folder, document), "--format", form, "--lang", lang], folder, {"COLUMNS": "60"})
        yield done.out, form
    assert done.code in (0, 10, 11), done.err
    yield done.err, "text"


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
        folder = write_hostile(tmp_path / str(turn), Texts(SEEN, turn))
        write_files(folder, SEEN)
        for text, kind in answers(folder, document, form, lang):
            need_harmless(text, kind)


@pytest.mark.parametrize(("document", "form"), FORMS)
def test_no_text_that_slipped_in_does_anything_in_any_form(
    document: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the plan and the ledger refuse to hold would be written out, were it there."""
    names = tuple(f"T{number}" for number in range(len(UNSEEN)))
    folder = write_hostile(tmp_path, Texts(names, 0))
    write_files(folder, SEEN)
    plan = poisoned(load.load(folder / "targets.yaml"), dict(zip(names, UNSEEN, strict=True)))
    ledger = b"".join(map(encode, entries(Texts(UNSEEN, 3)))).decode()
    write_workspace(folder, {"progress.jsonl": ledger})
    monkeypatch.setattr(load, "load", lambda _: plan)
    monkeypatch.setattr(loading, "ledger_problems", lambda *_: ())
    monkeypatch.setattr(record, "ledger_problems", lambda *_: ())
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
