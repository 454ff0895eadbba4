"""What an error offers as its way out: the names that were probably meant, the package to install."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import pytest

from aiplus_cli.errors import NEIGHBOURS, ExitCode, Message, did_you_mean, missing_extra

IDS = ["genai-penetration", "genai-users", "industrial-robots", "compute"]
LIST = Message("'aiplus plan' lists them")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("genai-user", "did you mean genai-users?"),
        ("GenAI-Users", "did you mean genai-users?"),
        ("compote", "did you mean compute?"),
        ("genai-penetratoin", "did you mean genai-penetration?"),
        ("genai", "did you mean genai-users, genai-penetration?"),
        ("gen", "did you mean genai-users, genai-penetration?"),
        ("pute", "did you mean compute?"),
        ("robots", "did you mean industrial-robots?"),
        ("atlantis", "'aiplus plan' lists them"),
        ("e", "'aiplus plan' lists them"),
        ("", "'aiplus plan' lists them"),
    ],
)
def test_a_name_that_there_is_not_gets_those_that_were_probably_meant(text: str, offered: str) -> None:
    """Slips of the finger, another case and a part of a name are understood; nothing is offered at random."""
    assert str(did_you_mean(text, IDS, LIST)) == offered


def test_at_most_three_names_are_offered_the_nearest_first() -> None:
    """A hint is short."""
    found = did_you_mean("area-1", ["area-12345", "area-123", "area-12", "area-1234"])

    assert str(found) == "did you mean area-12, area-123, area-1234?"


def test_a_name_that_begins_with_what_was_typed_comes_before_one_that_contains_it() -> None:
    """As when a shell completes it."""
    found = did_you_mean("gen", ["terminal-agent-penetration", "intelligent-society", "genai-penetration"])

    assert str(found) == "did you mean genai-penetration, terminal-agent-penetration, intelligent-society?"


def test_of_thousands_of_names_only_neighbours_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each slip is met with what was meant, and 5,000 unknown names take no longer each than one does."""
    compared: list[int] = []

    def counted(text: str, names: Iterable[str], **limits: Any) -> list[str]:
        compared.append(len(list(names)))
        return difflib_get(text, list(names), **limits)

    difflib_get = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", counted)
    known = [f"indicator-{number:05}" for number in range(5000)]

    for typed in ("indicatr-00042", "indikator-00042", "ndicator-00042", "indicator-000042"):
        assert "indicator-00042" in str(did_you_mean(typed, known)), typed
    assert max(compared) <= 4 * NEIGHBOURS


def test_without_a_list_to_look_at_all_names_are_told() -> None:
    """Where no command shows them, the error does, as they are spelled."""
    assert str(did_you_mean("strict", ["Default", "eastern"])) == "known: Default, eastern"


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    """The same words wherever an extra is needed, and the code of the environment."""
    error = missing_extra("表.xls", "xlrd", "excel")
    (problem,) = error.problems

    assert error.exit_code == ExitCode.ENVIRONMENT
    assert problem.where == "表.xls"
    assert str(problem.what) == "this needs the package xlrd, which is not installed"
    assert str(problem.fix) == "install it: pip install 'aiplus-cli[excel]'"
