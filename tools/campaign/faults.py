"""System calls on the files of a workspace fail, or kill the program, at chosen places: what then holds.

strace makes them fail (`-e inject`); where it is not installed or may not trace, there is no trial.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from random import Random

from aiplus_cli import disk
from campaign.program import KILLED, TABLE, WORK, Program
from campaign.workspace import LEDGER_NAME, dice_of, harmed, ids_in, need, need_whole
from conftest import Result, write_workspace

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
    "fchmodat",
    "chmod",
    "close",
    "mkdir",
    "unlink",
    "newfstatat",
)
ERRORS = ("ENOSPC", "EIO", "EINTR", "EACCES", "EROFS", "EDQUOT")
LATEST = 6
"""The call is the first to the sixth of its kind that touches a file of the workspace."""
DRAFT = f"{disk.DRAFT}{bytes(8).hex()}"
"""The name of every draft, where nothing is left to chance."""
TOUCHED = ("", LEDGER_NAME, DRAFT, "figures.csv", "out.csv", "out", f"{DRAFT}/{DRAFT}", "runs", f"runs/{DRAFT}")
"""On what of the workspace the calls fail; the first is its folder."""
MADE = {"export": "out.csv", "package": "out/datapackage.json", "snapshot": "runs/2026-11.json"}
SECONDS = 30
"""A tracer that takes longer to come never comes."""


def trial(number: int) -> str:
    """One command with one fault, or with two, or with a disk that stays broken; gives back how it ended."""
    dice = dice_of(number)
    name = dice.choice(sorted(set(WORK) - {"init"}))
    faults = [_fault(call, dice) for call in dice.sample(CALLS, dice.randint(1, 2))]
    with harmed() as folder:
        before, kept = ids_in(folder), (folder / LEDGER_NAME).read_bytes()
        write_workspace(folder, {"figures.csv": TABLE})
        program = Program(folder, WORK[name][:1], _Traced())
        with _tracer(program, folder, faults):
            done = program.end()
        said = f"{name} with {', '.join(faults)}: {done}"
        need("Traceback" not in done.err, "a traceback", said)
        need(done.code in {0, 4, KILLED}, "a code of its own", said)
        if done.code == 4 and "may be in it or not" not in done.err:
            need((folder / LEDGER_NAME).read_bytes() == kept, "it failed and left something in the ledger", said)
        if name in MADE:
            _need_true(folder / MADE[name], done, said)
        need_whole(folder, before, done.out.split() if name in {"record", "withdraw"} else [])
    return f"{name}: {'killed' if done.code == KILLED else f'code {done.code}'}"


def _need_true(made: Path, done: Result, said: str) -> None:
    """What is said to be written is there, and what cannot be written is not."""
    if done.code == 0 or "is written, but" in done.err:
        need(made.exists(), "it is not there", said)
    elif done.code == 4:
        need(not made.exists(), "it is there", said)


def _fault(call: str, dice: Random) -> str:
    what = dice.choice([*(f"error={error}" for error in ERRORS), "signal=KILL"])
    lasting = dice.choice(("", "", "+")) if what != "error=EINTR" else ""  # after which one tries again, for ever
    return f"{call}:{what}:when={dice.randint(1, LATEST)}{lasting}"


def _tracer(program: Program, folder: Path, faults: list[str]) -> subprocess.Popen[bytes]:
    strace = shutil.which("strace")
    need(strace is not None, "strace is not installed")
    paths = [word for name in TOUCHED for word in ("-P", str(folder / name))]
    injected = [word for fault in faults for word in ("-e", f"inject={fault}")]
    traced = "trace=" + ",".join(fault.partition(":")[0] for fault in faults)
    words = ["-f", "-qq", "-o", "/dev/null", *paths, "-e", traced, *injected, "-p", str(program.pid)]
    return subprocess.Popen([str(strace), *words])  # noqa: S603 - our own words


class _Traced:
    """The program waits until strace has come; its drafts have names that are known beforehand."""

    def __enter__(self) -> None:
        os.urandom = bytes
        deadline = time.monotonic() + SECONDS
        while "TracerPid:\t0\n" in Path("/proc/self/status").read_text(encoding="ascii"):
            need(time.monotonic() < deadline, "strace may not trace here")
            time.sleep(0.001)

    def __exit__(self, *_: object) -> None:
        """Nothing is to be done."""
