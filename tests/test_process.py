"""What only a process of its own can show, interruptions and bugs; and that other tests need none."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import aiplus_cli
from aiplus_cli.workspace import judging
from conftest import LEDGER, PLAN, environment, run_aiplus, run_process, write_workspace

REPOSITORY = Path(__file__).parent.parent
AIPLUS = [sys.executable, "-m", "aiplus_cli"]


SAMPLE: list[tuple[str, dict[str, str], str, bytes]] = [
    ("status", {"LANG": "zh_CN.UTF-8", "COLUMNS": "90"}, "gbk", b""),
    ("check --format json", {}, "utf-8", b""),
    ("check", {"AIPLUS_LANG": "zh", "FORCE_COLOR": "1"}, "ascii", b""),
    ("show --help", {"COLUMNS": "100"}, "utf-8", b""),
    ("nothing", {}, "utf-8", b""),
    ("record users 6.02 --period 2025-12 --source s", {}, "utf-8", b""),
    ("import - --source s", {}, "utf-8", "指标,时期,数值\nusers,2025-12,6\nusers,2026-06,many\n".encode()),
    ("export figures --output out/figures.csv", {"TZ": "Asia/Tokyo"}, "utf-8", b""),
]


@pytest.mark.parametrize(("command", "variables", "encoding", "stdin"), SAMPLE, ids=[case[0] for case in SAMPLE])
def test_inside_this_process_the_program_does_what_a_process_does(
    command: str, variables: dict[str, str], encoding: str, stdin: bytes, tmp_path: Path
) -> None:
    """The same words, the same code and the same files: most tests may save the half second of a process."""
    files = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}
    inside, outside = (write_workspace(tmp_path / name, files) for name in ("inside", "outside"))
    ours = run_aiplus(command.split(), inside, variables, encoding, stdin)

    assert ours == run_process(command.split(), outside, variables, encoding, stdin)
    assert contents(inside) == contents(outside)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pipe_that_is_closed_changes_no_code() -> None:
    """`aiplus check | head -1` ends as it does alone, and says no more: Python itself, at the end, adds nothing."""
    command, pipe = [*AIPLUS, "check", "--as-of", "2026-10-31"], subprocess.PIPE
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment(), stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said.count(b"\n")) == (10, 1)


def test_a_closed_standard_input_is_no_bug(tmp_path: Path) -> None:
    """`aiplus import - <&-` ends with 4, and says what cannot be read."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    command = ["bash", "-c", 'exec "$0" -m aiplus_cli import - <&-', sys.executable]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"error: stdin: cannot be read: it is closed")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("aiplus st", "status"),
        ("aiplus show gen", "genai-penetration"),
        ("aiplus log ai-", "ai-enterprises"),
        ("aiplus status --region CN-H", "CN-HN"),
        ("aiplus status --milestone 20", "2027"),
        ("aiplus status --area sci", "science-technology"),
        ("aiplus record genai-users 5 --region CN-J", "CN-JS"),
    ],
)
def test_the_shell_completes_commands_ids_regions_and_milestones(typed: str, offered: str) -> None:
    """What is typed so far is completed from the workspace."""
    asked = {"_AIPLUS_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = run_aiplus([], REPOSITORY, asked)

    assert offered in done.out.split()


@pytest.mark.parametrize(("lang", "said"), [("en", "interrupted"), ("zh", "已中断")])
def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path, lang: str, said: str) -> None:
    """An interrupted command says so in one line.

    Once it has taken more than a pipe holds, the command is at work, and waits for the rest of its input.
    A program that a shell starts in the background ignores interruptions, so this one is told not to.
    """
    program = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.argv = ['aiplus', 'import', '-', '--lang', '{lang}']\nfrom aiplus_cli.cli import main\nmain()"
    )
    (tmp_path / "targets.yaml").write_bytes((REPOSITORY / "targets.yaml").read_bytes())
    command, pipe = [sys.executable, "-c", program], subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(b"x" * (2 << 20))
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            assert process.stdout is not None
            assert process.stderr is not None
            out, err = process.stdout.read(), process.stderr.read()
        finally:
            process.kill()

    assert (process.returncode, out, err.decode().strip()) == (130, b"", said)


BROKEN = (
    "import sys\nfrom aiplus_cli.workspace import judging\n"
    "def broken(*_, **__): raise RuntimeError('broken')\n"
    "judging.assess_plan = broken\nsys.argv = ['aiplus', 'status']\n"
    "from aiplus_cli.cli import main\nmain()"
)


def test_a_bug_ends_with_1_and_a_traceback() -> None:
    """Code 1 is never a verdict; the developers get all that Python knows."""
    command = [sys.executable, "-c", BROKEN]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Traceback")
    assert "RuntimeError: broken" in done.stderr


@pytest.mark.parametrize(
    ("options", "spoken", "said"),
    [
        ("", {}, "This is a bug in aiplus 0.1.0; no verdict was given. Please report the lines above"),
        ("", {"AIPLUS_LANG": "zh"}, "这是 aiplus 0.1.0 的程序错误；未给出任何判定。请将以上内容"),
        ("", {"LANG": "zh_CN.UTF-8"}, "这是 aiplus 0.1.0 的程序错误；"),
        ("--lang zh", {"AIPLUS_LANG": "en"}, "这是 aiplus 0.1.0 的程序错误；"),
    ],
)
def test_a_bug_asks_to_be_reported(
    options: str, spoken: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes with the version, in the user's words: --lang wins over the environment, as everywhere."""
    monkeypatch.setattr(judging, "assess_plan", lambda *_, **__: 1 / 0)
    done = run_aiplus(["status", *options.split()], REPOSITORY, spoken)

    assert done.code == 1
    assert said.replace("0.1.0", aiplus_cli.__version__) in done.err


def test_a_line_of_50_megabytes_is_refused_by_its_number(tmp_path: Path) -> None:
    """A monstrous line is named and never parsed."""
    (tmp_path / "targets.yaml").write_bytes((REPOSITORY / "targets.yaml").read_bytes())
    (tmp_path / "progress.jsonl").write_bytes(b'{"id":"' + b"x" * 50_000_000 + b'"}\n')
    done = run_aiplus(["status"], tmp_path)

    assert done.code == 3
    assert done.err.startswith("error: progress.jsonl:1: the line has 50000010 bytes")


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 10_000,
        "a: " + "{b: " * 10_000,
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "x: " + "- " * 5000,
    ],
)
def test_a_yaml_bomb_is_refused_quickly(tmp_path: Path, text: str) -> None:
    """Deep nesting and aliases are named as such, at once."""
    (tmp_path / "targets.yaml").write_text(text)
    start = time.monotonic()
    done = run_aiplus(["status"], tmp_path)

    assert done.code == 3
    assert "targets.yaml:1" in done.err
    assert time.monotonic() - start < 10
