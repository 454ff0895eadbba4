"""Where nothing was assessed, a job gets the annotations and files that it asked for all the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from junitparser import Error, JUnitXml

from aiplus_cli.cli.checkout import TOPS, shown_path, told
from aiplus_cli.contract.schemas import schema_of
from aiplus_cli.render.formats import FORMATS
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

DATA = Path(__file__).parent / "data"
SOUND = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}
OLD = "a report of last month: all green"
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EDITED = LEDGER[: LEDGER.index("50.0")].count("\n") + 1
UNKNOWN_GATE = (
    'waivers:\n  - {gate: nope, indicator: gen, milestone: "2027", reason: x, owner: y, expires: 2026-12-31}\n'
)
EVIL = "::error::x ]]> | <b> @all\u202e https://x.example"
HOSTILE_PLAN = PLAN.replace("area: sci, measure: rating", f"area: '{EVIL}', measure: rating")

KINDS: dict[str, tuple[dict[str, str], list[str], int, list[tuple[str | None, int | None]]]] = {
    "broken YAML": ({**SOUND, "targets.yaml": PLAN + "x: [\n"}, [], 3, [("targets.yaml", 31)]),
    "an edited figure": (
        {**SOUND, "progress.jsonl": LEDGER.replace("50.0", "71.0")}, [], 3, [("progress.jsonl", EDITED)]),
    "an unknown gate": ({**SOUND, "targets.yaml": PLAN + UNKNOWN_GATE}, [], 3, [("targets.yaml", 31)]),
    "no plan": ({"progress.jsonl": LEDGER}, [], 4, [("targets.yaml", None)]),
    "a plan that is a folder": (
        {"targets.yaml/x": "", "progress.jsonl": LEDGER}, [], 4, [("targets.yaml", None)]),
    "an unknown option": (SOUND, ["--bogus"], 2, [(None, None)]),
    "an option that is no text": (SOUND, ["--b\udcff"], 2, [(None, None)]),
    "a method that is no text": (SOUND, ["--method", "b\udcff"], 2, [(None, None)]),
    "a method that there is not": (SOUND, ["--method", "guess"], 2, [(None, None)]),
    "no word": (SOUND, ["--fail-on", ""], 2, [(None, None)]),
    "an output in the place of the ledger": (SOUND, ["-o", "json=progress.jsonl"], 2, [("progress.jsonl", None)]),
    "a hostile plan": ({**SOUND, "targets.yaml": HOSTILE_PLAN}, [], 3, [("targets.yaml", 28)]),
}  # fmt: skip
"""Files, options, exit code, and the places that are at fault."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_says_that_nothing_was_assessed(tmp_path: Path, kind: str) -> None:
    """Each file is one of its format, of this run, and names every problem with its file and line."""
    files, options, code, places = KINDS[kind]
    folder = write_workspace(tmp_path, {**files, **dict.fromkeys(READERS, OLD)})
    done = run_aiplus(["check", *options, *(word for name in READERS for word in ("-o", f"{name}={name}"))], folder)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in READERS}

    assert done.code == code, done.err
    assert {name: READERS[name](text, code) for name, text in texts.items()} == dict.fromkeys(READERS, places)
    assert [name for name, text in texts.items() if UNSEEN.search(text)] == []


def read_json(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """The document of its schema."""
    document = json.loads(text)
    problems = Draft202012Validator(schema_of("failure"), format_checker=FormatChecker()).iter_errors(document)

    assert [problem.message for problem in problems] == []
    assert (document["schema"], document["exit_code"]) == ("aiplus.failure/1", code)
    return [(row["path"], row["line"]) for row in document["problems"]]


def read_sarif(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """A log of SARIF 2.1.0 whose run was not successful."""
    log = json.loads(text)
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    (run,) = log["runs"]
    (invocation,) = run["invocations"]
    found = invocation["toolExecutionNotifications"]
    known = {each["id"] for each in run["tool"]["driver"]["notifications"]}
    spots = [each.get("locations", [{"physicalLocation": {}}])[0]["physicalLocation"] for each in found]

    assert list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(log)) == []
    assert (invocation["executionSuccessful"], invocation["exitCode"], run["results"]) == (False, code, [])
    assert {each["level"] for each in found} == {"error"}
    assert {each["descriptor"]["id"] for each in found} <= known
    return [(spot.get("artifactLocation", {}).get("uri"), spot.get("region", {}).get("startLine")) for spot in spots]


def read_junit(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """Test reports in which every case is an error."""
    xml = JUnitXml.fromstring(text.encode())
    cases = [case for suite in xml for case in suite]

    assert (xml.tests, xml.failures, xml.errors) == (len(cases), 0, len(cases))
    assert all(isinstance(result, Error) and f"code {code}" in result.text for case in cases for result in case.result)
    return [place_in(case.name) for case in cases]


def read_github(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """Errors of a job."""
    commands = [re.fullmatch(r"::error (?:file=([^,:]+),)?(?:line=(\d+),)?title=[^,:]+::.+", line)
                for line in text.splitlines()]  # fmt: skip

    assert code
    assert all(commands)
    return [(each[1], int(each[2]) if each[2] else None) for each in commands if each]


def read_gitlab(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """Issues that block, each at a place; what stands in no file is shown at the plan."""
    issues = json.loads(text)

    assert code
    assert {issue["severity"] for issue in issues} == {"blocker"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    return [place_in(issue["description"]) for issue in issues]


def read_markdown(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """A table with a row a problem."""
    head, _, *rows = [line for line in text.splitlines() if line.startswith("|")]

    assert f"code {code}" in text
    assert {row.replace("\\|", "").count("|") for row in rows} == {head.count("|")}
    assert "<b>" not in text
    return [place_in(row.removeprefix("| ").replace("\\", "").replace(" |", ":", 1)) for row in rows]


def read_text(text: str, code: int) -> Sequence[tuple[str | None, int | None]]:
    """What standard error says."""
    errors = [line.removeprefix("error: ") for line in text.splitlines() if line.startswith("error: ")]

    assert code
    assert not re.search(r"^\s*::", text, re.MULTILINE)
    return [place_in(line) for line in errors]


def place_in(text: str) -> tuple[str | None, int | None]:
    """The file and the line that a text begins with."""
    found = re.match(r"([a-z]+\.[a-z]+)(?::(\d+))?:", text)
    return (found[1], int(found[2]) if found[2] else None) if found else (None, None)


READERS: dict[str, Callable[[str, int], Sequence[tuple[str | None, int | None]]]] = {
    "text": read_text,
    "json": read_json,
    "junit": read_junit,
    "sarif": read_sarif,
    "github": read_github,
    "gitlab": read_gitlab,
    "markdown": read_markdown,
}


def test_what_standard_output_was_promised_comes_beside_the_files(tmp_path: Path) -> None:
    """Annotations for the step, its summary, and each file, at once; the errors stay on standard error."""
    folder = write_workspace(tmp_path, {**SOUND, "targets.yaml": PLAN + "x: [\n", "summary.md": "# before\n"})
    outputs = ["-ojunit=a.xml", "--output=sarif=a.sarif", "-o", "json=a.json"]
    done = run_aiplus(
        ["check", "--format", "text", "--format=github", *outputs], folder, {"GITHUB_STEP_SUMMARY": "summary.md"}
    )
    summary = (folder / "summary.md").read_text(encoding="utf-8")

    assert done.out.startswith("::error file=targets.yaml,line=31,title=")
    assert done.err.startswith("error: targets.yaml:31: ")
    assert all((folder / f"a.{ending}").exists() for ending in ("xml", "sarif", "json"))
    assert summary.startswith("# before\n# aiplus check\n\nnothing was assessed")


@pytest.mark.parametrize("output", ["targets.yaml", "sarif=progress.jsonl", "junit=./targets.yaml"])
def test_no_report_of_a_failure_takes_the_place_of_the_plan_or_the_ledger(tmp_path: Path, output: str) -> None:
    """Whatever is wrong with the command line."""
    folder = write_workspace(tmp_path, SOUND)
    done = run_aiplus(["check", "--bogus", "--output", output], folder)

    assert done.code == 2
    assert {name: (folder / name).read_text(encoding="utf-8") for name in SOUND} == SOUND


@pytest.mark.parametrize("options", [["--format", "pdf"], ["-o", "junit="], ["-o", ""], ["-o"], ["--", "-o", "x.txt"]])
def test_an_output_that_names_nothing_gets_nothing(tmp_path: Path, options: list[str]) -> None:
    """The error is told, no file comes of it."""
    folder = write_workspace(tmp_path, SOUND)
    done = run_aiplus(["check", *options], folder)

    assert (done.code, done.out) == (2, "")
    assert {path.name for path in folder.iterdir()} == set(SOUND)


def test_a_bug_is_reported_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1 leaves no report of an earlier run behind either."""
    folder = write_workspace(tmp_path, {**SOUND, "a.json": OLD})
    monkeypatch.setattr("aiplus_cli.workspace.checking.judge", lambda *_: 1 / 0)
    done = run_aiplus(["check", "--output", "json=a.json"], folder)
    document = json.loads((folder / "a.json").read_text(encoding="utf-8"))

    assert (done.code, document["exit_code"], document["kind"]) == (1, 1, "bug")


def test_other_commands_write_no_such_report(tmp_path: Path) -> None:
    """What `check` is to jobs, `status` is to people: its output is left alone."""
    folder = write_workspace(tmp_path, {"report": OLD})
    done = run_aiplus(["status", "--output", "report"], folder)

    assert done.code == 4
    assert (folder / "report").read_text(encoding="utf-8") == OLD


# --- places -----------------------------------------------------------------------------------------------------

HOME = "计划 与 figures/2026"
"""A folder below the top of the repository."""
BROKEN = PLAN + "x: [\n"


def by_git(top: Path) -> dict[str, str]:
    (top / ".git").mkdir()
    return {}


def by_worktree(top: Path) -> dict[str, str]:
    (top / ".git").write_text("gitdir: /elsewhere/.git/worktrees/top\n", encoding="utf-8")
    return {}


def by_variable(name: str) -> Callable[[Path], dict[str, str]]:
    return lambda top: {name: str(top)}


TOP: dict[str, Callable[[Path], dict[str, str]]] = {
    "git": by_git,
    "a worktree of git": by_worktree,
    **{name: by_variable(name) for name in TOPS},
    "the checkout within the folder of the job": lambda top: {**by_git(top), "GITHUB_WORKSPACE": str(top.parent)},
    "git above the folder of the job": lambda top: {**by_git(top.parent), "CI_PROJECT_DIR": f"{top}/"},
    "a variable that names another folder": lambda top: {**by_git(top), "WORKSPACE": "/nowhere"},
}  # fmt: skip


@pytest.mark.parametrize("service", TOP)
def test_places_are_told_from_the_top_of_the_repository(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every service, from whatever folder: as the repository has it."""
    top = tmp_path / "job" / "top"
    folder = write_workspace(top / HOME, {**SOUND, "below/x": ""})
    for name in TOPS:
        monkeypatch.delenv(name, raising=False)
    for name, value in TOP[service](top).items():
        monkeypatch.setenv(name, value)
    for here in (folder, folder / "below", tmp_path):
        monkeypatch.chdir(here)

        assert shown_path(folder / "targets.yaml") == f"{HOME}/targets.yaml"


@pytest.mark.parametrize("plan", [PLAN, BROKEN], ids=["findings", "failure"])
def test_every_format_has_the_places_of_the_repository(tmp_path: Path, plan: str) -> None:
    """Those of findings and those of failures alike; SARIF has them as URIs."""
    folder = write_workspace(tmp_path / HOME, {**SOUND, "targets.yaml": plan, "below/x": ""})
    names = ("github", "sarif", "gitlab")
    by_git(tmp_path)
    run_aiplus(["check", *(word for name in names for word in ("-o", f"{name}={name}"))], folder / "below")
    github, sarif, gitlab = ((folder / "below" / name).read_text(encoding="utf-8") for name in names)
    log = json.loads(sarif)["runs"][0]
    found = [*log["results"], *log["invocations"][0].get("toolExecutionNotifications", [])]
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in found}

    assert set(re.findall("file=([^,]+),", github)) == {f"{HOME}/targets.yaml"}
    assert {issue["location"]["path"] for issue in json.loads(gitlab)} == {f"{HOME}/targets.yaml"}
    assert all(uri.isascii() and " " not in uri for uri in uris)
    assert {unquote(uri) for uri in uris} == {f"{HOME}/targets.yaml"}


def test_a_link_to_the_checkout_is_the_checkout(tmp_path: Path) -> None:
    """The service may call the folder by another name than the system does."""
    folder = write_workspace(tmp_path / "real" / "plans", {**SOUND, "targets.yaml": BROKEN})
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    done = run_aiplus(["check", "--format", "github"], folder, {"GITHUB_WORKSPACE": str(tmp_path / "link")})

    assert done.out.startswith("::error file=plans/targets.yaml,line=31,")


def test_without_any_repository_a_place_is_told_from_here(tmp_path: Path) -> None:
    """From the current folder where the plan is in it, else by its bare name."""
    folder = write_workspace(tmp_path, {**SOUND, "targets.yaml": BROKEN, "below/x": ""})
    found = [run_aiplus(["check", "--format", "github"], here, {}).out for here in (folder, folder / "below")]

    assert [each.split(",")[0] for each in found] == ["::error file=targets.yaml"] * 2


def test_windows_places_have_the_slashes_of_the_repository() -> None:
    """Whatever parts the names where the check runs."""
    assert told(PureWindowsPath(r"D:\a\计划\targets.yaml"), PureWindowsPath("d:\\A")) == "计划/targets.yaml"
    assert told(PureWindowsPath(r"D:\a\targets.yaml"), PureWindowsPath("C:\\")) == "targets.yaml"
    assert told(PurePosixPath("/a/b\udcff/targets.yaml"), PurePosixPath("/a")) == "b\\udcff/targets.yaml"


def test_every_format_has_its_reader() -> None:
    """No format of `check` is without its report of a failure, and none of those goes untested."""
    assert list(FORMATS["failure"]) == list(FORMATS["check"])
    assert set(READERS) == set(FORMATS["check"])
