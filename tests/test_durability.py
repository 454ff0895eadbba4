"""What was acknowledged is in the ledger, whatever happens to the program or the disk."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
AIPLUS = [sys.executable, "-m", "aiplus_cli"]
ENVIRONMENT = {**os.environ, "AIPLUS_TODAY": "2026-11-24", "AIPLUS_LANG": "en", "AIPLUS_RECORDED_BY": "tester"}
WRITER = """
import sys
from aiplus_cli.cli import main
first, count = int(sys.argv[1]), int(sys.argv[2])
for n in range(first, first + count):
    sys.argv = ["aiplus", "record", "genai-users", str(n), "--period", "2025-06", "--source", f"s{n}"]
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, None), end.code
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The real plan without figures."""
    shutil.copy(REPOSITORY / "targets.yaml", tmp_path)
    return tmp_path


def aiplus(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process."""
    command = [*AIPLUS, *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def ledger_ids(folder: Path) -> list[str]:
    """The ids in the file, every line parsed by the standard library."""
    lines = (folder / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_eight_processes_recording_at_once_lose_nothing(workspace: Path) -> None:
    """Eight programs that record 200 figures each leave 1,600 readable lines."""

    def write(number: int) -> list[str]:
        command = [sys.executable, "-c", WRITER, str(1000 * number + 1000), "200"]
        done = subprocess.run(command, cwd=workspace, env=ENVIRONMENT, capture_output=True, text=True, check=True)
        return done.stdout.split()

    with ThreadPoolExecutor(8) as pool:
        acknowledged = [found for ids in pool.map(write, range(8)) for found in ids]

    assert len(acknowledged) == 1600
    assert sorted(acknowledged) == sorted(ledger_ids(workspace))


@pytest.mark.parametrize("delay", [0.3, 0.5, 0.8, 1.1])
def test_a_killed_program_leaves_every_acknowledged_figure(workspace: Path, delay: float) -> None:
    """After kill -9 at any moment the ledger is readable and holds all that was acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, "1000", "2000"],
        cwd=workspace,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    acknowledged = [line for line in said.splitlines(keepends=True) if line.endswith("\n")]
    known = ledger_ids(workspace) if (workspace / "progress.jsonl").exists() else []

    assert {line.strip() for line in acknowledged} <= set(known)
    assert aiplus(workspace, "status").returncode == 0


def test_a_torn_last_line_is_named_and_nothing_is_appended_to_it(workspace: Path) -> None:
    """A line cut off in the middle is reported with its number, and recording waits until it is set aside."""
    assert aiplus(workspace, "record", "genai-users", "5.15亿", "--period", "2025-06", "--source", "a").returncode == 0
    path = workspace / "progress.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    for command in (["status"], ["record", "genai-users", "6", "--period", "2025-12", "--source", "a"]):
        done = aiplus(workspace, *command)

        assert done.returncode == 3
        assert "progress.jsonl:2: the last line is torn" in done.stderr
        assert "cut this line out" in done.stderr
    path.write_bytes(whole)

    assert aiplus(workspace, "status").returncode == 0


def test_a_ledger_without_a_last_newline_is_continued_on_a_new_line(workspace: Path) -> None:
    """An editor that strips the last newline does no harm."""
    aiplus(workspace, "record", "genai-users", "5.15", "--period", "2025-06", "--source", "a")
    path = workspace / "progress.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    aiplus(workspace, "record", "genai-users", "6.02", "--period", "2025-12", "--source", "a")

    assert len(set(ledger_ids(workspace))) == 2


def test_a_full_disk_gives_one_clear_line_and_leaves_the_ledger_as_it_was(workspace: Path) -> None:
    """When nothing more can be written the program says so with code 4, and the ledger is untouched."""
    aiplus(workspace, "record", "genai-users", "5.15", "--period", "2025-06", "--source", "a")
    path = workspace / "progress.jsonl"
    before = path.read_bytes()
    limit = len(before) + 100

    def no_more_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    record = ["record", "genai-users", "6.02", "--period", "2025-12", "--source", "a"]
    done = subprocess.run(
        [sys.executable, "-B", *AIPLUS[1:], *record],  # Python itself keeps a .pyc that the limit has cut short
        cwd=workspace,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        preexec_fn=no_more_room,
        check=False,
    )

    assert done.returncode == 4
    assert done.stderr.startswith("error: progress.jsonl: cannot be read or written")
    assert path.read_bytes() == before


def test_a_ledger_that_cannot_be_opened_gives_code_4(workspace: Path) -> None:
    """A folder where the ledger should be, like a read-only one, is an environment problem."""
    (workspace / "progress.jsonl").mkdir()
    done = aiplus(workspace, "record", "genai-users", "6.02", "--period", "2025-12", "--source", "a")

    assert done.returncode == 4
    assert "progress.jsonl: cannot be read or written" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("command", ["status", "check", "export", "--help", "--version"])
def test_output_that_cannot_be_written_is_no_bug(workspace: Path, command: str) -> None:
    """A full device behind standard output gives code 4 and one line."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*AIPLUS, command], cwd=workspace, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 4
    assert done.stderr.decode().startswith("error: stdout: cannot be written")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", ">&- 2>/dev/full"])
@pytest.mark.parametrize(("command", "code"), [("check", 10), ("--help", 0), ("show nothing", 3), ("nothing", 2)])
def test_a_stream_that_takes_no_sentence_changes_no_code(workspace: Path, closed: str, command: str, code: int) -> None:
    """Where nobody listens, or standard error is full, the verdict stays."""
    shutil.copy(REPOSITORY / "progress.jsonl", workspace)
    script = f'"{sys.executable}" -m aiplus_cli {command} {closed}'
    done = subprocess.run(["bash", "-c", script], cwd=workspace, env=ENVIRONMENT, capture_output=True, check=False)

    assert done.returncode == code


@pytest.mark.parametrize(
    "command", ["status", "check", "validate", "import x.csv", "init new", "snapshot", "backtest x"]
)
def test_a_folder_that_was_deleted_under_the_program_is_named(tmp_path: Path, command: str) -> None:
    """A job whose working folder is gone gets code 4 and a sentence, no traceback."""
    script = f'mkdir gone && cd gone && rmdir ../gone && "{sys.executable}" -m aiplus_cli {command}'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False)

    assert (done.returncode, b"Traceback" in done.stderr) == (4, False)
    assert done.stderr.startswith(b"error: ")


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
    without_today = {key: text for key, text in ENVIRONMENT.items() if key != "AIPLUS_TODAY"}
    for command in (["status"], ["--help"]):
        done = subprocess.run(
            [*AIPLUS, *command], cwd=workspace, env=without_today | {name: value}, capture_output=True, check=False
        )

        assert (done.returncode, done.stderr) == (0, b"")


def test_two_branches_that_both_appended_merge_without_a_conflict(workspace: Path) -> None:
    """Git merges the ledger line by line; the same line from both sides counts once."""

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=workspace, check=True, capture_output=True)

    def record(value: str, period: str) -> None:
        assert aiplus(workspace, "record", "genai-users", value, "--period", period, "--source", "a").returncode == 0

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
    done = aiplus(workspace, "status", "--format", "json")
    found = [row for row in json.loads(done.stdout)["context"] if row["indicator"] == "genai-users"]

    assert len(set(ledger_ids(workspace))) == 3
    assert aiplus(workspace, "validate").returncode == 0
    assert found[0]["value"] == 6.02


def test_a_closed_pipe_drops_output_and_not_the_exit_code(workspace: Path) -> None:
    """`aiplus status | head -1` is no failure and prints no traceback."""
    with subprocess.Popen(
        [*AIPLUS, "log"], cwd=workspace, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode == 0
    assert said == b""


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_encoding_of_the_terminal_makes_it_fail(encoding: str, lang: str) -> None:
    """On a GBK or ASCII stream signs may be replaced, but every command ends well."""
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": encoding, "AIPLUS_LANG": lang}
    for command in (["status"], ["show", "genai-penetration", "--explain"], ["plan"], ["log"], ["show", "none"]):
        done = subprocess.run([*AIPLUS, *command], cwd=REPOSITORY, env=environment, capture_output=True, check=False)

        assert done.returncode == (3 if command[1:] == ["none"] else 0)
        assert b"Traceback" not in done.stderr
