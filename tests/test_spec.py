"""The cases of tests/spec and tests/errors, written as `cases` describes, are what the program does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cases import ERRORS, SPEC, replay


@pytest.mark.parametrize("case", [*ERRORS, *SPEC], ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_case(case: Path, tmp_path: Path) -> None:
    """The commands of a case print exactly what it says, and end as it says."""
    text = case.read_text(encoding="utf-8")
    actual = "\n".join(replay(text, tmp_path)) + "\n"
    if os.environ.get("AIPLUS_UPDATE"):
        case.write_text(actual, encoding="utf-8", newline="\n")
    else:
        assert actual == text
    assert "Traceback" not in actual
