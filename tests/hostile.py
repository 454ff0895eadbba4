"""A workspace whose every text is an attack, and every question that prints one: each form of each answer.

`texts` are given out in turn, so that each stands in each place once after as many turns as there are texts.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from aiplus_cli.intake import record
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.lines import encode, with_id
from aiplus_cli.plan import load
from aiplus_cli.plan.records import Record
from aiplus_cli.render.data import FORMULA_STARTS
from aiplus_cli.render.formats import FORMATS
from aiplus_cli.workspace import loading
from conftest import run_aiplus, write_workspace

SEEN = (
    "::error file=x::x", "##[error]x", "##vso[task.complete]x", "a ##[add-mask]b", "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "@octocat", "a@b.example", "https://evil.example/x", "www.evil.example",
    "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "'=1+1", "a | b", "`code`",
    "[a](https://evil.example)", "![a](//evil.example/x)", "# 一", "- [ ] a", "%0A::error::x", "{x}", "{0.__class__}",
    "%s%n", "\\", '"', "'", "$(id)", "</failure>", "&amp;", "~~a~~", "#1", "a,b;c", "一\u3000::error::x",
)  # fmt: skip
"""What people can see, and what may stand in any text."""
UNSEEN = (
    "\x1b[31m红", "a\x7fb", "a\x9b31mb", "\u202eabc", "a\u2066b", "\u200b=1", "a\tb", "\t=1", "a\n::error::x",
    "a\r\n=1", "a\u2028b", "\x00", "\x85::x", "\ufeff=1", "a\u200fb", "a\u061cb", "\u00ad::error::x", "\U000e0041a",
)  # fmt: skip
"""What a file may hold, and is refused or written out."""

MOMENT = datetime(2026, 11, 24, 2, 38, 50, tzinfo=UTC)


class Texts:
    """The texts in turn, beginning with a later one each turn."""

    def __init__(self, texts: tuple[str, ...], turn: int) -> None:
        self._next: Iterator[str] = cycle((*texts[turn % len(texts) :], *texts[: turn % len(texts)]))

    def raw(self) -> str:
        """The next text."""
        return next(self._next)

    def yaml(self) -> str:
        """The next text, in quotes as JSON and YAML have them."""
        return json.dumps(self.raw())

    def both(self) -> str:
        """The next two texts as a name in both languages."""
        return f"{{zh: {self.yaml()}, en: {self.yaml()}}}"


def plan_text(texts: Texts) -> str:
    """A targets.yaml in which every text that people write is one of these."""
    return f"""\
schema: aiplus.targets/1
plan: {{id: p, title: {texts.both()}, issuer: {texts.both()}, document: {texts.yaml()}, issued: 2025-08-21}}
milestones:
  - {{id: "2027", due: 2027-12-31, statement: {texts.both()}}}
  - {{id: "2030", due: 2030-12-31, statement: {texts.both()}}}
areas:
  - {{id: sci, name: {texts.both()}, actions: [{{id: disc, name: {texts.both()}}}]}}
indicators:
  - {{id: head, name: {texts.both()}, area: all, measure: number, unit: "%", range: [0, 100], direction: increase,
     frequency: semiannual, publication_lag: 90, owner: {texts.yaml()}, publisher: {texts.yaml()},
     definition: {texts.both()}, denominator: {texts.both()},
     targets: [{{milestone: "2027", op: ">", value: 70, clause: {texts.yaml()}, document: {texts.yaml()},
       note: {texts.yaml()}}},
       {{milestone: "2030", op: ">", value: 90}}, {{milestone: "2027", region: CN-HN, op: ">", value: 75}}]}}
  - {{id: gen, name: {texts.both()}, area: all, measure: number, unit: "%", range: [0, 100], direction: increase,
     basis: proxy, proxy_for: head, frequency: semiannual, publication_lag: 90, owner: {texts.yaml()}}}
  - {{id: users, name: {texts.both()}, area: sci, action: disc, measure: number, unit: {texts.both()},
     direction: increase, basis: context, frequency: semiannual, publication_lag: 90}}
  - {{id: role, name: {texts.both()}, area: sci, measure: rating, frequency: annual, evidence: [users],
     targets: [{{milestone: "2027", clause: {texts.yaml()}}}]}}
policy:
  gates:
    - {{id: all, fail: [off_track, at_risk, no_data, stale], warn: [not_quantified], note: {texts.yaml()}}}
waivers:
  - {{gate: all, indicator: role, region: CN, milestone: "2027", reason: {texts.yaml()}, owner: {texts.yaml()},
     expires: 2027-02-01}}
"""


def entries(texts: Texts) -> list[Entry]:
    """A ledger in which every text is one of these; its last line takes another back."""
    found: list[Entry] = [
        _figure(texts, "gen", "2024-06", "2024-11-30", "16.4"),
        _figure(texts, "gen", "2025-06", "2025-10-18", "36.5"),
        _figure(texts, "gen", "2026-06", "2026-09-29", "50.0"),
        _figure(texts, "users", "2025-06", "2025-10-18", "5.15"),
        with_id(Rating(id="", indicator="role", period="2026-H1", value="at_risk", **_published(texts, "2026-11-24"))),
        _figure(texts, "users", "2025-12", "2026-02-05", "6.02"),
    ]
    taken: dict[str, Any] = {"published": date(2026, 3, 1), "recorded_at": MOMENT, "recorded_by": texts.raw()}
    return [*found, with_id(Withdrawal(id="", withdraws=found[-1].id, reason=texts.raw(), **taken))]


def _figure(texts: Texts, indicator: str, period: str, day: str, value: str) -> Figure:
    return with_id(Figure(id="", indicator=indicator, period=period, value=Decimal(value), **_published(texts, day)))


def _published(texts: Texts, day: str) -> dict[str, Any]:
    said = {name: texts.raw() for name in ("source", "url", "note", "recorded_by")}
    return {"region": "CN", "published": date.fromisoformat(day), "recorded_at": MOMENT, **said}


def write_hostile(folder: Path, texts: Texts) -> Path:
    """The workspace of these texts."""
    ledger = b"".join(map(encode, entries(texts))).decode()
    return write_workspace(folder, {"targets.yaml": plan_text(texts), "progress.jsonl": ledger})


def poisoned(part: Any, exchanged: Mapping[str, str]) -> Any:
    """A part of a plan with its texts exchanged, whatever the door through which they come refuses."""
    if isinstance(part, str):
        return exchanged.get(part, part)
    if isinstance(part, tuple):
        return tuple(poisoned(each, exchanged) for each in part)
    if isinstance(part, Record):
        fields = {name: poisoned(getattr(part, name), exchanged) for name in type(part).model_fields}
        return part.model_copy(update=fields)
    return part


COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
NUMBER = re.compile(r"[+-]?[0-9.]+")
QUESTIONS = {
    "status": "status --compare", "show": "show head --explain --compare", "log": "log", "plan": "plan",
    "validate": "validate", "forecast": "forecast gen", "methods": "methods", "backtest": "backtest past.csv",
    "check": "check", "diff": "diff --from 2026-01-01", "due": "due", "figures": "export",
    "exported status": "export --what status", "targets": "export --what targets",
    "record": "record head 60% --period 2026-09 --dry-run", "withdraw": "withdraw FIRST --reason x --dry-run",
    "import": "import table.csv --dry-run",
}  # fmt: skip
FORMS = [(document, form) for document in FORMATS if document != "failure" for form in FORMATS[document]]
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


def write_files(folder: Path, texts: tuple[str, ...]) -> Path:
    """Past series of these names, and a table to import with these sources."""
    past = [[name, year, year - 2000] for name in texts[:3] for year in range(2015, 2020)]
    rows = [["gen", f"20{year}-12", "12.5", text] for year, text in zip(range(10, 20), texts, strict=False)]
    tables = {
        "past.csv": _csv([["series", "year", "value"], *past]),
        "table.csv": _csv([["indicator", "period", "value", "source"], *rows]),
    }
    return write_workspace(folder, tables)


def _csv(rows: Iterable[Iterable[object]]) -> str:
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()


def question(folder: Path, document: str) -> list[str]:
    """What to ask for a document; FIRST is the id of the ledger's first line."""
    first = json.loads((folder / "progress.jsonl").read_text(encoding="utf-8").partition("\n")[0])["id"]
    return [first if word == "FIRST" else word for word in QUESTIONS[document].split()]


def workspace(folder: Path, turn: int) -> Path:
    """One in which every text is an attack that people see."""
    write_hostile(folder, Texts(SEEN, turn))
    rotated = SEEN[turn % len(SEEN) :] + SEEN[: turn % len(SEEN)]
    return write_files(folder, rotated)


@contextmanager
def slipped_in(folder: Path, turn: int) -> Iterator[Path]:
    """One in which every text is an attack that people do not see, as if no door refused it."""
    names = tuple(f"T{number}" for number in range(len(UNSEEN)))
    write_hostile(folder, Texts(names, turn))
    write_files(folder, SEEN)
    plan = poisoned(load.load(folder / "targets.yaml"), dict(zip(names, UNSEEN, strict=True)))
    write_workspace(folder, {"progress.jsonl": b"".join(map(encode, entries(Texts(UNSEEN, turn + 3)))).decode()})
    with (
        patch.object(load, "load", lambda _: plan),
        patch.object(loading, "ledger_problems", lambda *_: ()),
        patch.object(record, "ledger_problems", lambda *_: ()),
    ):
        yield folder


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
