"""Damages the pure rooms in small ways, one at a time, and asks whether a test notices: `make mutants`.

mutmut makes the mutants and calls the one that is under test. Here stands the rest: which of them are tried (all of a
room, or with SAMPLE=10 every tenth of each module), the trial of each, which costs a fork and not a start of pytest,
and the judgement: the score of each module, and whether tests/pure/survivors.toml has a reason for every survivor.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.state import state
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name, orig_function_and_class_names_from_key

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "mutants"
PACKAGE = "src/aiplus_cli"
SURVIVORS = ROOT / "tests" / "pure" / "survivors.toml"
LEAST = 0.9
"""The share of mutants that must be killed."""
PATIENCE = 5
"""A test of a mutant may take so many times the processor's time that it takes otherwise, and a second more."""
ENOUGH = 3
"""The most specific tests of a function that take so many seconds try its mutants: a survivor costs no more."""


class Sample(NamedTuple):
    """Of every so many mutants of a module, by their lines, the one at this place: `3/10` is the third of ten."""

    place: int
    every: int

    @classmethod
    def parse(cls, text: str) -> Sample:
        """`10` is the first of every ten."""
        place, _, every = text.rpartition("/")
        return cls(int(place or 1), int(every))


class Mutant(NamedTuple):
    """One change and what became of it; `change` is how survivors.toml names it, whatever the line numbers."""

    module: str
    change: str
    killed: bool


def main(room: str, sample: Sample, processes: int) -> int:
    """Try the mutants of a room, or of all; 1 where too few were killed or a survivor is not listed."""
    chosen = {module: names[sample.place - 1 :: sample.every] for module, names in made(room, processes).items()}
    trials = Trials([name for names in chosen.values() for name in names], processes)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    os.chdir(COPY)
    options = [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    code = pytest.main(["-q", *options], plugins=[trials])
    os.chdir(ROOT)
    if code or not trials.done:
        return 1
    mutants = [
        Mutant(module, change_of(module, name), name in trials.killed) for module in chosen for name in chosen[module]
    ]
    return report(mutants, reasons())


def made(room: str, processes: int) -> dict[str, list[str]]:
    """Let mutmut make its copy of the program; the mutants of each module of the room, in the order of the lines."""
    for path in [path for path in COPY.glob(f"{PACKAGE}/**/*.py") if not path.stat().st_size]:
        path.unlink()  # an earlier run was ended while it wrote it, and mutmut would take it for done
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(processes)
    modules = {path.relative_to(COPY / PACKAGE): path for path in sorted(COPY.glob(f"{PACKAGE}/**/*.meta"))}
    names = {
        relative.as_posix().removesuffix(".py.meta"): list(json.loads(path.read_text("utf-8"))["exit_code_by_key"])
        for relative, path in modules.items()
        if (ROOT / PACKAGE / relative.with_suffix("")).exists()
    }
    return {module: found for module, found in names.items() if module.startswith(room) and found}


class Trials:
    """A plugin of pytest: learns which tests call which function, then tries each mutant with those of its own."""

    def __init__(self, names: list[str], processes: int) -> None:
        self.names = names
        self.processes = processes
        self.tests: dict[str, list[pytest.Item]] = defaultdict(list)
        self.seconds: dict[pytest.Item, float] = {}
        self.killed: set[str] = set()
        self.failure = ""
        self.done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.learn(session.items)
        gc.freeze()
        running: dict[int, str] = {}
        for name in self.names:
            if len(running) == self.processes:
                self.wait(running)
            if self.tests[mangled_name_from_mutant_name(name)]:
                running[self.start(name)] = name
            else:
                print(f"no test calls: {name}")
        while running:
            self.wait(running)
        self.done = True
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Only whether it failed: what a person reads of a failure costs more than the test."""
        outcome: Literal["passed", "failed"] = "passed"
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            outcome, self.failure = "failed", call.excinfo.exconly()
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    def learn(self, items: list[pytest.Item]) -> None:
        """Run every test once, on the program as it is; the most specific tests of a function come first."""
        calls: dict[pytest.Item, set[str]] = {}
        use("stats")
        for test, following in zip(items, [*items[1:], None], strict=True):
            state()._stats.clear()  # noqa: SLF001
            start = time.process_time()
            if not passes(test, following):
                pytest.exit(f"{test.nodeid} fails without a mutant: {self.failure}", returncode=1)
            self.seconds[test] = time.process_time() - start
            calls[test] = set(state()._stats)  # noqa: SLF001
        for test in sorted(items, key=lambda test: len(calls[test])):
            for function in calls[test]:
                if sum(self.seconds[known] for known in self.tests[function]) < ENOUGH:
                    self.tests[function].append(test)

    def start(self, name: str) -> int:
        """Try a mutant in a process of its own, which ends with 0 where no test notices, else with the test's place."""
        process = os.fork()
        if process:
            return process
        tests = self.tests[mangled_name_from_mutant_name(name)]
        use(name)
        forget()
        for place, (test, following) in enumerate(zip(tests, [*tests[1:], None], strict=True), 1):
            signal.setitimer(signal.ITIMER_PROF, 1 + PATIENCE * self.seconds[test])
            if not passes(test, following):
                os._exit(min(place, 255))
        os._exit(0)

    def wait(self, running: dict[int, str]) -> None:
        """Until one of the running mutants has ended; whatever ends otherwise than by itself is killed too.

        The test that killed it comes first from now on: it may well kill the next one of that function.
        """
        process, status = os.wait()
        name = running.pop(process)
        place = os.waitstatus_to_exitcode(status)
        if place:
            self.killed.add(name)
        else:
            print(f"survives: {name}", flush=True)
        if place > 1:
            tests = self.tests[mangled_name_from_mutant_name(name)]
            tests.insert(0, tests.pop(place - 1))


def use(name: str) -> None:
    """Let the copy of the program run with this mutant; mutmut itself reads the environment at every call."""
    pytest.MonkeyPatch().setattr(trampoline, "get_mutant_under_test", lambda: name)


def forget() -> None:
    """Let no mutant live off what its function remembered before it was changed."""
    for module in [module for name, module in sys.modules.items() if name.startswith("aiplus_cli")]:
        for remembering in [each for each in vars(module).values() if hasattr(each, "cache_clear")]:
            remembering.cache_clear()


def passes(test: pytest.Item, following: pytest.Item | None) -> bool:
    """Run a test; what its module has made for its tests is kept where the one that follows needs it."""
    return not any(report.failed for report in runtestprotocol(test, log=False, nextitem=following))


def change_of(module: str, name: str) -> str:
    """`judge/series build_series: the line before -> the line after`."""
    lines = get_diff_for_mutant(name).splitlines()
    function, owner = orig_function_and_class_names_from_key(name)
    before, after = (_joined(lines, mark) for mark in "-+")
    return f"{module} {owner + '.' if owner else ''}{function}: {before} -> {after}"


def _joined(lines: list[str], mark: str) -> str:
    changed = (line[1:].strip() for line in lines if line.startswith(mark) and not line.startswith(mark * 3))
    return " ".join(changed)


def reasons() -> dict[str, str]:
    """Why each of the listed mutants may survive."""
    groups = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")).get("survivors", [])
    return {change: group["reason"] for group in groups for change in group["mutants"]}


def report(mutants: list[Mutant], listed: dict[str, str]) -> int:
    """Print the score of each module and of all, and what does not fit the list."""
    total, killed = Counter(m.module for m in mutants), Counter(m.module for m in mutants if m.killed)
    for module in sorted(total):
        print(f"{module:30} {killed[module]:5} of {total[module]:5} killed, {killed[module] / total[module]:6.1%}")
    score = killed.total() / total.total()
    print(f"{'all of these':30} {killed.total():5} of {total.total():5} killed, {score:6.1%}")
    survivors = {mutant.change for mutant in mutants if not mutant.killed}
    unlisted = sorted(survivors - listed.keys())
    gone = sorted((listed.keys() & {mutant.change for mutant in mutants}) - survivors)
    for title, changes in (("survives and is not listed", unlisted), ("is listed and killed", gone)):
        for change in changes:
            print(f"{title}: {change}")
    return int(score < LEAST or bool(unlisted))


if __name__ == "__main__":
    os.chdir(ROOT)
    sample = Sample.parse(os.environ.get("SAMPLE") or "1")
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "", sample, int(os.environ.get("PROCESSES") or "1")))
