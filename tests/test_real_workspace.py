"""The real plan and figures, as the program shows them on the dates that matter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from conftest import Result, run_aiplus

REPOSITORY = Path(__file__).parent.parent


def aiplus(*arguments: str, env: dict[str, str] | None = None, encoding: str = "utf-8") -> Result:
    """Run the program on the repository's own workspace."""
    return run_aiplus(list(arguments), REPOSITORY, env, encoding)


def status(*arguments: str) -> Any:
    """The status as JSON."""
    return json.loads(aiplus("status", "--format", "json", *arguments).out)


def penetration(document: Any, milestone: str = "2027") -> Any:
    """The result of the lead proxy."""
    rows = [r for r in document["results"] if r["indicator"] == "genai-penetration" and r["milestone"] == milestone]
    (row,) = rows
    return row


@pytest.mark.parametrize(
    ("as_of", "value", "bound", "period"),
    [
        ("2025-08-26", 17.7, "", "2024-12"),
        ("2025-10-31", 36.5, "", "2025-06"),
        ("2026-03-01", 42.8, "", "2025-12"),
        ("2026-11-24", 50.0, ">", "2026-06"),
    ],
)
def test_a_past_date_knows_what_was_published_by_then_and_nothing_later(
    as_of: str, value: float, bound: str, period: str
) -> None:
    """A vintage holds the figures published on or before its date."""
    row = penetration(status("--as-of", as_of))

    assert (value, bound, period) == (row["value"], row["bound"], row["period"])


def test_a_revision_counts_from_the_day_it_was_published() -> None:
    """The figure for 2024-12 is 17.7 until February 2026 and 17.6 from then on."""
    before = aiplus("show", "genai-penetration", "--as-of", "2026-02-04").out
    after = aiplus("show", "genai-penetration", "--as-of", "2026-03-01").out

    assert re.search(r"2024-12 +17\.7 .*in force", before)
    assert "17.6" not in before
    assert re.search(r"2024-12 +17\.6 .*in force", after)
    assert not re.search(r"2024-12 +17\.7 .*in force", after)


def test_before_the_first_figure_the_answer_is_no_data() -> None:
    """Today's values are never carried back."""
    document = status("--as-of", "2020-01-01")
    verdicts = {row["verdict"] for row in document["results"]}

    assert verdicts == {"no_data", "not_quantified"}
    assert all(row["value"] is None for row in document["results"] + document["context"])


def test_the_headline_takes_the_verdict_of_its_lead_proxy_and_shows_no_figure() -> None:
    """An indicator without a series is marked as judged through a proxy, by name."""
    document = status("--milestone", "2027")
    headline = next(row for row in document["results"] if row["indicator"] == "terminal-agent-penetration")

    assert (headline["basis"], headline["lead_proxy"], headline["value"]) == ("proxy", "genai-penetration", None)
    assert headline["verdict"] == penetration(document)["verdict"]


def test_a_forecast_is_kept_and_shown_and_is_never_progress() -> None:
    """The forecast of December 2025 is in the ledger, but 2025 has no value until January 2026."""
    rows = status("--as-of", "2025-12-31")["context"]
    scale = next(row for row in rows if row["indicator"] == "ai-core-industry-scale")

    assert scale["period"] == "2024"
    assert "F " in aiplus("show", "ai-core-industry-scale", "--as-of", "2025-12-31").out


def test_provinces_are_judged_by_their_own_targets_and_drafts_by_none() -> None:
    """Hunan's 75 and Jiangsu's >= 70 win over the plan; Sichuan's draft does not."""
    rows = status("--region", "all", "--indicator", "terminal-agent-penetration", "--milestone", "2027")["results"]
    found = {row["region"]: (row["op"], row["target"], row["target_region"]) for row in rows if not row["stands_for"]}

    assert found["CN"] == (">", 70, "CN")
    assert found["CN-HN"] == (">", 75, "CN-HN")
    assert found["CN-JS"] == (">=", 70, "CN-JS")
    assert found["CN-GS"] == ("~", 70, "CN-GS")
    assert found.get("CN-SC", (">", 70, "CN")) == (">", 70, "CN")


@pytest.mark.parametrize("format_name", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_equal_files_and_dates_give_equal_bytes(format_name: str, lang: str) -> None:
    """The same question has the same answer a year later."""
    arguments = ("status", "--as-of", "2026-03-01", "--format", format_name, "--lang", lang)

    assert aiplus(*arguments) == aiplus(*arguments)


@pytest.mark.parametrize("arguments", [(), ("--region", "all"), ("--as-of", "2020-01-01"), ("--region", "湖南")])
def test_the_json_is_what_its_published_schema_says(arguments: tuple[str, ...]) -> None:
    """`aiplus schema status` describes every status document."""
    schema = json.loads(aiplus("schema", "status").out)
    Draft202012Validator.check_schema(schema)
    document = status(*arguments)

    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert sum(document["summary"]["verdicts"].values()) == len(document["results"])


def test_the_schema_of_targets_accepts_the_real_plan_and_knows_no_other_key() -> None:
    """An editor with `aiplus schema targets` finds nothing wrong in targets.yaml."""
    import yaml

    schema = json.loads(aiplus("schema", "targets").out)
    plan = yaml.safe_load((REPOSITORY / "targets.yaml").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)

    assert "@line" not in json.dumps(schema)
    assert schema["additionalProperties"] is False
    assert set(plan) <= set(schema["properties"])


def test_the_packaged_plan_is_the_repository_s_own() -> None:
    """`aiplus init` hands out the same files."""
    from importlib.resources import files

    for name in ("targets.yaml", "progress.jsonl"):
        assert (files("aiplus_cli") / "template" / name).read_bytes() == (REPOSITORY / name).read_bytes()


@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_line_up_in_cells_and_fit_the_terminal(width: str, lang: str) -> None:
    """With hanzi two cells wide, every verdict starts in the column of its heading, and no line is too long."""
    lines = aiplus("status", "--lang", lang, env={"COLUMNS": width}).out.splitlines()
    heading = {"zh": "判定", "en": "Verdict"}[lang]
    head = next(line for line in lines if heading in line)
    place = cell_len(head[: head.index(heading)])
    rows = [line for line in lines if "> 70" in line or "> 90" in line]

    assert all(cell_len(line) <= int(width) for line in lines)
    assert len(rows) == 8
    for row in rows:
        words = row[_index_at(row, place) :]

        assert words.startswith(("at risk", "off track", "met", "有风险", "难以达标", "已达标"))


def _index_at(text: str, place: int) -> int:
    return next(index for index in range(len(text) + 1) if cell_len(text[:index]) >= place)


def test_nothing_is_cut_off_a_terminal_and_no_colour_is_used() -> None:
    """In a pipe the table has its natural width, no ellipsis and no escape code."""
    said = aiplus("status", "--lang", "zh").out

    assert "…" not in said
    assert "\x1b" not in said
    assert "Context" not in said


def test_colour_is_for_terminals_and_for_those_who_force_it() -> None:
    """FORCE_COLOR colours a pipe, NO_COLOR wins over it."""
    assert "\x1b[" in aiplus("status", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in aiplus("status", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_aiplus_alone_is_aiplus_status() -> None:
    """Options without a command belong to status too."""
    assert aiplus().out == aiplus("status").out
    assert aiplus("--lang", "zh").out == aiplus("status", "--lang", "zh").out


def test_the_language_follows_the_option_then_the_variable_then_the_locale() -> None:
    """--lang, AIPLUS_LANG, LC_ALL, LANG, in this order."""
    zh = aiplus("status", "--lang", "zh").out

    assert aiplus("status", env={"AIPLUS_LANG": "zh"}).out == zh
    assert aiplus("status", env={"LANG": "zh_CN.UTF-8"}).out == zh
    assert aiplus("status", "--lang", "en", env={"AIPLUS_LANG": "zh"}).out != zh


def test_the_real_workspace_is_valid_and_says_nothing() -> None:
    """`aiplus validate` is silent and ends with 0 when all is well."""
    assert aiplus("validate") == Result(0, "", "")


def test_init_makes_a_workspace_that_answers_at_once(tmp_path: Path) -> None:
    """`aiplus init DIR` gives the real status there, and refuses to overwrite it."""
    assert run_aiplus(["init", "new"], tmp_path).code == 0
    assert run_aiplus(["status"], tmp_path / "new").out == aiplus("status").out
    assert (tmp_path / "new" / ".gitattributes").read_text() == (REPOSITORY / ".gitattributes").read_text()
    again = run_aiplus(["init", "new"], tmp_path)

    assert again.code == 4
    assert "already there" in again.err


def test_init_empty_has_the_plan_and_no_figures(tmp_path: Path) -> None:
    """With --empty every quantified target has no data yet."""
    run_aiplus(["init", "--empty"], tmp_path)
    document = json.loads(run_aiplus(["status", "--format", "json"], tmp_path).out)

    assert document["summary"]["verdicts"]["no_data"] > 0
    assert {row["value"] for row in document["results"]} == {None}


def test_output_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    """--output writes what would have been printed; a folder that is not there is an environment problem."""
    target = tmp_path / "status.md"
    aiplus("status", "--format", "markdown", "--output", str(target))
    failed = aiplus("status", "--output", str(tmp_path / "none" / "status.txt"))

    assert target.read_text(encoding="utf-8") == aiplus("status", "--format", "markdown").out
    assert (failed.code, failed.out) == (4, "")
    assert [path.name for path in tmp_path.iterdir()] == ["status.md"]


def test_the_plan_tree_names_every_area_action_and_indicator() -> None:
    """`aiplus plan` leaves nothing of targets.yaml out."""
    import yaml

    said = aiplus("plan", "--lang", "zh").out
    plan = yaml.safe_load((REPOSITORY / "targets.yaml").read_text(encoding="utf-8"))
    names = [item["name"]["zh"] for area in plan["areas"] for item in [area, *area.get("actions", [])]]

    assert len(names) == 6 + 17 + 8
    assert [name for name in names if name not in said] == []
    assert [item["id"] for item in plan["indicators"] if item["id"] not in said] == []
