"""Markdown pages as a CommonMark parser reads them: tables stay tables, and text of the plan stays text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from conftest import LEDGER, PLAN, run_aiplus, write_workspace

if TYPE_CHECKING:
    from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LIVE = {"link_open", "image", "html_inline", "html_block", "em_open", "strong_open", "code_inline", "s_open", "hr"}
"""What text of the plan must not become."""
NAMES = (
    "a | b", "*a* **b** _c_", "`a`", "[a](b)", "![a](b)", "<b>a</b>", "<!-- a -->", "# a", "- a", "1. a", "~~a~~",
    r"a \| b", "a\\", "&lt;a&gt;", "<https://a.example>", "---", "> a", "| --- |", "**", "[a]: b", "a ](b) [c",
)  # fmt: skip
COMMANDS = ("status", "due", "diff --from 2026-01-01", "check", "status --lang zh")


INDICATOR = """\
  - {{id: p{number}, name: {{zh: '{name}', en: '{name}'}}, area: all, measure: number, unit: "%", range: [0, 100],
     direction: increase, basis: proxy, proxy_for: head, frequency: semiannual, publication_lag: 90}}
"""


def plan(names: tuple[str, ...]) -> str:
    """A plan with an indicator of each name."""
    quoted = (name.replace("'", "''") for name in names)
    return PLAN + "".join(INDICATOR.format(number=number, name=name) for number, name in enumerate(quoted))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two figures of each indicator."""
    table = "indicator,period,value,published,source\n" + "".join(
        f"p{number},{period},{value}%,{period}-28,s\n"
        for number, _ in enumerate(NAMES)
        for period, value in (("2025-06", 20), ("2026-06", 30))
    )
    files = {"targets.yaml": plan(NAMES), "progress.jsonl": LEDGER, "figures.csv": table}
    found = write_workspace(tmp_path_factory.mktemp("pages"), files)
    assert run_aiplus(["import", "figures.csv"], found).code == 0
    return found


def page(command: str, folder: Path, names: tuple[str, ...] = NAMES) -> str:
    """The page on a plan whose indicators are called so."""
    (folder / "targets.yaml").write_text(plan(names), encoding="utf-8")
    done = run_aiplus([*command.split(), "--format", "markdown"], folder)
    assert done.code in (0, 10, 11), done.err
    return done.out


def shown(token: Token) -> str:
    """What a reader sees of a paragraph or a cell; comments, which part addresses, are not seen."""
    children = token.children or []
    return "".join(child.content for child in children if child.type in ("text", "text_special", "softbreak"))


def rows(tokens: list[Token]) -> list[list[str]]:
    """The cells of all tables."""
    found: list[list[str]] = []
    for token, after in pairwise(tokens):
        if token.type == "tr_open":
            found.append([])
        elif token.type in ("th_open", "td_open"):
            found[-1].append(shown(after))
    return found


def alive(tokens: list[Token]) -> set[str]:
    """What is more than text; comments, which are ours, aside."""
    every = [*tokens, *(child for token in tokens for child in token.children or [])]
    return {token.type for token in every if token.type in LIVE and not token.content.strip().startswith("<!--")}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_is_shown_as_it_is_and_does_nothing(command: str, folder: Path) -> None:
    """Whatever an indicator is called, some cell shows it, and the page has the shape that it has with plain words."""
    words = PARSER.parse(page(command, folder, tuple(f"word {number}" for number, _ in enumerate(NAMES))))
    tokens = PARSER.parse(page(command, folder))
    cells = [cell for row in rows(tokens) for cell in row]

    assert [token.type for token in tokens] == [token.type for token in words]
    assert alive(tokens) == alive(words)
    assert [name for name in NAMES if not any(name in cell for cell in cells)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_line_of_a_table_is_a_row_with_the_cells_of_its_header(command: str, folder: Path) -> None:
    """Whatever stands in it."""
    text = page(command, folder)
    tokens = PARSER.parse(text)
    starts = [at for at, token in enumerate(tokens) if token.type == "table_open"]
    ends = [at for at, token in enumerate(tokens) if token.type == "table_close"]

    assert len(starts) > 0
    assert len(rows(tokens)) == sum(line.startswith("|") for line in text.splitlines()) - len(starts)
    for start, end in zip(starts, ends, strict=True):
        assert len({len(row) for row in rows(tokens[start : end + 1])}) == 1
