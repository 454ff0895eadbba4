"""What only a process of its own can show: completion, interruption, and bugs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
AIPLUS = [sys.executable, "-m", "aiplus_cli"]


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
    program = "import sys\nfrom aiplus_cli.cli.app import app\napp(prog_name='aiplus')"
    words = typed.split()
    asked = {"_AIPLUS_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )

    assert offered in done.stdout.split()


def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    """An interrupted command says so in one line."""
    (tmp_path / "targets.yaml").write_bytes((REPOSITORY / "targets.yaml").read_bytes())
    line = (REPOSITORY / "progress.jsonl").read_bytes().splitlines(keepends=True)[0]
    (tmp_path / "progress.jsonl").write_bytes(line * 2_000_000)
    with subprocess.Popen(
        [*AIPLUS, "status"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()

    assert (process.returncode, out, err.strip()) == (130, "", "interrupted")


def test_a_bug_ends_with_1_and_asks_to_be_reported() -> None:
    """Code 1 is never a verdict: it comes with the version and a traceback for the developers."""
    program = (
        "import sys\nfrom aiplus_cli import assess\n"
        "def broken(*_, **__): raise RuntimeError('broken')\n"
        "assess.assess_plan = broken\nsys.argv = ['aiplus', 'status']\n"
        "from aiplus_cli.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert "RuntimeError: broken" in done.stderr
    assert "This is a bug in aiplus" in done.stderr


def test_a_line_of_50_megabytes_is_refused_by_its_number(tmp_path: Path) -> None:
    """A monstrous line is named and never parsed."""
    (tmp_path / "targets.yaml").write_bytes((REPOSITORY / "targets.yaml").read_bytes())
    (tmp_path / "progress.jsonl").write_bytes(b'{"id":"' + b"x" * 50_000_000 + b'"}\n')
    done = subprocess.run(
        [*AIPLUS, "status"],
        cwd=tmp_path,
        env={**os.environ, "AIPLUS_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert done.stderr.startswith("error: progress.jsonl:1: the line has 50000010 bytes")


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
    done = subprocess.run([*AIPLUS, "status"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=20)

    assert done.returncode == 3
    assert "targets.yaml:1" in done.stderr
    assert time.monotonic() - start < 10
