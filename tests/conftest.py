"""What tests share: a small plan with a ledger, and ways to run the program in and out of this process."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import HealthCheck, Phase, settings

import catalogue
from aiplus_cli import cli

# Said before numpy is loaded: on tables as small as ours its threads only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A slow machine is no failure; CI tries the same cases each time, and developers ever new ones.
settings.register_profile("here", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("few", deadline=None, derandomize=True, max_examples=10)
settings.register_profile("soak", deadline=None, max_examples=1500)
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=15,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))


def pytest_configure(config: pytest.Config) -> None:
    """Tests read the Chinese as it stands in the .po now; workers leave that to the run that starts them."""
    if not hasattr(config, "workerinput") and not catalogue.is_compiled():
        catalogue.compile_words()


PLAN = """\
schema: aiplus.targets/1
plan: {id: p, title: {zh: 计划, en: Plan},
  issuer: {zh: 国务院, en: State Council}, document: 国发〔2025〕11号, issued: 2025-08-21}
milestones:
  - {id: "2027", due: 2027-12-31, statement: {zh: 话, en: words}}
  - {id: "2030", due: 2030-12-31, statement: {zh: 话, en: words}}
areas:
  - {id: sci, name: {zh: 科学, en: Science}, actions: [{id: disc, name: {zh: 发现, en: Discovery}}]}
indicators:
  - id: head
    name: {zh: 普及率, en: Penetration}
    area: all
    measure: number
    unit: "%"
    range: [0, 100]
    direction: increase
    frequency: semiannual
    publication_lag: 90
    targets:
      - {milestone: "2027", op: ">", value: 70, clause: 超70%}
      - {milestone: "2030", op: ">", value: 90}
      - {milestone: "2027", region: CN-HN, op: ">", value: 75}
  - {id: gen, name: {zh: 生成式, en: GenAI}, area: all, measure: number,
     unit: "%", range: [0, 100], direction: increase, basis: proxy, proxy_for: head,
     frequency: semiannual, publication_lag: 90}
  - {id: users, name: {zh: 用户, en: Users}, area: sci, action: disc, measure: number,
     unit: {zh: 亿人, en: 100m people}, direction: increase, basis: context, frequency: semiannual, publication_lag: 90}
  - {id: role, name: {zh: 作用, en: Role}, area: sci, measure: rating, frequency: annual,
     evidence: [users], targets: [{milestone: "2027", clause: 作用明显增强}]}
"""
"""A small valid targets.yaml: a head with targets, its proxy, a context series and a rating."""

LEDGER = """\
{"id":"c16ab5b8bcaadc3a","indicator":"gen","region":"CN","period":"2024-06","status":"A","published":"2024-11-30","source":"CNNIC","url":"","note":"","recorded_at":"2026-11-24T02:38:49Z","recorded_by":"tester","value":16.4,"bound":""}
{"id":"4e85ddec1941a32e","indicator":"gen","region":"CN","period":"2025-06","status":"A","published":"2025-10-18","source":"CNNIC","url":"","note":"","recorded_at":"2026-11-24T02:38:50Z","recorded_by":"tester","value":36.5,"bound":""}
{"id":"2ebb662de2b18d43","indicator":"gen","region":"CN","period":"2025-12","status":"A","published":"2026-02-05","source":"CNNIC","url":"","note":"","recorded_at":"2026-11-24T02:38:50Z","recorded_by":"tester","value":42.8,"bound":""}
{"id":"a27c26e8d8c32f54","indicator":"gen","region":"CN","period":"2026-06","status":"A","published":"2026-09-29","source":"CNNIC","url":"","note":"","recorded_at":"2026-11-24T02:38:50Z","recorded_by":"tester","value":50.0,"bound":">"}
{"id":"8cf55276addbb022","indicator":"users","region":"CN","period":"2025-06","status":"A","published":"2025-10-18","source":"CNNIC","url":"","note":"","recorded_at":"2026-11-24T02:38:50Z","recorded_by":"tester","value":5.15,"bound":""}
{"id":"c38225f0c8e5db89","indicator":"role","region":"CN","period":"2026-H1","status":"A","published":"2026-11-24","source":"张三","url":"","note":"","recorded_at":"2026-11-24T02:38:51Z","recorded_by":"tester","value":"at_risk","bound":""}
"""
"""A progress.jsonl that fits PLAN, its ids those that the contents give."""


@dataclass(frozen=True)
class Result:
    """How a run ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The few variables that a test's program sees."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    fixed = {
        "AIPLUS_TODAY": "2026-11-24",
        "AIPLUS_RECORDED_BY": "tester",
        "SOURCE_DATE_EPOCH": "1795487930",  # 2026-11-24T02:38:50Z
        "LANG": "C.UTF-8",
    }
    return kept | fixed | (extra or {})


def run_aiplus(
    args: list[str], cwd: Path, env: dict[str, str] | None = None, encoding: str = "utf-8", stdin: bytes = b""
) -> Result:
    """Run the program inside this process, its streams in the given encoding.

    It is a door like that of a process: tests/test_process.py holds that both say and do the same.
    """
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    err = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="")
    code = code_of(args, cwd, (io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding), out, err), env)
    return Result(code, _written(out), _written(err))


LONGEST_FIELD = 131_072
"""What Python's csv begins with; a package that some test loads raises it for the whole process."""
Stream = TextIO | None
"""A standard stream; none where whoever starts the program has closed it."""


def code_of(args: list[str], cwd: Path, streams: tuple[Stream, Stream, Stream], env: dict[str, str] | None) -> int:
    """How a run inside this process ends, with these three standard streams."""
    try:
        with _started(["aiplus", *args], cwd, environment(env), streams):
            cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def closed_pipe() -> TextIO:
    """A pipe whose reader has gone, as `head` does."""
    reader, writer = os.pipe()
    os.close(reader)
    return open(writer, "w", encoding="utf-8")  # noqa: PTH123 - an open file, which whoever asked closes


@contextmanager
def _started(
    words: list[str], cwd: Path, variables: dict[str, str], streams: tuple[Stream, Stream, Stream]
) -> Iterator[None]:
    """What a new process finds: its words, folder, variables and streams; everything is put back after."""
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr, dict(os.environ)
    home = os.open(".", os.O_RDONLY)  # found again even where the folder was deleted
    try:
        os.chdir(cwd)
        sys.argv, sys.stdin, sys.stdout, sys.stderr = words, *streams
        _set_variables(variables)
        csv.field_size_limit(LONGEST_FIELD)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and stream not in streams:
                stream.close()  # the program opened it in the place of a closed one, until its process would end
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept[:4]
        _set_variables(kept[4])
        os.fchdir(home)
        os.close(home)


def _set_variables(variables: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()  # as the C library does when a process starts


def _written(stream: io.TextIOWrapper) -> str:
    encoding = stream.encoding
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(encoding, "backslashreplace")


def run_process(
    args: list[str], cwd: Path, env: dict[str, str] | None = None, encoding: str = "utf-8", stdin: bytes = b""
) -> Result:
    """Run the program as a process of its own, which takes half a second: only where the process is the point."""
    extra = {"PYTHONIOENCODING": encoding} | (env or {})
    command = [sys.executable, "-m", "aiplus_cli", *args]
    done = subprocess.run(command, cwd=cwd, env=environment(extra), input=stdin, capture_output=True, check=False)
    return Result(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def write_workspace(folder: Path, files: dict[str, str]) -> Path:
    """Write the files as UTF-8, byte for byte, and give the folder back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """`run("status", "--lang", "zh")` in the test's folder."""

    def call(*args: str, env: dict[str, str] | None = None, encoding: str = "utf-8") -> Result:
        return run_aiplus(list(args), tmp_path, env, encoding)

    return call
