"""The program, loaded once and forked for each trial: a start of Python would cost a hundred times what is tried."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

from aiplus_cli import cli
from conftest import LEDGER, PLAN, Result, environment, run_aiplus, write_workspace

KILLED = -9
"""The code of a program that was killed."""
LONGEST = 120
"""Seconds after which a program that hangs is ended by a signal."""
ROWS = 40
TABLE = "indicator,period,value,source\n" + "".join(
    f"gen,{2016 + row % 8},{row + 2},source {row}\n" for row in range(ROWS)
)
WORK = {
    "record": [
        ["record", "users", str(each), "--period", "2025-12", "--published", "2026-02-01", "--source", f"s{each}"]
        for each in range(1, 4)
    ],
    "import": [["import", "figures.csv"]],
    "withdraw": [["withdraw", "8cf55276addbb022", "--reason", "a slip"]],
    "snapshot": [["snapshot"]],
    "export": [["export", "-o", "out.csv"], ["export", "-o", "out.csv"]],
    "package": [["export", "--format", "datapackage", "-o", "out"]],
    "init": [["init", "new"]],
}
"""What is done, one command after another, by its name."""
JUDGING = ["status", "--format", "json"]


class Program:
    """A forked program that runs one command after another, until one of them fails."""

    def __init__(
        self, folder: Path, commands: list[list[str]], around: AbstractContextManager[object] | None = None
    ) -> None:
        """Begin; `around` is entered before the first command, in the new program, and left after the last."""
        _warm_up()
        self._streams: tuple[IO[bytes], IO[bytes]] = (_stream(), _stream())
        self.pid = os.fork()
        if self.pid == 0:
            _run(folder, commands, self._streams, around or nullcontext())

    def end(self) -> Result:
        """Wait for its end, and say how it was."""
        _, status = os.waitpid(self.pid, 0)
        out, err = (_all_of(stream) for stream in self._streams)
        return Result(os.waitstatus_to_exitcode(status), out, err)


@cache
def _warm_up() -> None:
    """What is loaded and kept when it is first used is there in every trial, so that each has the same moments."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_workspace(Path(name), {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "figures.csv": TABLE})
        for words in [words for commands in WORK.values() for words in commands] * 2:
            run_aiplus(words, folder)
        run_aiplus(JUDGING, folder)
    gc.collect()
    gc.freeze()  # what is not looked at is not copied


def _stream() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _all_of(stream: IO[bytes]) -> str:
    with stream:
        stream.seek(0)
        return stream.read().decode("utf-8", "replace")


def _run(
    folder: Path,
    commands: list[list[str]],
    streams: tuple[IO[bytes], IO[bytes]],
    around: AbstractContextManager[object],
) -> NoReturn:
    code = 1
    signal.alarm(LONGEST)
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment())
        for number, stream in enumerate(streams, start=1):
            os.dup2(stream.fileno(), number)
        with around:
            code = next((code for code in map(_code_of, commands) if code), 0)
    finally:
        os._exit(code)


def _code_of(words: list[str]) -> int:
    sys.argv = ["aiplus", *words]
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0
