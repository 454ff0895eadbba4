"""Every file that the program writes is whole or not there, and none that it reads is written over."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aiplus_cli import disk
from aiplus_cli.disk import draft_of, make_folder, sync_folder, write_file, write_folder
from aiplus_cli.errors import EnvironmentProblem, UsageProblem
from aiplus_cli.workspace import snapshots
from conftest import LEDGER, PLAN, Result, run_aiplus, write_workspace


def refuse(code: int) -> Callable[..., None]:
    """A call of the system that fails with that error."""

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_old_one_with_its_permissions(tmp_path: Path) -> None:
    """Who could read the old file can read the new one, and nothing else is left in the folder."""
    path = tmp_path / "报告 一.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_file(path, "新\n")

    assert path.read_bytes() == "新\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(tmp_path) == ["报告 一.txt"]


def test_a_file_and_its_folder_are_synced_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content first, then the name: after a power cut there is the old file or the new one."""
    calls = []
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    write_file(tmp_path / "a", "x")

    assert calls == [False, True]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.EACCES])
def test_a_folder_that_cannot_be_synced_is_no_failure(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network disks know no sync of a folder; the file is written all the same."""
    whole = os.fsync
    monkeypatch.setattr(os, "fsync", lambda h: refuse(code)() if stat.S_ISDIR(os.fstat(h).st_mode) else whole(h))
    write_file(tmp_path / "a", "x")

    assert (tmp_path / "a").read_text() == "x"


def test_a_disk_that_breaks_while_a_folder_is_synced_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the disk itself is never passed over."""
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))

    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        sync_folder(tmp_path)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_draft(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a file held open by another program costs nothing that was there."""
    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(os, call, refuse(errno.ENOSPC))

    with pytest.raises(EnvironmentProblem, match="cannot be written: no space is left"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a"]


def test_what_a_killed_program_left_is_removed_and_what_another_writes_is_not(tmp_path: Path) -> None:
    """A draft is held by the program that writes it; a link, a pipe and other names of such a kind are no drafts."""
    abandoned, folder, link, pipe = (tmp_path / f".aiplus-{number:016x}" for number in range(4))
    abandoned.write_text("half", encoding="utf-8")
    folder.mkdir()
    write_workspace(tmp_path, {"kept.txt": "kept", ".aiplus-notes": "mine", ".aiplus-cache/a": "mine"})
    link.symlink_to(tmp_path / "kept.txt")
    os.mkfifo(pipe)
    with draft_of(tmp_path / "other.txt") as held:
        write_file(tmp_path / "made.txt", "new")

        assert held.path.exists()

    assert names(tmp_path) == [link.name, ".aiplus-cache", ".aiplus-notes", "kept.txt", "made.txt"]
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("make", [lambda path: write_file(path, "new"), lambda path: write_folder(path, {}, mark="a")])
def test_a_draft_that_another_program_removed_before_it_was_held_is_made_again(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its making and its holding a draft looks like one that a killed program left."""
    hold, seen = disk._hold, list[bool]()

    def late(handle: Any, **asked: bool) -> bool:
        if not seen:
            seen.append(True)
            (draft,) = tmp_path.glob(".aiplus-*")
            draft.rmdir() if draft.is_dir() else draft.unlink()
        return hold(handle, **asked)

    monkeypatch.setattr(disk, "_hold", late)
    make(tmp_path / "made")

    assert names(tmp_path) == ["made"]


@pytest.mark.parametrize(
    ("command", "made"),
    [
        ("export -o new.csv", "new.csv"),
        ("export --format datapackage -o new", "new"),
        ("snapshot --dir .", "2026-11.json"),
    ],
)
def test_what_is_in_its_place_is_not_said_to_be_missing(
    command: str, made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fails only when it is to confirm a name, the message says what became of it."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    whole, here = os.fsync, tmp_path.stat()
    monkeypatch.setattr(os, "fsync", lambda h: refuse(errno.EIO)() if os.path.samestat(os.fstat(h), here) else whole(h))
    done = run_aiplus(command.split(), tmp_path)

    assert done.code == 4
    assert "is written, but the disk does not confirm that it stays" in done.err
    assert names(tmp_path) == sorted([made, "progress.jsonl", "targets.yaml"])


@pytest.mark.parametrize("command", ["export -o new.csv", "snapshot"])
def test_a_draft_that_cannot_be_removed_is_no_failure(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was to be written is in its place; whoever writes next removes the draft."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    with monkeypatch.context() as broken:
        broken.setattr(os, "unlink", refuse(errno.EIO))
        done = run_aiplus(command.split(), tmp_path)
    run_aiplus(command.split(), tmp_path)

    assert done.code == 0
    assert list(tmp_path.rglob(".aiplus-*")) == []


def test_an_interruption_leaves_no_draft(tmp_path: Path) -> None:
    """Ctrl-C in the middle of writing leaves the folder as it was."""

    def interrupted() -> None:
        with draft_of(tmp_path / "a") as draft:
            draft.stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert names(tmp_path) == []


def test_a_draft_is_never_readable_by_more_people_than_the_file(tmp_path: Path) -> None:
    """What is being written anew is as private as what it replaces, from its first byte on."""
    (tmp_path / "a").touch(mode=0o600)
    with draft_of(tmp_path / "a") as draft:
        found = stat.S_IMODE(draft.path.stat().st_mode)

    assert found == 0o600


def test_the_longest_name_that_a_file_can_have_can_be_written(tmp_path: Path) -> None:
    """The draft's name does not grow with the file's."""
    path = tmp_path / ("长" * 85)
    write_file(path, "x")

    assert path.read_text() == "x"


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    """The file behind the link is replaced where it lies."""
    (tmp_path / "far").mkdir()
    (tmp_path / "a").symlink_to(tmp_path / "far" / "b")
    write_file(tmp_path / "a", "x")

    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "far" / "b").read_text() == "x"


@pytest.mark.parametrize("name", [".gitattributes", "targets.yaml", "progress.jsonl"])
@pytest.mark.parametrize("is_there", [True, False])
def test_init_follows_no_link_out_of_the_folder(name: str, tmp_path: Path, *, is_there: bool) -> None:
    """What somebody planted in a folder does not lead a new workspace to files elsewhere."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).symlink_to(tmp_path / "far")
    if is_there:
        (tmp_path / "far").write_text("x")
    done = run_aiplus(["init", "new"], tmp_path)

    assert done.code == 4
    assert names(tmp_path / "new") == [name]
    assert (tmp_path / "far").read_text() == "x" if is_there else not (tmp_path / "far").exists()


def test_no_run_is_recorded_through_a_link(tmp_path: Path) -> None:
    """The file of a month that leads out of the folder of runs is left alone; a folder that is a link is used."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    (tmp_path / "far").mkdir()
    (tmp_path / "runs").symlink_to(tmp_path / "far")
    (tmp_path / "far" / "2026-11.json").symlink_to(tmp_path / "other")

    assert run_aiplus(["snapshot"], tmp_path).code == 4
    assert not (tmp_path / "other").exists()
    (tmp_path / "far" / "2026-11.json").unlink()
    assert run_aiplus(["snapshot"], tmp_path).code == 0
    assert names(tmp_path / "far") == ["2026-11.json"]


def test_of_two_runs_of_a_month_at_once_one_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second, which saw no run when it began, keeps the first one's and says so."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    first = list[Result]()

    def overtaken(folder: Path) -> None:
        monkeypatch.setattr(snapshots, "make_folder", make_folder)
        first.append(run_aiplus(["snapshot", "--method", "linear"], tmp_path))
        make_folder(folder)

    monkeypatch.setattr(snapshots, "make_folder", overtaken)
    second = run_aiplus(["snapshot"], tmp_path)

    assert [done.err for done in first] == ["wrote runs/2026-11.json\n"]
    assert "runs/2026-11.json is kept; since then changed: method" in second.err
    assert names(tmp_path / "runs") == ["2026-11.json"]


def test_a_run_that_is_kept_leaves_no_draft_either(tmp_path: Path) -> None:
    """A program that is killed once its run is in its place leaves the draft's name, which the next one removes."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    run_aiplus(["snapshot"], tmp_path)
    os.link(tmp_path / "runs" / "2026-11.json", tmp_path / "runs" / f".aiplus-{1:016x}")

    assert "already there, from the same inputs" in run_aiplus(["snapshot"], tmp_path).err
    assert names(tmp_path / "runs") == ["2026-11.json"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_a_run_is_recorded_where_the_disk_knows_no_links(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its draft takes its place then, as that of any other file."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    monkeypatch.setattr(os, "link", refuse(code))

    assert run_aiplus(["snapshot"], tmp_path).err == "wrote runs/2026-11.json\n"
    assert names(tmp_path / "runs") == ["2026-11.json"]


def test_no_file_of_a_package_is_written_through_a_link(tmp_path: Path) -> None:
    """A package that is written anew stays in its folder."""
    write_folder(tmp_path / "new", {"a": "1", "mark": "1"}, mark="mark")
    (tmp_path / "new" / "a").unlink()
    (tmp_path / "new" / "a").symlink_to(tmp_path / "far")
    with pytest.raises(EnvironmentProblem, match="a link to another file"):
        write_folder(tmp_path / "new", {"a": "2", "mark": "2"}, mark="mark")

    assert not (tmp_path / "far").exists()


def test_what_git_was_told_before_stays_as_it_was(tmp_path: Path) -> None:
    """Also where it is no UTF-8."""
    (tmp_path / ".gitattributes").write_bytes(b"\xb1\xed text")
    assert run_aiplus(["init"], tmp_path).code == 0
    assert (tmp_path / ".gitattributes").read_bytes().startswith(b"\xb1\xed text\nprogress.jsonl merge=union\n")


def test_a_file_keeps_its_owner_and_its_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An administrator who writes a file takes it from nobody; whoever may not give it away writes it all the same."""
    path = tmp_path / "a"
    path.write_text("old")
    asked = []

    def refuse_all(_: Path, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse_all)
    write_file(path, "new")

    assert asked == [(-1, path.stat().st_gid), (path.stat().st_uid, -1)]
    assert path.read_text() == "new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    """`--output PIPE` feeds whoever reads from it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_file(pipe, "through")
    reader.join(10)

    assert read == ["through"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_dev_stdout_goes_where_standard_output_goes(tmp_path: Path) -> None:
    """In a file that the shell has opened it stands between what was written before and after."""
    program = (
        "from pathlib import Path; from aiplus_cli.disk import write_file; write_file(Path('/dev/stdout'), 'mid\\n')"
    )
    shell = f'{{ echo before; "{sys.executable}" -c "{program}"; echo after; }} > out.txt'
    subprocess.run(["bash", "-c", shell], cwd=tmp_path, check=True)

    assert (tmp_path / "out.txt").read_text() == "before\nmid\nafter\n"
    assert names(tmp_path) == ["out.txt"]


def same(path: Path, folder: Path) -> Path:
    return folder / path.name


def link(path: Path, folder: Path) -> Path:
    (folder / "link").symlink_to(path)
    return folder / "link"


def hard_link(path: Path, folder: Path) -> Path:
    (folder / "hard").hardlink_to(path)
    return folder / "hard"


def roundabout(path: Path, folder: Path) -> Path:
    (folder / "sub").mkdir()
    return folder / "sub" / ".." / path.name


@pytest.mark.parametrize("name", [same, link, hard_link, roundabout])
def test_a_file_that_is_read_is_not_written_over(name: Callable[[Path, Path], Path], tmp_path: Path) -> None:
    """Under its own name, through a link, a hard link or a detour."""
    kept = tmp_path / "progress.jsonl"
    kept.write_text("mine")

    with pytest.raises(UsageProblem, match="reads this file"):
        write_file(name(kept, tmp_path), "new", keep=[tmp_path / "targets.yaml", kept])
    assert kept.read_text() == "mine"


def test_a_ledger_that_is_not_there_yet_is_not_written_either(tmp_path: Path) -> None:
    """Where the first figure will be recorded, no report is put."""
    with pytest.raises(UsageProblem, match="reads this file"):
        write_file(tmp_path / "." / "progress.jsonl", "new", keep=[tmp_path / "progress.jsonl"])

    assert names(tmp_path) == []


def test_a_new_folder_appears_with_all_its_files_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure half-way leaves nothing behind."""
    files = {"a": "1", "b": "2"}
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse(errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="no space is left"):
            write_folder(tmp_path / "new", files, mark="a")
    assert names(tmp_path) == []

    write_folder(tmp_path / "new", files, mark="a")

    assert names(tmp_path / "new") == ["a", "b"]


def test_no_file_of_a_folder_is_replaced_when_one_of_them_is_read(tmp_path: Path) -> None:
    """The folder is as it was, its other files too."""
    write_folder(tmp_path / "new", {"a": "1", "b": "2"}, mark="a")

    with pytest.raises(UsageProblem, match="reads this file"):
        write_folder(tmp_path / "new", {"a": "3", "b": "4"}, mark="a", keep=[tmp_path / "new" / "b"])
    assert (tmp_path / "new" / "a").read_text() == "1"


@pytest.mark.parametrize("name", ["targets.yaml", "progress.jsonl", "link"])
@pytest.mark.parametrize(
    "command",
    ["status", "check", "show gen", "log", "plan", "diff", "due", "forecast gen", "export --format csv", "schema run"],
)
def test_no_output_takes_the_place_of_the_plan_or_the_ledger(command: str, name: str, tmp_path: Path) -> None:
    """A slip after --output costs nothing: code 2, and both files as they were."""
    files = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}
    folder = write_workspace(tmp_path, files)
    (folder / "link").symlink_to("progress.jsonl")
    done = run_aiplus([*command.split(), "--output", name], folder)

    assert done.code == 2
    assert f"error: {name}: the command reads this file and leaves it as it is" in done.err
    assert {file: (folder / file).read_text(encoding="utf-8") for file in files} == files


@pytest.mark.parametrize(
    "command",
    [
        "diff --dir kept -o kept/2026-10.json",
        "diff --from kept/2026-10.json -o ./kept/../kept/2026-10.json",
        "check --since-last --dir kept -o json=kept/2026-10.json -o text=kept/report.txt",
        "status -o runs/2026-10.json",
    ],
)
def test_no_output_takes_the_place_of_a_recorded_run(command: str, tmp_path: Path) -> None:
    """The record of a month stays what it was, in whatever folder it is kept."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    for name in ("runs", "kept"):
        run_aiplus(["snapshot", "--dir", name, "--today", "2026-10-31"], folder)
    before = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.*")}
    done = run_aiplus(command.split(), folder)

    assert done.code == 2
    assert "the command reads this file and leaves it as it is" in done.err
    assert {path: path.read_text(encoding="utf-8") for path in before} == before


def test_a_list_of_rejected_values_is_not_written_over_a_file_of_the_same_import(tmp_path: Path) -> None:
    """The second file is read again next time, so the first one's rejected values do not replace it."""
    table = "指标,2023年\nusers,2\nnone,3\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "t.csv": table, "t.csv.rejected.csv": table})
    done = run_aiplus(["import", "t.csv", "t.csv.rejected.csv", "--source", "s", "--accept-valid"], folder)

    assert done.code == 2
    assert "t.csv.rejected.csv: the command reads this file" in done.err
    assert (folder / "t.csv.rejected.csv").read_text(encoding="utf-8") == table


@pytest.mark.parametrize("option", ["--output", "--calibrate"])
def test_past_series_are_not_written_over_by_their_scores(option: str, tmp_path: Path) -> None:
    """`backtest FILE` leaves FILE as it is."""
    series = "series,year,value\n" + "".join(f"a,{2000 + n},{10 + 5 * n}\n" for n in range(10))
    folder = write_workspace(tmp_path, {"past.csv": series})
    done = run_aiplus(["backtest", "past.csv", option, "./past.csv"], folder)

    assert done.code == 2
    assert (folder / "past.csv").read_text(encoding="utf-8") == series


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("targets.yaml", "status"),
        ("progress.jsonl", "log"),
        ("progress.jsonl", "record users 6 --period 2025-12 --source x"),
        ("runs/2026-10.json", "check --since-last"),
        ("runs/2026-11.json", "snapshot"),
        ("odd", "import odd"),
        ("odd", "import figures.csv --map odd"),
        ("odd", "backtest odd"),
        ("odd", "diff --from 2026-10-01 --from-targets odd"),
    ],
)
@pytest.mark.parametrize("device", ["", "/dev/zero"])
def test_what_never_ends_is_refused_at_once(name: str, command: str, device: str, tmp_path: Path) -> None:
    """A pipe that nobody writes to and a device without an end are no files: code 4, and nothing hangs."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "figures.csv": "x\n", "runs/x": ""})
    (tmp_path / name).unlink(missing_ok=True)
    if device:
        (tmp_path / name).symlink_to(device)
    else:
        os.mkfifo(tmp_path / name)
    done = run_aiplus(command.split(), tmp_path)

    assert done.code == 4
