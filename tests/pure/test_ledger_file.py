"""The file of the ledger: what is appended, where the file cannot be replaced, and what is read back."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from made import figure, withdrawal

from aiplus_cli.errors import EnvironmentProblem, InputProblem, Message, Problem
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import Entry
from aiplus_cli.ledger.jsonl import AT_ONCE, read, writing
from aiplus_cli.ledger.lines import MAX_LINE, encode

OLD, NEW, MORE = figure("1"), figure("2", "2026"), figure("3", "2027")


def lines_of(path: Path) -> list[bytes]:
    """The lines of a file."""
    return path.read_bytes().splitlines(keepends=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of one figure."""
    made = tmp_path / "progress.jsonl"
    made.write_bytes(encode(OLD))
    return made


def test_a_ledger_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """And the first figure makes it."""
    path = tmp_path / "progress.jsonl"
    assert read(path).entries == []

    with writing(path) as ledger:
        ledger.append([OLD])

    assert lines_of(path) == [encode(OLD)]


def test_many_figures_take_their_place_after_the_old_ones(path: Path) -> None:
    """The file is replaced by one with all of them; its rights stay, and no draft is left."""
    path.chmod(0o640)
    before = path.stat().st_ino

    with writing(path) as ledger:
        ledger.extend([encode(NEW), encode(MORE)])

    assert lines_of(path) == [encode(OLD), encode(NEW), encode(MORE)]
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.stat().st_ino != before
    assert list(path.parent.iterdir()) == [path]


def test_a_hard_linked_ledger_keeps_its_other_name(path: Path) -> None:
    """A replaced file would leave the other name with the old figures: they are appended in place."""
    other = path.with_name("other.jsonl")
    os.link(path, other)

    with writing(path) as ledger:
        ledger.extend([encode(NEW), encode(MORE)])

    assert path.samefile(other)
    assert lines_of(other) == [encode(OLD), encode(NEW), encode(MORE)]
    assert sorted(path.parent.iterdir()) == [other, path]


def test_a_ledger_behind_a_symbolic_link_stays_where_it_is(path: Path, tmp_path: Path) -> None:
    """The file that the link names is replaced, not the link."""
    link = tmp_path / "linked.jsonl"
    link.symlink_to(path)

    with writing(link) as ledger:
        ledger.extend([encode(NEW)])

    assert link.is_symlink()
    assert lines_of(path) == [encode(OLD), encode(NEW)]


def test_a_ledger_that_cannot_be_replaced_is_appended_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the file alone is mounted."""

    def refuse(_draft: Path, _target: Path) -> None:
        raise OSError(16, "busy")

    monkeypatch.setattr(Path, "replace", refuse)
    before = path.stat().st_ino
    with writing(path) as ledger:
        ledger.extend([encode(NEW)])

    assert lines_of(path) == [encode(OLD), encode(NEW)]
    assert path.stat().st_ino == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("hard_link", [False, True])
def test_a_last_line_without_its_end_gets_one_first(tmp_path: Path, hard_link: bool) -> None:  # noqa: FBT001
    """Two entries never share a line, whichever way they are written."""
    path = tmp_path / "progress.jsonl"
    path.write_bytes(encode(OLD).rstrip(b"\n"))
    if hard_link:
        os.link(path, tmp_path / "other.jsonl")

    with writing(path) as ledger:
        ledger.append([NEW])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    with writing(path) as ledger:
        ledger.extend([encode(MORE)])

    assert lines_of(path) == [encode(OLD), encode(NEW), encode(MORE)]


def test_nothing_to_append_touches_nothing(path: Path) -> None:
    """Not even an end of line that is missing."""
    path.write_bytes(encode(OLD).rstrip(b"\n"))
    with writing(path) as ledger:
        ledger.append([])

    assert path.read_bytes() == encode(OLD).rstrip(b"\n")


@pytest.mark.parametrize("hard_link", [False, True])
def test_a_disk_that_fails_leaves_the_ledger_as_it_was(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    hard_link: bool,  # noqa: FBT001
) -> None:
    """No half of what was to be recorded stays, no draft, and the reason is said."""
    if hard_link:
        os.link(path, path.with_name("other.jsonl"))
    names = sorted(path.parent.iterdir())
    real, calls = os.fsync, []

    def fail(handle: int) -> None:
        calls.append(handle)
        if len(calls) == (2 if hard_link else 1):
            raise OSError(28, "full")
        real(handle)

    with writing(path) as ledger:
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(EnvironmentProblem, match=r"cannot be read or written: no space is left on the disk"):
            ledger.extend([encode(NEW)])

    assert lines_of(path) == [encode(OLD)]
    assert sorted(path.parent.iterdir()) == names


FULL = Problem(
    "progress.jsonl",
    Message("cannot be read or written: no space is left on the disk"),
    Message("free the disk or the permissions of the folder; nothing was recorded"),
)


def test_an_append_that_fails_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is as long as before."""
    real, calls = os.fsync, []

    def fail(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            raise OSError(28, "full")
        real(handle)

    with writing(path) as ledger:
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(EnvironmentProblem) as refused:
            ledger.append([NEW, MORE])

    assert refused.value.problems == (FULL,)
    assert lines_of(path) == [encode(OLD)]


def test_half_a_write_is_no_write(path: Path) -> None:
    """As where the disk is full in the middle of a line: the ledger is as long as before."""

    class Short(io.FileIO):
        def write(self, data: Any) -> int:
            return super().write(data[: len(data) // 2])

    with Short(path, "a+") as stream, pytest.raises(EnvironmentProblem) as refused:
        jsonl.Writer(path, stream, read(path)).append([NEW])

    assert refused.value.problems == (FULL,)
    assert lines_of(path) == [encode(OLD)]


def test_a_line_that_stands_twice_counts_once(path: Path) -> None:
    """A union merge may repeat lines; each entry knows the line at which it stands first."""
    path.write_bytes(encode(OLD) + b"\n" + encode(NEW) + encode(OLD) + encode(MORE))

    ledger = read(path)

    assert ledger.entries == [OLD, NEW, MORE]
    assert list(ledger.lines) == [1, 3, 5]
    assert ledger.ids() == {OLD.id, NEW.id, MORE.id}
    assert ledger.name == "progress.jsonl"


def problems_in(path: Path, *entries: Entry) -> list[tuple[str, str, str]]:
    """Where, what and how to mend it, of a ledger of these entries."""
    path.write_bytes(b"".join(map(encode, entries)))
    return [(problem.where, str(problem.what), str(problem.fix)) for problem in read(path).problems]


def test_zero_with_a_sign_is_read_as_it_was_recorded(path: Path) -> None:
    """What `record` writes of -0 is no line that was edited."""
    assert problems_in(path, figure("-0"), figure("-0.0", "2026"), figure("-0E+2", "2027")) == []


def test_a_line_that_was_edited_is_named(path: Path) -> None:
    """Its content no longer gives its id; the ones around it are sound."""
    assert problems_in(path, OLD, figure("2", "2026", id="abc"), MORE) == [
        (
            "progress.jsonl:2",
            "the line was edited: its content no longer gives the id abc",
            "restore the line, then correct it with 'aiplus record … --replaces abc'",
        )
    ]


def test_a_line_with_the_id_of_another_is_no_repetition(path: Path) -> None:
    """A line that was copied and given a new period still has the old id; it is kept, as it may be referred to."""
    copied = figure("2", "2026", id=OLD.id)

    assert problems_in(path, OLD, MORE, copied, OLD) == [
        (
            "progress.jsonl:3",
            "the line has the id of line 1 and says something else",
            "cut this line out of the file into another one, then record its figure with 'aiplus record'",
        )
    ]
    assert (read(path).entries, list(read(path).lines)) == ([OLD, MORE, copied], [1, 2, 3])


def test_no_byte_of_what_an_entry_says_can_be_changed_unnoticed(path: Path) -> None:
    """When and by whom it was recorded is no part of that."""
    line = encode(figure("52.25", source="CNNIC 第57次报告", note="初步", bound=">"))

    for at in range(line.index(b'"recorded_at"')):
        path.write_bytes(line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :])
        assert read(path).problems, line[:at]


MANY = [figure(str(number)) for number in range(3 * AT_ONCE)]


@pytest.mark.parametrize("at", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 7, 3 * AT_ONCE])
@pytest.mark.parametrize("line", [b"\n", b"not JSON\n", b" " * 300_000 + b"\n", encode(withdrawal("a"))])
def test_what_stands_between_many_figures_moves_none_of_them(at: int, line: bytes, path: Path) -> None:
    """A line that is empty, unreadable, overlong or no figure: the others keep their lines."""
    lines = [encode(entry) for entry in MANY]
    path.write_bytes(b"".join([*lines[:at], line, *lines[at:]]))

    ledger = read(path)

    found = dict(zip(ledger.lines, ledger.entries, strict=True))
    assert {number: entry for number, entry in found.items() if number != at + 1} == {
        index + 1 + (index >= at): entry for index, entry in enumerate(MANY)
    }
    assert [problem.where for problem in ledger.problems] == (
        [f"progress.jsonl:{at + 1}"] if line == b"not JSON\n" or len(line) > MAX_LINE else []
    )


@pytest.mark.parametrize("at", [0, AT_ONCE - 1, AT_ONCE, 3 * AT_ONCE - 1])
def test_an_edited_line_among_many_is_named(at: int, path: Path) -> None:
    """Wherever it stands; and it is the only one."""
    edited = [*MANY[:at], figure("1", "2024", id=MANY[at].id), *MANY[at + 1 :]]

    assert [where for where, _, _ in problems_in(path, *edited)] == [f"progress.jsonl:{at + 1}"]


def test_every_line_that_cannot_be_read_is_named(path: Path) -> None:
    """The ones around it are read, and nothing is appended to such a ledger."""
    path.write_bytes(encode(OLD) + b"{}\n" + encode(NEW) + b"not JSON\n")

    ledger = read(path)

    assert ledger.entries == [OLD, NEW]
    assert list(ledger.lines) == [1, 3]
    assert [problem.where for problem in ledger.problems] == ["progress.jsonl:2", "progress.jsonl:4"]
    with pytest.raises(InputProblem) as refused, writing(path):
        pass
    assert [problem.where for problem in refused.value.problems] == ["progress.jsonl:2", "progress.jsonl:4"]


@pytest.mark.parametrize(("length", "fits"), [(65536, True), (65537, False)])
def test_a_line_has_at_most_64_kib(path: Path, length: int, fits: bool) -> None:  # noqa: FBT001
    """With its end; a longer one is no entry, whatever it says."""
    line = encode(figure("1", note="x"))
    line = encode(figure("1", note="x" * (length - len(line) + 1)))
    assert len(line) == length
    path.write_bytes(line)

    assert (len(read(path).entries), len(read(path).problems)) == ((1, 0) if fits else (0, 1))


def test_behind_a_line_of_any_length_the_next_one_is_read(path: Path) -> None:
    """The long one is named with its size, whether it has an end or not."""
    path.write_bytes(encode(OLD) + b"x" * 200_000 + b"\n" + encode(NEW) + b"y" * 150_000)
    ledger = read(path)

    assert (ledger.entries, list(ledger.lines)) == ([OLD, NEW], [1, 3])
    assert [(problem.where, str(problem.what)) for problem in ledger.problems] == [
        ("progress.jsonl:2", "the line has 200001 bytes"),
        ("progress.jsonl:4", "the line has 150000 bytes"),
    ]


def test_a_ledger_that_another_program_holds_is_waited_for_and_then_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written meanwhile; what was held is free afterwards."""
    monkeypatch.setattr(jsonl, "LOCK_SECONDS", 0.05)
    with writing(path), pytest.raises(EnvironmentProblem) as refused, writing(path):
        pass
    held = Message("locked by another program for {seconds} seconds", seconds=0)
    fix = Message("wait until it has finished, then run the command again")
    assert refused.value.problems == (Problem("progress.jsonl", held, fix),)
    with writing(path) as ledger:
        ledger.append([NEW])

    assert lines_of(path) == [encode(OLD), encode(NEW)]


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    """It is said which one, and why."""
    with pytest.raises(EnvironmentProblem, match="cannot be read or written: it is a folder"):
        read(tmp_path)
    with pytest.raises(EnvironmentProblem, match="cannot be read or written: it is a folder"), writing(tmp_path):
        pass


def test_a_withdrawal_is_read_as_it_was_written(path: Path) -> None:
    """Beside figures."""
    gone = withdrawal(OLD.id)
    with writing(path) as ledger:
        ledger.append([gone])

    assert read(path).entries == [OLD, gone]
