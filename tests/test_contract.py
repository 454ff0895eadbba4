"""The contract: schemas follow from the types, what was promised stays, a table has its header."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from aiplus_cli.contract import run
from aiplus_cli.contract.check import FindingRow
from aiplus_cli.contract.schemas import NAMES, TYPES, schema_of, schema_text
from aiplus_cli.contract.status import ResultRow, StatusDocument
from aiplus_cli.workspace.runs import read_run
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
SCHEMAS = REPOSITORY / "docs" / "schemas"
PROMISES = SCHEMAS / "promised.txt"
UPDATE = bool(os.environ.get("AIPLUS_UPDATE"))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_follows_from_the_type(name: str) -> None:
    """docs/schemas has what `aiplus schema` prints."""
    path = SCHEMAS / f"{name}.json"
    if UPDATE:
        path.write_text(schema_text(name), encoding="utf-8")

    assert path.read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", [name for name in TYPES if name != "targets"])
def test_what_was_promised_stays(name: str) -> None:
    """Within a version no key goes and none changes its kind; new ones are added to the promises, none is taken out."""
    version = schema_of(name)["$id"]
    kept = PROMISES.read_text(encoding="utf-8").splitlines() if PROMISES.exists() else []
    given = [f"{version} {path} {kind}" for path, kind in promises(schema_of(name))]
    if UPDATE:
        kept = sorted({*kept, *given})
        PROMISES.write_text("\n".join(kept) + "\n", encoding="utf-8")

    assert sorted(given) == [line for line in kept if line.startswith(f"{version} ")]


def promises(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every key as a path, with the kinds of its value."""

    def walk(node: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
        for option in options_of(schema, node):
            for key, value in option.get("properties", {}).items():
                inner = f"{path}.{key}" if path else key
                yield inner, "|".join(dict.fromkeys(kind for each in options_of(schema, value) for kind in kinds(each)))
                yield from walk(value, inner)
            if "items" in option:
                yield from walk(option["items"], f"{path}[]")

    return walk(schema, "")


def options_of(schema: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """What a value may be, references followed."""
    if "$ref" in node:
        return options_of(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
    return [
        each
        for option in node.get("anyOf", node.get("oneOf", [node]))
        for each in (options_of(schema, option) if option is not node else [node])
    ]


def kinds(node: dict[str, Any]) -> list[str]:
    """The JSON types that a schema names."""
    found = node.get("type", "any")
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("name", [name for name in TYPES if name != "targets"])
def test_every_key_is_explained_and_always_there(name: str) -> None:
    """Each key has a sentence; none is left out of a document; words are lower-case ASCII."""
    schema = schema_of(name)
    for part in (schema, *schema["$defs"].values()):
        assert part["required"] == list(part["properties"])
        for key, value in part["properties"].items():
            assert value.get("description", "").endswith("."), f"{part['title']}.{key}"
    for words in re.findall(r'"enum": (\[[^]]*\])', schema_text(name)):
        assert all(isinstance(word, int) or re.fullmatch(r"[a-z_-]+|[APEFB<>=~]*", word) for word in json.loads(words))


def test_a_table_without_rows_has_its_header(tmp_path: Path) -> None:
    """`status --format csv` of nothing is one line, the header that a table with rows has."""
    plan = PLAN[: PLAN.index("indicators:")] + "indicators: []\n"
    full = run_aiplus(
        ["status", "--format", "csv"], write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    )
    empty = run_aiplus(
        ["status", "--format", "csv"], write_workspace(tmp_path, {"targets.yaml": plan, "progress.jsonl": ""})
    )

    assert list(csv.reader(io.StringIO(empty.out))) == list(csv.reader(io.StringIO(full.out)))[:1]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (run.RecordedRun, run.RunDocument),
        (run.RecordedStatus, StatusDocument),
        (run.RecordedResult, ResultRow),
        (run.RecordedFinding, FindingRow),
    ],
)
def test_what_is_read_of_a_recorded_run_is_part_of_what_is_written(part: type, whole: type) -> None:
    """A later run reads no key of an earlier one that the contract does not promise."""
    assert {field.name for field in fields(part)} <= {field.name for field in fields(whole)}


def test_a_run_of_a_later_version_is_read_and_one_of_an_earlier_version_too(tmp_path: Path) -> None:
    """Keys that are not known are ignored wherever they stand; keys that came later may be missing."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    run_aiplus(["snapshot", "--today", "2026-10-31"], folder)
    path = folder / "runs" / "2026-10.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    known = read_run(path)

    def more(node: Any) -> Any:
        if isinstance(node, dict):
            return {**{key: value if key == "inputs" else more(value) for key, value in node.items()}, "newer": [1]}
        return [more(item) for item in node] if isinstance(node, list) else node

    first = ("indicator", "region", "milestone", "verdict")
    results = [{key: row[key] for key in first} for row in whole["status"]["results"]]
    needed = {key: whole[key] for key in ("schema", "as_of", "today", "method", "inputs")}
    path.write_text(json.dumps(more(whole)), encoding="utf-8")
    later = read_run(path)
    path.write_text(json.dumps({**needed, "status": {"results": results}}), encoding="utf-8")
    earlier = read_run(path)

    assert (later.past, later.found, later.recorded.inputs) == (known.past, known.found, known.recorded.inputs)
    assert [found.verdict for found in earlier.past.values()] == [found.verdict for found in known.past.values()]
    assert earlier.found == frozenset()


DOCUMENTS = [
    ("status", "--region", "all"),
    ("show", "genai-penetration", "--region", "all"),
    ("show", "public-governance-role"),
    ("forecast", "terminal-agent-penetration"),
    ("methods",),
    ("plan",),
    ("log",),
    ("validate",),
]


@pytest.mark.parametrize("command", DOCUMENTS, ids=" ".join)
def test_every_document_is_what_its_schema_says(command: tuple[str, ...]) -> None:
    """Of the real plan, every JSON fits the published schema, which has no key that the document has not."""
    document = json.loads(run_aiplus([*command, "--format", "json"], REPOSITORY).out)
    schema = schema_of(command[0])
    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(document)) == []
    assert list(document) == list(schema["properties"])
