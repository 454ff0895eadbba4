"""A system call on the ledger or its draft fails, or kills the program, at a chosen place: what then holds.

strace makes the call fail (`-e inject`); where it is not installed or may not trace, there is no trial.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from campaign.workspace import LEDGER_NAME, dice_of, harmed, ids_in, need, need_whole
from conftest import environment, write_workspace

CALLS = (
    "write",
    "fsync",
    "rename",
    "ftruncate",
    "openat",
    "lseek",
    "read",
    "fstat",
    "flock",
    "chmod",
    "copy_file_range",
)
ERRORS = ("ENOSPC", "EIO", "EINTR", "EACCES", "EROFS", "EDQUOT")
LATEST = 6
"""The call is the first to the sixth of its kind that touches a file of the workspace."""
PROGRAM = "from aiplus_cli.cli import main; main()"
COMMANDS = (
    ["record", "users", "5.2", "--period", "2025-12", "--published", "2026-02-01", "--source", "s"],
    ["import", "figures.csv"],
    ["withdraw", "8cf55276addbb022", "--reason", "a slip"],
    ["snapshot"],
    ["export", "-o", "out.csv"],
)
TABLE = "indicator,period,value,source\n" + "".join(f"gen,{2016 + row},{row + 2},s\n" for row in range(8))


def trial(number: int) -> str:
    """One command with one fault; gives back the code that it ended with."""
    strace = shutil.which("strace")
    need(strace is not None, "strace is not installed")
    dice = dice_of(number)
    words, call, when = dice.choice(COMMANDS), dice.choice(CALLS), dice.randint(1, LATEST)
    fault = dice.choice([*(f"error={error}" for error in ERRORS), "signal=KILL"])
    with harmed() as folder:
        before, kept = ids_in(folder), (folder / LEDGER_NAME).read_bytes()
        write_workspace(folder, {"figures.csv": TABLE})
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={when}"]
        command = [str(strace), "-f", "-qq", "-o", "/dev/null", *_paths(folder), *inject]
        done = subprocess.run(  # noqa: S603 - our own words
            [*command, sys.executable, "-P", "-c", PROGRAM, *words],
            cwd=folder, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = f"{' '.join(words)} with {call} {fault} at {when}: {done.returncode}\n{done.stderr[-2000:]}"
        need("Traceback" not in done.stderr, "a traceback", said)
        need(done.returncode in {0, 4, -9, 137}, "a code of its own", said)
        if done.returncode == 4:
            need((folder / LEDGER_NAME).read_bytes() == kept, "it failed and left something in the ledger", said)
        need_whole(folder, before, _acknowledged(words, done))
    return f"{words[0]}: {'killed' if done.returncode in {-9, 137} else f'code {done.returncode}'}"


def _paths(folder: Path) -> list[str]:
    """The files on which the call fails: what the program itself is made of is left alone."""
    names = (folder / LEDGER_NAME, folder / "figures.csv", folder / "runs", folder / "out.csv")
    return [word for name in names for word in ("-P", str(name))]


def _acknowledged(words: list[str], done: subprocess.CompletedProcess[str]) -> list[str]:
    return done.stdout.split() if words[0] in {"record", "withdraw"} else []
