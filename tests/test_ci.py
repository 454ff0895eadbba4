"""What is ready to copy works: the action, the workflows, the job, the hook and the script; their pages show them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiplus_cli.check.records import RULES
from conftest import environment, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
DOCS, EXAMPLES = REPOSITORY / "docs", REPOSITORY / "examples"
UPDATE = bool(os.environ.get("AIPLUS_UPDATE"))
LAUNCHER = f'#!/bin/sh\nexec "{sys.executable}" -m aiplus_cli "$@"\n'
"""`aiplus`, as an installed one would be found."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the real workspace, with the program and the script that the examples call."""
    folder = tmp_path / "plan"
    write_workspace(folder, {"bin/aiplus": LAUNCHER})
    (folder / "bin" / "aiplus").chmod(0o755)
    for path in (REPOSITORY / "targets.yaml", REPOSITORY / "progress.jsonl", EXAMPLES / "monthly.sh"):
        shutil.copy(path, folder)
    return folder


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub's runner does, with the program on the path."""
    env = environment({"GIT_CONFIG_GLOBAL": os.devnull, **variables})
    env["PATH"] = f"{folder / 'bin'}:{env['PATH']}"
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def step(path: Path, name: str) -> dict[str, Any]:
    """The step of that name, in an action or in a workflow."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = (
        document["runs"]["steps"] if "runs" in document else [s for j in document["jobs"].values() for s in j["steps"]]
    )
    return next(each for each in steps if each.get("name") == name)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", REPOSITORY / "action.yml"),
        ("github-workflows", EXAMPLES / "github-monthly.yml"),
        ("github-workflows", EXAMPLES / "github-check.yml"),
        ("gitlab-ci", EXAMPLES / "gitlab-ci.yml"),
        ("azure-pipelines", EXAMPLES / "azure-pipelines.yml"),
        ("bitbucket-pipelines", EXAMPLES / "bitbucket-pipelines.yml"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_each_file_is_what_its_service_reads(schema: str, path: Path) -> None:
    """The services' own schemas find nothing wrong."""
    from check_jsonschema import main  # type: ignore[import-untyped]

    asked = ["--builtin-schema", f"vendor.{schema}", str(path)]
    if schema == "azure-pipelines":  # its schema is written for another dialect of patterns
        asked += ["--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"]

    assert main(asked, standalone_mode=False) == 0


@pytest.mark.parametrize(
    ("arguments", "code"), [("", 10), ("--exit-zero", 0), ("--fail-on none --warn-on off_track --milestone 2027", 11)]
)
def test_the_action_ends_with_the_code_of_the_check_and_states_it(workspace: Path, arguments: str, code: int) -> None:
    """Annotations on standard output, the summary in its file, the code as an output."""
    files = {"GITHUB_OUTPUT": str(workspace / "out"), "GITHUB_STEP_SUMMARY": str(workspace / "summary.md")}
    check = step(REPOSITORY / "action.yml", "Check")
    done = bash(check["run"], workspace, ARGUMENTS=arguments, AIPLUS_LANG="zh", **files)

    assert done.returncode == code, done.stderr
    assert (workspace / "out").read_text() == f"exit-code={code}\n"
    assert all(line.startswith("::") for line in done.stdout.splitlines())
    assert "检查" in (workspace / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("", []),
        ("--strict\n--milestone 2027\n", ["--strict", "--milestone", "2027"]),
        ("--strict\r\n  --exit-zero", ["--strict", "--exit-zero"]),
        ("""--output "my report.txt" --area '*'""", ["--output", "my report.txt", "--area", "*"]),
        ("--indicator ''", ["--indicator", ""]),
        (r"--output my\ report.txt", ["--output", "my report.txt"]),
    ],
)
def test_the_arguments_of_the_action_arrive_as_they_are_written(
    workspace: Path, arguments: str, words: list[str]
) -> None:
    """Each line, each quoted word: what a shell would make of them."""
    (workspace / "bin" / "aiplus").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > words\n')
    check = step(REPOSITORY / "action.yml", "Check")
    done = bash(check["run"], workspace, ARGUMENTS=arguments, GITHUB_OUTPUT=str(workspace / "out"))

    assert done.returncode == 0, done.stderr
    assert (workspace / "words").read_text().split("\n")[3:-1] == words


def test_a_quote_that_is_not_closed_is_a_usage_error(workspace: Path) -> None:
    """Nothing is checked on half of the arguments."""
    check = step(REPOSITORY / "action.yml", "Check")
    done = bash(check["run"], workspace, ARGUMENTS="--area 'x", GITHUB_OUTPUT=str(workspace / "out"))

    assert (done.returncode, (workspace / "out").read_text()) == (2, "exit-code=2\n")
    assert done.stdout.startswith("::error ")


@pytest.mark.parametrize(
    "attack", ["$(touch hacked)", "; touch hacked", "`touch hacked`", "--milestone '2027\ntouch hacked'"]
)
def test_the_arguments_of_the_action_are_no_script(workspace: Path, attack: str) -> None:
    """What somebody writes into an input is never run."""
    (workspace / "bin" / "aiplus").write_text("#!/bin/sh\nexit 2\n")
    check = step(REPOSITORY / "action.yml", "Check")
    bash(check["run"], workspace, ARGUMENTS=attack, GITHUB_OUTPUT=str(workspace / "out"))

    assert "${{" not in check["run"]
    assert not (workspace / "hacked").exists()


def check_step(workspace: Path) -> subprocess.CompletedProcess[str]:
    """The action, with the arguments of the example."""
    (uses,) = [each for each in read_steps("github-check.yml", "jobs", "check") if "arguments" in each.get("with", {})]
    run = step(REPOSITORY / "action.yml", "Check")["run"]
    return bash(run, workspace, ARGUMENTS=uses["with"]["arguments"], GITHUB_OUTPUT=str(workspace / "out"))


def read_steps(name: str, *path: str) -> list[dict[str, Any]]:
    document = yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))
    for key in path:
        document = document[key]
    steps: list[dict[str, Any]] = document["steps"]
    return steps


def scripts(name: str) -> list[str]:
    """The commands that a service runs of the example."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    if name == "Jenkinsfile":
        return re.findall(r"sh \'\'\'(.*?)\'\'\'", text, re.DOTALL)
    document = yaml.safe_load(text)
    if name == "gitlab-ci.yml":
        return list(document["aiplus"]["script"])
    if name == "bitbucket-pipelines.yml":
        return list(document["pipelines"]["default"][0]["step"]["script"])
    return [each["script"] for each in document["steps"] if "script" in each]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("github-check.yml", ""),
        ("github-check.yml", "nonsense: 1\n"),
        ("gitlab-ci.yml", ""),
        ("azure-pipelines.yml", "nonsense: 1\n"),
        ("bitbucket-pipelines.yml", "nonsense: 1\n"),
        ("Jenkinsfile", ""),
    ],
)
def test_each_example_leaves_the_reports_that_it_publishes(workspace: Path, name: str, broken: str) -> None:
    """Run as its service does, but for the installation: also where the plan is wrong, the files are there."""
    with (workspace / "targets.yaml").open("a", encoding="utf-8") as stream:
        stream.write(broken)
    installer = workspace / "bin" / "python"
    installer.write_text("#!/bin/sh\nmkdir -p .venv/bin && touch .venv/bin/activate\n")
    installer.chmod(0o755)
    done = check_step(workspace) if name == "github-check.yml" else bash("\n".join(scripts(name)), workspace)
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    reports = dict(re.findall(r"--output (\w+)=(\S+)", text))

    assert done.returncode == (3 if broken else 10), done.stderr
    assert "junit" in reports
    for kind, file in reports.items():
        report = (workspace / file).read_text(encoding="utf-8")
        assert report.startswith({"junit": "<?xml", "sarif": "{", "gitlab": "["}[kind])
        assert text.count(file) > 1 or name in ("bitbucket-pipelines.yml", "github-check.yml")


def test_the_monthly_workflow_records_its_run_and_keeps_it(workspace: Path) -> None:
    """It takes figures in, says what changed since the last run, and keeps the new one; twice is as once."""
    path = EXAMPLES / "github-monthly.yml"
    review, keep = step(path, "Review")["run"], step(path, "Keep the run")["run"]
    arriving = "indicator,region,period,value,published,source\ngenai-users,CN,2026-09,7.5,2026-10-15,CNNIC\n"
    write_workspace(workspace, {"inbox/october.csv": arriving})
    run_aiplus(["snapshot", "--as-of", "2026-09-30"], workspace)
    start = (
        "git init -q --bare ../remote.git && git init -q && git checkout -q -b main && git add -A"
        " && git -c user.name=a -c user.email=b commit -qm start"
        " && git remote add origin ../remote.git && git push -q -u origin main"
    )
    assert bash(start, workspace).returncode == 0
    day = {"AIPLUS_TODAY": "2026-10-31"}
    first = bash(review, workspace, **day), bash(keep, workspace)
    second = bash(review, workspace, **day), bash(keep, workspace)
    log = bash("git log --format=%s origin/main", workspace).stdout.splitlines()
    kept = bash("git ls-tree -r --name-only origin/main runs reviews", workspace).stdout.split()
    report = (workspace / "reviews" / "2026-10.md").read_text(encoding="utf-8")

    assert [done.returncode for done in (*first, *second)] == [10, 0, 10, 0], [done.stderr for done in first]
    assert "2026-08-29" in first[0].stdout
    assert ("2026\\-09\\-30" in report, "2026\\-09 7.5" in report) == (True, True)
    assert log == ["Monthly review", "start"]
    assert kept == ["reviews/2026-10.md", "runs/2026-09.json", "runs/2026-10.json"]
    assert second[1].stdout == "nothing new to keep\n"


def test_the_schedules_are_at_an_odd_minute() -> None:
    """The full hour, and the half, are when runners are busiest."""
    text = (EXAMPLES / "github-monthly.yml").read_text(encoding="utf-8")
    minutes = [int(minute) for minute in re.findall(r'cron: "(\d+) ', text)]

    assert minutes
    assert all(minute % 15 for minute in minutes)


def test_the_script_stops_where_nothing_could_be_assessed(workspace: Path) -> None:
    """Bad input ends it with 3 before anything is written; a failed gate does not stop it."""
    with (workspace / "targets.yaml").open("a", encoding="utf-8") as stream:
        stream.write("nonsense: 1\n")
    done = bash("bash monthly.sh", workspace)

    assert done.returncode == 3
    assert not (workspace / "runs").exists()


def test_the_hook_is_one_that_pre_commit_accepts(tmp_path: Path) -> None:
    """The manifest is valid, and its entry fails on a plan with a problem."""
    from pre_commit.main import main  # type: ignore[import-untyped]

    path = REPOSITORY / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = shlex.split(hook["entry"])
    write_workspace(tmp_path, {"targets.yaml": "nonsense: 1\n"})

    assert main(["validate-manifest", str(path)]) == 0
    assert words[0] == "aiplus"
    assert run_aiplus(words[1:], tmp_path).code == 3
    assert re.search(hook["files"], "plans/targets.yaml")
    assert re.search(hook["files"], "progress.jsonl")
    assert not re.search(hook["files"], "my-targets.yaml")


# --- pages ------------------------------------------------------------------------------------------------------


def block(path: str) -> str:
    kind = {".yml": "yaml", ".sh": "sh", "": "groovy"}[Path(path).suffix]
    return f"<!-- {path} -->\n\n```{kind}\n{(REPOSITORY / path).read_text(encoding='utf-8')}```\n"


@pytest.mark.parametrize("name", ["ci.md", "ci.zh.md"])
def test_the_page_shows_the_files_as_they_are(name: str) -> None:
    """What one copies from docs/ci.md is what the tests ran; AIPLUS_UPDATE=1 writes it anew."""
    path = DOCS / name
    text = path.read_text(encoding="utf-8")
    actual = re.sub(
        r"<!-- (examples/\S+) -->\n(?:\n```\w+\n.*?```\n)?", lambda match: block(match[1]), text, flags=re.DOTALL
    )
    if UPDATE:
        path.write_text(actual, encoding="utf-8")

    assert actual.count("<!-- examples/") == len(list(EXAMPLES.iterdir()))
    assert path.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("name", ["checks.md", "checks.zh.md"])
def test_every_rule_has_its_section_and_the_screens_are_real(name: str) -> None:
    """A finding's rule leads to its heading; what the page shows is what the program prints."""
    path = DOCS / name
    text = path.read_text(encoding="utf-8")

    def screen(match: re.Match[str]) -> str:
        done = run_aiplus(shlex.split(match[1])[1:], REPOSITORY, {"COLUMNS": "140"})
        return f"```console\n$ {match[1]}\n{done.out}{done.err}```\n"

    actual = re.sub(r"```console\n\$ (.*)\n[^`]*```\n", screen, text)
    if UPDATE:
        path.write_text(actual, encoding="utf-8")

    assert [rule for rule in RULES if f"\n### {rule}\n" not in text] == []
    assert path.read_text(encoding="utf-8") == actual
