"""docs/api.md: a session that is run, and tables that are those of the class."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

from aiplus_cli import Workspace, errors

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ["api.md", "api.zh.md"]


def page_text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_session_of_the_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line that the page shows gives, on the packaged plan, the answer that it shows."""
    monkeypatch.chdir(tmp_path)
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", page_text(page), re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(session, {}, page, None, None)
    said: list[str] = []
    done = doctest.DocTestRunner().run(test, out=said.append)

    assert "".join(said) == ""
    assert done.attempted > 25


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_every_call_and_what_it_returns(page: str) -> None:
    """The table has each public method that a workspace has, with its type."""
    calls = {
        name: str(inspect.signature(method).return_annotation)
        for name, method in inspect.getmembers(Workspace, inspect.isfunction)
        if not name.startswith("_")
    }

    assert dict(re.findall(r"^\| `(\w+)` \| `(\S+)` \|", page_text(page), re.MULTILINE)) == calls


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_every_error_and_its_code(page: str) -> None:
    """The table has each kind of failure, with the exit code that the command line makes of it."""
    kinds = {kind.__name__: str(int(kind.exit_code)) for kind in errors.AiplusError.__subclasses__()}

    assert dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", page_text(page), re.MULTILINE)) == kinds
