"""A workspace as programs use it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import aiplus_cli
from aiplus_cli import Workspace
from aiplus_cli.errors import EnvironmentProblem, UsageProblem
from aiplus_cli.ledger.entries import Withdrawal
from aiplus_cli.workspace.notes import Note
from conftest import LEDGER, PLAN, write_workspace

DAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a small plan and five entries."""
    return write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})


def test_a_workspace_is_found_from_a_folder_below_it(folder: Path) -> None:
    """A workspace is opened by its folder, or by any folder in it."""
    (folder / "notes" / "2026").mkdir(parents=True)

    assert Workspace.open(folder / "notes" / "2026").folder == folder


def test_a_folder_without_a_plan_is_no_workspace(tmp_path: Path) -> None:
    """Where there is no targets.yaml, opening raises EnvironmentProblem, which says what to do."""
    with pytest.raises(EnvironmentProblem) as raised:
        Workspace.open(tmp_path)

    assert "aiplus init" in str(raised.value.problems[0].fix)


def test_a_path_without_a_workspace_is_named(tmp_path: Path, folder: Path) -> None:
    """The error says where a workspace was sought; a folder that is not there is not taken for the one above."""
    assert folder == tmp_path

    for path in (folder / "typo", folder.parent.parent):
        with pytest.raises(EnvironmentProblem) as raised:
            Workspace.open(path)
        assert raised.value.problems[0].where == str(path)


def test_days_are_dates_or_text(folder: Path) -> None:
    """A day may be a date or ISO text; the clock stands where the vintage ends."""
    house = Workspace.open(folder)

    assert house.status(as_of="2026-11-24") == house.status(as_of=DAY)
    assert house.status(as_of=DAY).today == DAY


def test_one_id_needs_no_list(folder: Path) -> None:
    """One id may be given as text, several as a list; regions by code or name."""
    house = Workspace.open(folder)
    one = house.status(indicators="gen", regions="湖南", as_of=DAY)

    assert one == house.status(indicators=["gen"], regions=["CN-HN"], as_of=DAY)
    assert {row.region for row in one.results} == {"CN-HN"}


def test_files_are_read_anew(folder: Path) -> None:
    """Each call reads the files as they are then."""
    house = Workspace.open(folder)
    before = house.status(indicators="gen", as_of=DAY).results[0].value
    (folder / "progress.jsonl").write_text("", encoding="utf-8")

    assert before == Decimal(50)
    assert house.status(indicators="gen", as_of=DAY).results[0].value is None


def test_a_wrong_id_is_named_with_its_neighbours(folder: Path) -> None:
    """An id that the plan does not have raises UsageProblem with the nearest that it has."""
    with pytest.raises(UsageProblem) as raised:
        Workspace.open(folder).status(milestones="2028", as_of=DAY)

    assert str(raised.value.problems[0].fix) == "did you mean 2027?"


@pytest.mark.parametrize(
    ("call", "option"),
    [
        (lambda house: house.status(method="guess"), "--method"),
        (lambda house: house.forecast("gen", level=1.5), "--level"),
        (lambda house: house.forecast("role"), "INDICATOR"),
        (lambda house: house.check(fail_on="stale", warn_on=["stale"]), "--warn-on"),
        (lambda house: house.diff(since="2026-11-24", until="2026-10-01"), "--from"),
        (lambda house: house.snapshot(as_of="2026-11-25", today="2026-11-24"), "--as-of"),
        (lambda house: house.status(as_of="2026-11-25", today="2026-11-24"), "--as-of"),
        (lambda house: house.log("gem"), "INDICATOR"),
        (lambda house: house.due(owner="nobody"), "--owner"),
        (lambda house: house.due(within="soon"), "--within"),
        (lambda house: house.forecast("gen", region="Atlantis"), "--region"),
    ],
)
def test_options_that_cannot_be_used_are_named(folder: Path, call: Callable[[Workspace], object], option: str) -> None:
    """An option that cannot be used as given raises UsageProblem, which names it as the command line does."""
    with pytest.raises(UsageProblem) as raised:
        call(Workspace.open(folder))

    assert raised.value.problems[0].where == option


def test_notes_are_told_to_who_listens(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed; what there is to say beside a result goes to the listener."""
    heard: list[Note] = []
    Workspace.open(folder, tell=heard.append).diff(until=DAY)
    printed = capsys.readouterr()

    assert [str(note.text) for note in heard if "compared with 2026-10-31" in str(note.text)] != []
    assert (printed.out, printed.err) == ("", "")


def test_a_snapshot_is_written_once(folder: Path) -> None:
    """The run of a month is written once; the same question again keeps it."""
    house = Workspace.open(folder)
    first, second = house.snapshot(today=DAY), house.snapshot(today=DAY)

    assert first.path == folder / "runs" / "2026-11.json"
    assert (first.is_written, second.is_written) == (True, False)


def test_a_new_workspace_has_the_packaged_plan(tmp_path: Path) -> None:
    """`create` writes the packaged plan with its figures, and refuses a folder that has one."""
    house = Workspace.create(tmp_path / "new")

    assert house.validate(today=DAY).problems == ()
    assert house.status(as_of=DAY).plan == house.plan.about.id
    with pytest.raises(EnvironmentProblem):
        Workspace.create(tmp_path / "new")


def test_validate_gives_back_what_is_wrong(folder: Path) -> None:
    """What `validate` finds is its result, the document that `--format json` prints, and no error."""
    with (folder / "progress.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write("{}\n")
    found = Workspace.open(folder).validate(today=DAY)

    assert found.schema == "aiplus.validate/1"
    assert [row.where.startswith("progress.jsonl:") for row in found.problems] == [True]
    assert str(found.problems[0].what) == str(found.problems[0].problem.what)


def test_the_package_is_light_until_it_is_used() -> None:
    """Importing the package, or the class, loads no library."""
    heavy = {"pydantic", "yaml", "msgspec", "rich"}
    code = f"import sys, aiplus_cli\naiplus_cli.Workspace\nprint(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


def test_a_figure_is_recorded_once(folder: Path) -> None:
    """`record` gives back what it appended; the same figure again is known, and a withdrawal takes it back."""
    house = Workspace.open(folder, author="tester")
    day = date(2026, 10, 1)
    first = house.record("gen", "55.5%", period="2026-09", published=day, source="CNNIC")
    again = house.record("gen", Decimal("55.5"), period="2026年9月", published="2026-10-01", source="CNNIC")
    house.withdraw(first.entries[0].id, reason="a slip")

    assert [entry.recorded_by for entry in first.entries] == ["tester"]
    assert again.entries == ()
    assert house.log("gen").entries[-1].id not in {entry.id for entry in first.entries}


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    """A dry run gives the entry that would be appended, and leaves the ledger as it was."""
    done = Workspace.open(folder).record("gen", "超55%", period="2026-09", dry_run=True)

    assert [(entry.value, entry.bound) for entry in done.entries if not isinstance(entry, Withdrawal)] == [
        (Decimal(55), ">")
    ]
    assert (folder / "progress.jsonl").read_text(encoding="utf-8") == LEDGER


def test_a_file_is_imported_whole_or_not_at_all(folder: Path) -> None:
    """With one value that cannot be read nothing is written; accepted, the valid ones are."""
    table = folder / "figures.csv"
    table.write_text("indicator,period,value\ngen,2026-08,52\ngen,2026-09,many\n", encoding="utf-8")
    house = Workspace.open(folder)
    refused = house.import_(table, published="2026-10-01", source="CNNIC")
    accepted = house.import_(table, published="2026-10-01", source="CNNIC", accept_valid=True)

    assert (refused.written, refused.rejected) == (0, 1)
    assert (accepted.written, accepted.rejected) == (1, 1)


def test_the_package_says_that_it_is_typed() -> None:
    """Type checkers read its types wherever it is installed; tests/typed.py is what they make of them."""
    assert Path(aiplus_cli.__file__).with_name("py.typed").is_file()


def test_a_datetime_is_the_day_that_its_clock_shows(folder: Path) -> None:
    """A datetime is taken for its day."""
    house = Workspace.open(folder)

    assert house.status(as_of=datetime(2026, 11, 24, 3, tzinfo=UTC)) == house.status(as_of=DAY)


def test_files_may_be_paths_or_text(folder: Path) -> None:
    """The mapping of an import and the run of a diff may be paths or text."""
    (folder / "table.csv").write_text("what,when,how much\ngen,2026-09,51\n", encoding="utf-8")
    mapping = folder / "mapping.yaml"
    mapping.write_text(
        "schema: aiplus.mapping/1\ncolumns: {what: indicator, when: period, how much: value}\n", encoding="utf-8"
    )
    house = Workspace.open(folder)
    one, other = (house.import_(folder / "table.csv", mapping=each, dry_run=True) for each in (mapping, str(mapping)))
    run = house.snapshot(as_of=DAY).path

    assert one == other
    assert house.diff(since=run, until=DAY) == house.diff(since=str(run), until=DAY)


def test_an_import_of_nothing_is_a_usage_problem(folder: Path) -> None:
    """An import without a file is refused, not done."""
    with pytest.raises(UsageProblem):
        Workspace.open(folder).import_()


def test_what_a_program_needs_is_offered_at_the_door(folder: Path) -> None:
    """Errors and the way from a document to JSON are had from the package itself, which lists them."""
    with pytest.raises(aiplus_cli.UsageProblem):
        Workspace.open(folder).show("nothing")

    text = aiplus_cli.encode_json(Workspace.open(folder).status(as_of=DAY))

    assert json.loads(text)["schema"] == "aiplus.status/1"
    assert {"Workspace", "UsageProblem", "encode_json"} <= set(dir(aiplus_cli))
