"""Programs at once on one workspace, some of them killed: each acts as if it were alone, one after another."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

from campaign.program import KILLED, Program
from campaign.workspace import LEDGER_NAME, dice_of, harmed, ids_in, need, need_whole
from conftest import Result, write_workspace

PROGRAMS = 16
FIGURES = 5
"""How many each program records, or imports from a file of its own."""
WITHDRAWN = "8cf55276addbb022"
"""All that withdraw want this entry: one of them has it."""
LATEST = 0.3
"""Seconds after which a program that is to be killed is killed."""
DOING = ("record", "import", "withdraw", "snapshot", "export", "status", "check")
CODES = {"check": {0, 10, 11}}


class Racer(NamedTuple):
    """One of the programs: what it does, as the how many it does it, and how it ended."""

    name: str
    number: int
    done: Result

    @property
    def source(self) -> str:
        """What its figures have that no other's have."""
        return f"program {self.number}"


def trial(number: int) -> str:
    """Sixteen programs begin at the same time; gives back how many were killed."""
    dice = dice_of(number)
    with harmed() as folder:
        before = ids_in(folder)
        racers = _race(folder, dice)
        for racer in racers:
            _need_calm(racer)
        need_whole(folder, before, [word for racer in racers for word in _acknowledged(racer)])
        lines = [json.loads(line) for line in (folder / LEDGER_NAME).read_bytes().splitlines()]
        _need_once(lines, racers)
        _need_whole_imports(lines, racers)
        _need_true_run(folder, racers)
        for racer in racers:
            _need_whole_table(folder / f"{racer.number}.out.csv", racer)
    killed = sum(racer.done.code == KILLED for racer in racers)
    return f"{killed} of {PROGRAMS} killed"


def _race(folder: Path, dice: Random) -> list[Racer]:
    names = [dice.choice(DOING) for _ in range(PROGRAMS)]
    doomed = {number: dice.uniform(0, LATEST) for number in dice.sample(range(PROGRAMS), dice.randrange(PROGRAMS // 2))}
    for number in range(PROGRAMS):
        rows = [f"gen,{2016 + row},{row + 2},program {number}" for row in range(FIGURES)]
        write_workspace(folder, {f"{number}.csv": "\n".join(["indicator,period,value,source", *rows])})
    gate, opened = os.pipe()
    programs = [Program(folder, _words(name, number), _Gate(gate, opened)) for number, name in enumerate(names)]
    os.close(gate)
    os.close(opened)
    _kill(programs, doomed)
    return [Racer(name, number, programs[number].end()) for number, name in enumerate(names)]


class _Gate:
    """Where programs wait for each other: a pipe that says something once nobody else can write to it."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer

    def __enter__(self) -> None:
        os.close(self._writer)
        os.read(self._reader, 1)

    def __exit__(self, *_: object) -> None:
        """Nothing is to be done."""


def _kill(programs: list[Program], doomed: dict[int, float]) -> None:
    began = time.monotonic()
    for number, after in sorted(doomed.items(), key=lambda each: each[1]):
        time.sleep(max(0, began + after - time.monotonic()))
        os.kill(programs[number].pid, signal.SIGKILL)


def _words(name: str, number: int) -> list[list[str]]:
    source = ["--source", f"program {number}"]
    return {
        "record": [
            ["record", "users", str(each), "--period", f"{2018 + each}-12", "--published", "2026-02-01", *source]
            for each in range(1, FIGURES + 1)
        ],
        "import": [["import", f"{number}.csv"]],
        "withdraw": [["withdraw", WITHDRAWN, "--reason", f"program {number}"]],
        "snapshot": [["snapshot"]],
        "export": [["export", "-o", f"{number}.out.csv"]],
        "status": [["status", "--format", "json"]] * 2,
        "check": [["check", "--format", "json"]],
    }[name]


def _need_calm(racer: Racer) -> None:
    need("Traceback" not in racer.done.err, "a traceback", racer)
    codes = CODES.get(racer.name, {0}) | {KILLED}
    changing = racer.name == "snapshot" and "the files changed while they were read" in racer.done.err
    need(racer.done.code in codes or changing, "it did not end as if it were alone", racer)


def _acknowledged(racer: Racer) -> list[str]:
    if racer.name not in {"record", "withdraw"}:
        return []
    return [line.strip() for line in racer.done.out.splitlines(keepends=True) if line.endswith("\n")]


def _need_once(lines: list[dict[str, str]], racers: list[Racer]) -> None:
    """No line twice, and no more than one withdrawal of one entry; one, if somebody who withdrew was let alone."""
    twice = [line for line, count in Counter(line["id"] for line in lines).items() if count > 1]
    need(not twice, "lines stand twice in the ledger", twice)
    withdrawn = sum("withdraws" in line for line in lines)
    need(withdrawn <= 1, "one entry was withdrawn more than once", lines)
    won = [racer for racer in racers if racer.name == "withdraw" and _acknowledged(racer)]
    need(len(won) <= withdrawn, "more than one withdrew the same entry", won)


def _need_whole_imports(lines: list[dict[str, str]], racers: list[Racer]) -> None:
    sources = Counter(line.get("source", "") for line in lines)
    for racer in racers:
        found = sources[racer.source]
        if racer.name == "import":
            need(found in ({0, FIGURES} if racer.done.code == KILLED else {FIGURES}), "half a file", racer, found)
        if racer.name == "record" and racer.done.code == 0:
            need(found == FIGURES, "recorded and lost", racer, found)


def _need_true_run(folder: Path, racers: list[Racer]) -> None:
    """The run of the month is whole, and on a state that the ledger had; no more than one program says it wrote it."""
    wrote = [racer for racer in racers if "wrote runs/" in racer.done.err]
    need(len(wrote) <= 1, "more than one recorded the month's run", wrote)
    for path in (folder / "runs").glob("*.json"):
        read = json.loads(path.read_text(encoding="utf-8"))["inputs"][LEDGER_NAME]
        then = (folder / LEDGER_NAME).read_bytes()[: read["bytes"]]
        need(
            hashlib.sha256(then).hexdigest() == read["sha256"], "the ledger never was what the run was made from", read
        )


def _need_whole_table(path: Path, racer: Racer) -> None:
    if not path.exists():
        need(racer.name != "export" or racer.done.code == KILLED, "written and not there", racer)
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    need(len(rows) > 1 and len({len(row) for row in rows}) == 1, "half a table", rows[-1:])
