"""The contract: schemas follow from the types, what was promised stays, a table has its header."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from aiplus_cli.contract import run
from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.figures import FigureRow
from aiplus_cli.contract.findings import FindingRow
from aiplus_cli.contract.schemas import GROWS, NAMES, TYPES, schema_of, schema_text
from aiplus_cli.contract.status import ResultRow, StatusDocument
from aiplus_cli.ledger.entries import FIELDS
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
    for path, node in every_key(schema):
        yield path, "|".join(dict.fromkeys(kind for each in options_of(schema, node) for kind in kinds(each)))


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
    assert len(earlier.past) == len(results)
    assert [found.verdict for found in earlier.past.values()] == [known.past[about].verdict for about in earlier.past]
    assert earlier.found == frozenset()


DOCUMENTS = [
    ("status", "--region", "all"),
    ("show", "genai-penetration", "--region", "all"),
    ("show", "public-governance-role"),
    ("forecast", "terminal-agent-penetration"),
    ("methods",),
    ("plan",),
    ("log",),
    ("export",),
    ("validate",),
]


@pytest.mark.parametrize("command", DOCUMENTS, ids=" ".join)
def test_every_document_is_what_its_schema_says(command: tuple[str, ...]) -> None:
    """Of the real plan, every JSON fits the published schema, which has no key that the document has not."""
    document = json.loads(run_aiplus([*command, "--format", "json"], REPOSITORY).out)

    need_promised(document, "figures" if command[0] == "export" else command[0])


def need_promised(document: dict[str, Any], name: str) -> None:
    """Assert that a document fits its schema, and has each key of it, in that order."""
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(document)) == []
    assert list(document) == list(schema["properties"])


NEW = ["--period", "2026-09", "--published", "2026-11-01", "--source", "CNNIC"]
WRITTEN = [
    (("record", "gen", "55.5%", *NEW), 0, 1),
    (("record", "gen", "55.5%", *NEW, "--dry-run"), 0, 1),
    (("record", "gen", "0.55", *NEW), 3, 0),
    (("record", "gen", "55.5%", "--period", "2026-13"), 3, 0),
    (("record", "gen", "55.5%", *NEW, "--dates", "week"), 2, 0),
    (("withdraw", "ffff", "--reason", "a slip"), 3, 0),
]


@pytest.mark.parametrize(("command", "code", "entries"), WRITTEN)
def test_what_is_recorded_or_refused_is_one_document(
    command: tuple[str, ...], code: int, entries: int, tmp_path: Path
) -> None:
    """`record` and `withdraw` print aiplus.record/1 whatever happens; the exit code and the sentences stay."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    done = run_aiplus([*command, "--format", "json"], folder)
    plain = run_aiplus(
        [*command], write_workspace(tmp_path / "plain", {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    )
    document = json.loads(done.out)

    need_promised(document, "record")
    assert (done.code, document["exit_code"], len(document["entries"])) == (code, code, entries)
    assert done.err == plain.err
    assert [row["id"] for row in document["entries"]] == plain.out.split()
    assert [problem["what"] in done.err for problem in document["problems"]] == [True] * len(document["problems"])
    assert bool(document["problems"]) == bool(code)


GOOD, BAD = "gen,2026-09,55.5%\n", "gen,2026-13,12%\nnobody,2026-09,3%\n"
IMPORTED = [
    (GOOD, (), 0, {"written": 1, "rejected": 0}),
    (GOOD, ("--dry-run",), 0, {"written": 0, "rejected": 0, "dry_run": True}),
    (GOOD + BAD, (), 3, {"written": 0, "rejected": 2}),
    (GOOD + BAD, ("--accept-valid",), 0, {"written": 1, "rejected": 2}),
    ("nothing here\n", (), 3, {"written": 0, "rejected": 0, "sheets": []}),
    (GOOD, ("--map", "missing.yaml"), 4, {"written": 0, "rejected": 0, "sheets": []}),
]


@pytest.mark.parametrize(("text", "options", "code", "expected"), IMPORTED)
def test_what_is_imported_or_refused_is_one_document(
    text: str, options: tuple[str, ...], code: int, expected: dict[str, Any], tmp_path: Path
) -> None:
    """`import` prints aiplus.import/1 whatever happens, its problems in it; the exit code and the sentences stay."""
    results = []
    for name, form in (("one", ("--format", "json")), ("other", ())):
        files = {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "table.csv": "indicator,period,value\n" + text}
        folder = write_workspace(tmp_path / name, files)
        results.append(run_aiplus(["import", "table.csv", *options, *form], folder))
    done, plain = results
    document = json.loads(done.out)
    said = plain.err.replace(str(tmp_path / "other"), str(tmp_path / "one"))

    need_promised(document, "import")
    assert {key: document[key] for key in expected} == expected
    assert (done.code, document["exit_code"], plain.code, done.err) == (code, code, code, said)
    assert [problem["what"] in done.err for problem in document["problems"]] == [True] * len(document["problems"])
    assert bool(document["problems"]) == bool(code or expected["rejected"])


def test_every_sheet_of_an_import_is_in_the_document(tmp_path: Path) -> None:
    """Header, remarks, revisions and new figures are there for a program, and not only as sentences."""
    table = "来源：CNNIC\nindicator,period,value\n" + GOOD + "gen,2025-12,43%\n"
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER, "table.csv": table})
    (sheet,) = json.loads(run_aiplus(["import", "table.csv", "--dry-run", "--format", "json"], folder).out)["sheets"]

    assert (sheet["header"], sheet["kind"], sheet["rows"]) == ({"first": 2, "last": 2}, "long", 2)
    assert sheet["remarks"] == [{"row": 1, "kind": "source", "text": "CNNIC"}]
    assert [(row["period"], row["value"]) for row in sheet["new"]] == [("2026-09", 55.5)]


def test_an_export_has_each_field_of_the_ledger() -> None:
    """The columns of CSV follow from the type, and are the fields of the ledger in their order."""
    assert tuple(column.title for column in columns(FigureRow)) == FIELDS


INTRODUCTION = {
    "en": """# The JSON of aiplus, key by key

[中文](json.zh.md)

Generated by `make docs` from the types in `src/aiplus_cli/contract`; `aiplus schema NAME` prints the JSON Schema.
Within a version, the number after the slash, keys are only added: ignore those that you do not know.
Every key is always there, `null` where it does not apply; words are never translated, and new ones may come.
Numbers are exact as published; what is worked out has six decimals, a measure or a probability fifteen digits.
Sentences are English; days are written 2027-12-31.
`[]` stands for each item of a list, `*` for any name.
A key without a meaning here is a word that another key takes as its value.
""",
    "zh": """# aiplus 的 JSON：逐键说明

[English](json.md)

由 `make docs` 根据 `src/aiplus_cli/contract` 中的类型生成；`aiplus schema NAME` 输出 JSON Schema。
同一版本（斜杠后的数字）内只增加键：不认识的键请忽略。
每个键始终存在，不适用时为 `null`；取值用词从不翻译，以后可能增加。
公布的数值保持原样；推算的数值保留六位小数，度量和概率保留十五位有效数字。
句子为英文；日期写作 2027-12-31。
`[]` 表示列表中的每一项，`*` 表示任一名称。
此处未写含义的键，是另一个键的取值用词。
""",
}
HEADER = {"en": ("key", "value", "meaning"), "zh": ("键", "值", "含义")}
KINDS = {
    "string": "文本", "date": "日期", "date-time": "时间", "number": "数", "integer": "整数",
    "boolean": "true 或 false",
    "object": "对象", "array": "列表", "null": "`null`",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_on_json_explains_every_key(lang: str) -> None:
    """docs/json.md has each document and each key with its meaning, and so has its Chinese twin."""
    path = REPOSITORY / "docs" / ("json.md" if lang == "en" else "json.zh.md")
    page = INTRODUCTION[lang] + "".join(chapter(name, lang) for name in TYPES if name != "targets")
    if UPDATE:
        path.write_text(page, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == page


def chapter(name: str, lang: str) -> str:
    """A document: what it is, and a table of its keys."""
    schema = schema_of(name)
    head = f"| {' | '.join(HEADER[lang])} |\n| --- | --- | --- |\n"
    rows = "".join(
        f"| `{path}` | {value_text(schema, node, lang)} | {meaning(node, lang)} |\n" for path, node in every_key(schema)
    )
    return f"\n## {schema['$id']}\n\n{said(schema['description'].removesuffix(' ' + GROWS), lang)}\n\n{head}{rows}"


def every_key(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key as a path, with its schema; a part that stands in several places is explained at each."""

    def walk(node: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for option in options_of(schema, node):
            for key, value in option.get("properties", {}).items():
                inner = f"{path}.{key}" if path else key
                yield inner, value
                yield from walk(value, inner)
            if "items" in option:
                yield from walk(option["items"], f"{path}[]")
            if option.get("additionalProperties"):
                yield from walk(option["additionalProperties"], f"{path}.*")

    return walk(schema, "")


def value_text(schema: dict[str, Any], node: dict[str, Any], lang: str) -> str:
    """What the value may be: its kinds, or the words of an enumeration."""
    texts: dict[str, None] = {}
    for option in options_of(schema, node):
        words = [option["const"]] if "const" in option else option.get("enum", [])
        for word in words:
            texts[f"`{word}`" if word != "" else '`""`'] = None
        for kind in [] if words else kinds(option):
            kind = option.get("format", kind)
            texts[("`null`" if kind == "null" else kind) if lang == "en" else KINDS[kind]] = None
    return (", " if lang == "en" else "、").join(texts).replace("|", "\\|")


def meaning(node: dict[str, Any], lang: str) -> str:
    """The sentence on a key; a key that is a word of an enumeration needs none."""
    text = node.get("description", "")
    return said(text, lang) if text else ""


def said(sentence: str, lang: str) -> str:
    """A sentence in a language, fit for a table."""
    return (sentence if lang == "en" else chinese()[sentence]).replace("|", "\\|")


@cache
def chinese() -> dict[str, str]:
    """The sentences on the keys in Chinese."""
    found: dict[str, str] = json.loads((SCHEMAS / "zh.json").read_text(encoding="utf-8"))
    return found


def test_every_sentence_on_a_key_has_its_chinese_and_no_other_has() -> None:
    """docs/schemas/zh.json has the sentences of the types, each with full-width punctuation."""
    schemas = [schema_of(name) for name in TYPES if name != "targets"]
    found = {node["description"] for schema in schemas for _, node in every_key(schema) if "description" in node}
    found |= {schema["description"].removesuffix(" " + GROWS) for schema in schemas}

    assert sorted(found) == sorted(chinese())
    assert [text for text in chinese().values() if not text.endswith("。") or "," in text or ";" in text] == []
