"""The pages: each in both languages, each in the index, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *REPOSITORY.glob("*.md")])
ONE_LANGUAGE = {"CHANGELOG.md", "DECISIONS.md"}
"""What is written once: a log of changes and one of decisions."""
TWINS = [page for page in PAGES if not page.name.endswith(".zh.md") and page.name not in ONE_LANGUAGE]
BLOCK = re.compile(r"^(```+)(\w*)\n(.*?)^\1$\n", re.MULTILINE | re.DOTALL)
TURN = re.compile(r"(#+) .+|(\|).*|\s*(-|\d+\.) .+|```+(\w*)")


def named(page: Path) -> str:
    """The page's path from the top of the repository."""
    return str(page.relative_to(REPOSITORY))


def twin_of(page: Path) -> Path:
    """The Chinese page of an English one."""
    return page.with_name(page.name.replace(".md", ".zh.md"))


def prose(text: str) -> str:
    """The page, its blocks of code emptied."""
    return BLOCK.sub(lambda match: f"{match[1]}{match[2]}\n", text)


def outline(text: str) -> list[str]:
    """The page's build: levels of headings, rows of tables with their cells, points of lists, blocks of code."""
    turns = []
    for line in prose(text).splitlines():
        if turn := TURN.fullmatch(line):
            cells = len(re.findall(r"(?<!\\)\|", line)) if turn[2] else 0
            turns.append(turn[1] or (f"| {cells - 1}" if cells else "") or ("-" if turn[3] else f"``` {turn[4]}"))
    return turns


def neutral(block: tuple[str, str, str]) -> list[str]:
    """What a block of code holds in any language: the commands of a session, else all but comments."""
    _, kind, body = block
    lines = body.splitlines()
    if kind == "text":
        return []
    if kind == "console":
        lines = [line.replace(" --lang zh", "") for line in lines if line.startswith("$ ")]
    return [line.split("#")[0].rstrip() for line in lines]


@pytest.mark.parametrize("page", TWINS, ids=named)
def test_every_page_has_its_chinese_twin(page: Path) -> None:
    """The twin has the same headings, tables, lists, commands and examples, and each names the other at its head."""
    english, chinese = page.read_text(encoding="utf-8"), twin_of(page).read_text(encoding="utf-8")

    assert outline(chinese) == outline(english)
    assert [neutral(block) for block in BLOCK.findall(chinese)] == [neutral(block) for block in BLOCK.findall(english)]
    assert f"]({twin_of(page).name})" in english[:400]
    assert f"[English]({page.name})" in chinese[:400]


@pytest.mark.parametrize(("name", "twin"), [("README.md", False), ("README.zh.md", True)])
def test_the_index_has_every_page_once(name: str, twin: bool) -> None:  # noqa: FBT001
    """docs/README.md leads to each page with a sentence on it, docs/README.zh.md to each Chinese one."""
    text = (DOCS / name).read_text(encoding="utf-8")
    listed = re.findall(r"^- \[[^\]]+\]\(([^)/]+\.md)\)[:：] ?\S.*[.。]$", text, re.MULTILINE)
    pages = [page for page in DOCS.glob("*.md") if page.name.endswith(".zh.md") == twin or page.name in ONE_LANGUAGE]

    assert sorted(listed) == sorted(page.name for page in pages if page.name != name)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The file and the anchor of each relative link of a page."""
    for file, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]+))?\)", prose(page.read_text(encoding="utf-8"))):
        yield (page.parent / file if file else page), anchor


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get: lower case, without punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", prose(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_link_leads_to_nowhere(page: Path) -> None:
    """Every relative link leads to a file of the repository, and its anchor to a heading of that page."""
    for file, anchor in links(page):
        assert file.exists(), f"{page.name}: {file}"
        assert not anchor or anchor in anchors(file), f"{page.name}: {file.name}#{anchor}"


@pytest.mark.parametrize("page", [twin_of(page) for page in TWINS], ids=named)
def test_a_chinese_page_stays_chinese(page: Path) -> None:
    """Where a page has a Chinese twin, a Chinese page links that, except at its head."""
    text = page.read_text(encoding="utf-8")
    linked = [file for file, _ in links(page) if file.suffix == ".md" and not file.name.endswith(".zh.md")]
    astray = [file.name for file in linked if twin_of(file).exists()]

    assert text.count("[English](") == 1
    assert astray == [page.name.replace(".zh.md", ".md")]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_is_short(name: str) -> None:
    """Who comes to the repository reads a screen and a half."""
    assert len((REPOSITORY / name).read_text(encoding="utf-8").splitlines()) <= 160
