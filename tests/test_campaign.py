"""A short run of each campaign, whose long ones docs/reliability.md tells of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from campaign import faults, fuzz, kills, races, texts
from campaign.workspace import dice_of


@pytest.mark.parametrize("number", range(6))
def test_a_program_killed_at_any_moment_loses_nothing(number: int) -> None:
    """What it acknowledged is in the ledger, a file is imported whole or not at all, and the next run goes on."""
    kills.trial(number)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace makes the system calls fail")
@pytest.mark.parametrize("number", [1, 13])
def test_a_system_call_that_fails_loses_nothing(number: int) -> None:
    """The program ends with 4, or well, and the ledger holds what it held and what was acknowledged."""
    faults.trial(number)


@pytest.mark.parametrize("number", [4, 10])
def test_programs_at_once_act_as_if_each_were_alone(number: int) -> None:
    """Sixteen of them, some killed: nothing lost, nothing twice, one withdrawal of an entry and one run of a month."""
    races.trial(number)


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_input_is_refused_in_words(number: int) -> None:
    """Whatever file or word it is: a code of its own, no traceback, and no line of the ledger lost."""
    fuzz.trial(number)


@pytest.mark.parametrize("kind", sorted(set(fuzz.KINDS) - {"table, refused"}))
def test_an_input_that_nobody_damaged_is_taken(kind: str) -> None:
    """So that it is the damage that is refused, and not what was there before."""
    for number in range(4):
        done = fuzz.attempt(kind, dice_of(number), lambda data, _: data)

        assert done.code in fuzz.WELL, done


def test_the_long_run_has_every_hostile_text_in_every_place_of_every_form() -> None:
    """A new text or form makes it longer."""
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")

    assert f"campaign texts {texts.ALL}\n" in makefile
