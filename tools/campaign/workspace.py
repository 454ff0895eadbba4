"""What the trials share: a workspace to harm, and what must hold of it afterwards."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from campaign.program import JUDGING
from conftest import LEDGER, PLAN, Result, run_aiplus, write_workspace

LEDGER_NAME = "progress.jsonl"


@contextmanager
def harmed() -> Iterator[Path]:
    """A folder with the tests' plan and ledger, removed at the end."""
    with TemporaryDirectory(prefix="aiplus-campaign-") as name:
        yield write_workspace(Path(name), {"targets.yaml": PLAN, LEDGER_NAME: LEDGER})


def dice_of(number: int) -> random.Random:
    """The chances of a trial: the same for a number whenever it is run."""
    return random.Random(number)  # noqa: S311 - a trial must repeat itself


def ids_in(folder: Path) -> list[str]:
    """The ids of all whole lines of the ledger, read by the standard library; a torn last line has none."""
    lines = (folder / LEDGER_NAME).read_bytes().splitlines(keepends=True)
    return [json.loads(line)["id"] for line in lines if line.endswith(b"\n")]


def need(holds: bool, *words: object) -> None:  # noqa: FBT001 - a condition, said first
    """Raise AssertionError, which ends a campaign, unless a promise holds."""
    if not holds:
        raise AssertionError(*words)


def need_whole(folder: Path, before: list[str], acknowledged: list[str]) -> None:
    """Nothing of before, and nothing that was acknowledged, is lost; what is left can be judged on.

    A line that was being written may be torn: it is named, cut off as the message asks, and nothing else is wrong.
    """
    ledger = folder / LEDGER_NAME
    data = ledger.read_bytes()
    if data and not data.endswith(b"\n"):
        told = run_aiplus(JUDGING, folder)
        need(told.code == 3 and "the last line is torn" in told.err, "a torn line is not named", told)
        ledger.write_bytes(data[: data.rfind(b"\n") + 1])
    found = ids_in(folder)
    need(found[: len(before)] == before, "lines of before are lost or changed", before, found)
    need(set(acknowledged) <= set(found), "acknowledged and lost", sorted(set(acknowledged) - set(found)))
    need_calm(run_aiplus(JUDGING, folder), {0})


def need_calm(done: Result, codes: set[int]) -> None:
    """A run ended with one of these codes, and with no traceback."""
    need(done.code in codes and "Traceback" not in done.err, f"ended with {done.code}", done.err[-2000:])
