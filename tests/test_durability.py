"""What was acknowledged is in the ledger, whatever happens to the program or the disk."""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from aiplus_cli.ledger import jsonl
from conftest import LEDGER, PLAN, Result, Stream, closed_pipe, code_of, environment, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
FIGURES = 200 if settings.get_current_profile_name() == "soak" else 20
"""How many each of the programs records that record at once."""
PROGRAMS = """
import json, os, sys
from aiplus_cli.cli import main

def run(words):
    sys.argv = ["aiplus", *words]
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, None), end.code

first, *programs = json.load(sys.stdin)
for words in first:
    run(words)
for commands in programs:
    if os.fork() == 0:
        for words in commands:
            run(words)
        os._exit(0)
sys.exit(any(os.wait()[1] for _ in programs))
"""
"""Programs at once, from their commands: those of the first come before, so that all is loaded only once."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The real plan without figures."""
    shutil.copy(REPOSITORY / "targets.yaml", tmp_path)
    return tmp_path


def aiplus(folder: Path, command: str) -> Result:
    """Run the program on the words of the command."""
    return run_aiplus(command.split(), folder)


def ledger_ids(folder: Path) -> list[str]:
    """The ids in the file, every line parsed by the standard library."""
    lines = (folder / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


def record(number: int) -> list[str]:
    """A command that records one of many figures."""
    return ["record", "users", str(number), "--period", "2025-06", "--source", f"s{number}"]


def run_at_once(folder: Path, first: list[list[str]], *programs: list[list[str]]) -> list[str]:
    """The lines that the commands print; all of them end well."""
    command, asked = [sys.executable, "-c", PROGRAMS], json.dumps([first, *programs])
    done = subprocess.run(
        command, cwd=folder, env=environment(), input=asked, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_eight_programs_recording_at_once_lose_nothing(tmp_path: Path) -> None:
    """Every figure that one of eight programs acknowledged is a readable line, and there is no other."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    programs = [[record(1000 * program + number) for number in range(FIGURES)] for program in range(1, 9)]
    acknowledged = run_at_once(folder, [record(0)], *programs)

    assert len(acknowledged) == 1 + 8 * FIGURES
    assert sorted(acknowledged) == sorted(ledger_ids(folder))


def test_imports_at_once_lose_nothing(tmp_path: Path) -> None:
    """Programs that wait for the ledger while an import puts a longer one in its place write to the new one."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for year in range(2016, 2022):
        write_workspace(folder, {f"{year}.csv": f"indicator,period,value\nusers,{year},5\ngen,{year},20\n"})
    first, *others = ([["import", f"{year}.csv"]] for year in range(2016, 2022))
    run_at_once(folder, first, *others)

    assert len(set(ledger_ids(folder))) == 12


@pytest.mark.parametrize(("figures", "delay"), [(1, 0), (2, 0.004), (8, 0.012)])
def test_a_killed_program_leaves_every_acknowledged_figure(tmp_path: Path, figures: int, delay: float) -> None:
    """After kill -9 at any moment the ledger is readable and holds all that was acknowledged."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    command, pipe = [sys.executable, "-c", PROGRAMS], subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=environment(), stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        json.dump([[record(number) for number in range(2000)]], process.stdin)
        process.stdin.close()
        said = [process.stdout.readline() for _ in range(figures)]
        time.sleep(delay)
        process.kill()
        said += process.stdout.readlines()
    acknowledged = {line.strip() for line in said if line.endswith("\n")}

    assert len(acknowledged) >= figures
    assert acknowledged <= set(ledger_ids(folder))
    assert aiplus(folder, "status").code == 0


def test_a_torn_last_line_is_named_and_nothing_is_appended_to_it(workspace: Path) -> None:
    """A line cut off in the middle is reported with its number, and recording waits until it is set aside."""
    assert aiplus(workspace, "record genai-users 5.15亿 --period 2025-06 --source a").code == 0
    path = workspace / "progress.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    for command in ("status", "record genai-users 6 --period 2025-12 --source a"):
        done = aiplus(workspace, command)

        assert done.code == 3
        assert "progress.jsonl:2: the last line is torn" in done.err
        assert "cut this line out" in done.err
    path.write_bytes(whole)

    assert aiplus(workspace, "status").code == 0


def test_a_ledger_without_a_last_newline_is_continued_on_a_new_line(workspace: Path) -> None:
    """An editor that strips the last newline does no harm."""
    aiplus(workspace, "record genai-users 5.15 --period 2025-06 --source a")
    path = workspace / "progress.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    aiplus(workspace, "record genai-users 6.02 --period 2025-12 --source a")

    assert len(set(ledger_ids(workspace))) == 2


def test_a_full_disk_gives_one_clear_line_and_leaves_the_ledger_as_it_was(workspace: Path) -> None:
    """When nothing more can be written the program says so with code 4, and the ledger is untouched."""
    aiplus(workspace, "record genai-users 5.15 --period 2025-06 --source a")
    path = workspace / "progress.jsonl"
    before = path.read_bytes()
    limit = len(before) + 100

    def no_more_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    record = ["record", "genai-users", "6.02", "--period", "2025-12", "--source", "a"]
    done = subprocess.run(
        [sys.executable, "-B", "-m", "aiplus_cli", *record],  # Python itself keeps a .pyc that the limit has cut short
        cwd=workspace,
        env=environment(),
        capture_output=True,
        text=True,
        preexec_fn=no_more_room,
        check=False,
    )

    assert done.returncode == 4
    assert done.stderr.startswith("error: progress.jsonl: cannot be read or written")
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["record genai-users 5.15 --period 2025-06 --source a", "import new.csv"])
def test_a_disk_that_fails_for_good_is_not_said_to_have_recorded_nothing(
    command: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be taken back, or is in its place already, may be in the ledger: the message says that."""
    write_workspace(
        workspace, {"new.csv": "indicator,period,value,source\ngenai-users,2025-06,5.15,a\n", "progress.jsonl": ""}
    )
    whole, is_import = os.fsync, command.startswith("import")

    def fail(handle: int) -> None:
        if not is_import or stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        whole(handle)

    monkeypatch.setattr(os, "fsync", fail)
    done = run_aiplus(command.split(), workspace)

    assert done.code == 4
    assert "what is new may be in it or not" in done.err
    assert "nothing was recorded" not in done.err


@contextmanager
def small_files() -> Iterator[None]:
    """No file can become longer than 4 KiB, as on a disk that is nearly full."""
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # Python would keep a .pyc that was cut short
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
        sys.dont_write_bytecode = compiles


@pytest.mark.parametrize("name", ["new.csv", "-"])
def test_no_room_for_what_is_kept_for_a_while_is_said_of_its_folder(name: str, workspace: Path) -> None:
    """A full disk of temporary files is neither a fault of the file that is read nor of what is printed."""
    rows = "".join(f"genai-users,{2000 + row % 26},{row},source {row}\n" for row in range(60))
    table = f"indicator,period,value,source\n{rows}".encode()
    (workspace / "new.csv").write_bytes(table)
    with small_files():
        done = run_aiplus(["import", name], workspace, stdin=table * 3)

    assert done.code == 4
    assert done.err.startswith("error: TMPDIR: cannot be written: no space is left on the disk")
    assert not (workspace / "progress.jsonl").exists()


def test_a_ledger_that_cannot_be_opened_gives_code_4(workspace: Path) -> None:
    """A folder where the ledger should be, like a read-only one, is an environment problem."""
    (workspace / "progress.jsonl").mkdir()
    done = aiplus(workspace, "record genai-users 6.02 --period 2025-12 --source a")

    assert done.code == 4
    assert "progress.jsonl: cannot be read or written" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("command", ["status", "check", "export", "--help", "--version"])
def test_output_that_cannot_be_written_is_no_bug(workspace: Path, command: str) -> None:
    """A full device behind standard output gives code 4 and one error."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    said = io.StringIO()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        code = code_of([command], workspace, (None, full, said), None)

    assert code == 4
    (error,) = (line for line in said.getvalue().splitlines() if line.startswith("error: "))
    assert error.startswith("error: stdout: cannot be written")


@pytest.mark.parametrize(
    ("out", "err"), [("closed", ""), ("", "closed"), ("closed", "closed"), ("", "full"), ("closed", "full")]
)
@pytest.mark.parametrize(
    ("command", "code"), [("check", 10), ("--help", 0), ("import targets.yaml", 3), ("nothing", 2)]
)
def test_a_stream_that_takes_no_sentence_changes_no_code(
    workspace: Path, out: str, err: str, command: str, code: int
) -> None:
    """Where nobody listens, or standard error is full, the verdict stays."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    with ExitStack() as stack:
        streams = None, stream_of(out, stack), stream_of(err, stack)

        assert code_of(command.split(), workspace, streams, None) == code


def stream_of(kind: str, stack: ExitStack) -> Stream:
    """A stream that is closed, is full, or takes what it gets."""
    if kind == "closed":
        return None
    return stack.enter_context(Path("/dev/full").open("w", encoding="utf-8")) if kind else io.StringIO()


@pytest.mark.parametrize(
    ("closed", "code"), [(">&-", 10), ("2>&-", 10), (">&- 2>&-", 10), (">&- 2>/dev/full", 10), (">/dev/full", 4)]
)
def test_a_process_without_its_streams_ends_with_its_code(workspace: Path, closed: str, code: int) -> None:
    """Python itself, which empties the streams at the end, changes no code either."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    script = f'"{sys.executable}" -m aiplus_cli check {closed}'
    done = subprocess.run(["bash", "-c", script], cwd=workspace, env=environment(), capture_output=True, check=False)

    assert done.returncode == code


@pytest.mark.parametrize(
    "command", ["status", "check", "validate", "import x.csv", "init new", "snapshot", "backtest x"]
)
def test_a_folder_that_was_deleted_under_the_program_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A job whose working folder is gone gets code 4 and a sentence, no traceback."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = run_aiplus(command.split(), Path())

    assert (done.code, "Traceback" in done.err) == (4, False)
    assert done.err.startswith("error: ")


def test_a_process_in_a_deleted_folder_says_so(tmp_path: Path) -> None:
    """Python itself, which looks for its modules in the folder, does no harm."""
    script = f'mkdir gone && cd gone && rmdir ../gone && "{sys.executable}" -m aiplus_cli status'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, check=False)

    assert (done.returncode, done.stderr.startswith(b"error: ")) == (4, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("COLUMNS", text) for text in ("wide", "²³", "-5", "9" * 30, "1e3", "")),
        *(("LINES", text) for text in ("²³", "tall")),
        *(("TZ", text) for text in ("nowhere/at all", ":/dev/full", "A" * 300, "<+>99", "../../../etc/passwd")),
    ],
)
def test_garbage_in_the_environment_is_as_good_as_nothing(workspace: Path, name: str, value: str) -> None:
    """Sizes of a terminal and time zones that are none leave every command as it is."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    for command in ("status", "--help"):
        done = run_aiplus([command], workspace, {"AIPLUS_TODAY": "", name: value})

        assert (done.code, done.err) == (0, "")


def test_two_branches_that_both_appended_merge_without_a_conflict(workspace: Path) -> None:
    """Git merges the ledger line by line; the same line from both sides counts once."""

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=workspace, check=True, capture_output=True)

    def record(value: str, period: str) -> None:
        assert aiplus(workspace, f"record genai-users {value} --period {period} --source a").code == 0

    (workspace / ".gitattributes").write_text("progress.jsonl merge=union\n")
    git("init", "-b", "main")
    record("2.49", "2024-12")
    git("add", "-A")
    git("commit", "-m", "start")
    git("checkout", "-b", "other")
    record("5.15", "2025-06")
    git("commit", "-am", "other")
    git("checkout", "main")
    record("6.02", "2025-12")
    record("5.15", "2025-06")
    git("commit", "-am", "main")
    git("merge", "other", "-m", "merge")
    found = json.loads(aiplus(workspace, "status --format json").out)["context"]

    assert len(set(ledger_ids(workspace))) == 3
    assert aiplus(workspace, "validate").code == 0
    assert [row["value"] for row in found if row["indicator"] == "genai-users"] == [6.02]


def test_a_closed_pipe_drops_output_and_not_the_exit_code(workspace: Path) -> None:
    """`aiplus log | head -1` is no failure and prints no traceback."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    said = io.StringIO()
    with closed_pipe() as pipe:
        code = code_of(["log"], workspace, (None, pipe, said), None)

    assert (code, said.getvalue()) == (0, "")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("status", 0), ("show genai-penetration --explain", 0), ("plan", 0), ("log", 0), ("show none", 2)],
)
def test_no_encoding_of_the_terminal_makes_it_fail(encoding: str, lang: str, command: str, code: int) -> None:
    """On a GBK or ASCII stream signs may be replaced, but every command ends well."""
    done = run_aiplus(command.split(), REPOSITORY, {"AIPLUS_LANG": lang}, encoding)

    assert done.code == code
    assert "Traceback" not in done.err


def test_a_line_of_any_length_is_named_and_never_held(tmp_path: Path) -> None:
    """A line of megabytes, or one of blanks, is a problem with its number and size; the next lines are read."""
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"x" * 20_000_000 + b"\n" + b" " * 100_000 + b"\n" + LEDGER.encode())
    jsonl.read(path)  # which loads what is loaded late
    tracemalloc.start()
    ledger = jsonl.read(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [(problem.where, str(problem.what)) for problem in ledger.problems] == [
        ("progress.jsonl:1", "the line has 20000001 bytes"),
        ("progress.jsonl:2", "the line has 100001 bytes"),
    ]
    assert len(ledger.entries) == len(LEDGER.splitlines())
    assert most < 5_000_000  # a few lines of the greatest length, which are read at once
