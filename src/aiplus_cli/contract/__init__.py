"""What comes out: one type for each document, and nothing else says what is in it.

In comes what `judge`, `review` and `check` found; out goes a document: frozen, whole, the same for JSON, CSV, a table
and a program that calls us. Who renders reads these rows (and the plan, for names and units); nobody builds them anew.

| file | change it to |
| --- | --- |
| `status.py`, `show.py`, `check.py`, `run.py` | add a key to the document of that name: a field with a sentence below |
| `findings.py` | the same, of what `check.py` found |
| `diff.py`, `due.py`, `forecast.py`, `backtest.py` | the same |
| `figures.py`, `importing.py`, `recording.py` | the same |
| `precedents.py` | the same, of the past cases in `show.py` and `forecast.py` |
| `ahead.py` | the same, of where series are heading in `show.py` |
| `methods.py`, `log.py`, `plan.py`, `validate.py`, `failure.py` | the same |
| `export.py` | change what is exported |
| `values.py` | change how a kind of value is written |
| `columns.py` | change how a row becomes a line of a table |
| `encode.py`, `version.py` | change how a document becomes JSON text, and what it says of its writer |
| `numbers.py`, `phrases.py` | change how a number or a part of a row is said, in either language |
| `reasons.py` | change the sentence that says why a result is judged as it is |
| `sentences.py`, `fixes.py` | change what is said of a finding, and what is advised |
| `schemas.py` | add a document to the list of those that have a schema |

The sentence below a field is its description in the schema, and in docs/json.md; docs/schemas/zh.json has its Chinese.
JSON Schema, CSV headers and docs/json.md follow from the types; tests compare them with what is committed.

Rules for changes, within a version (the number after the slash):

1. Keys are only added. None is taken away, renamed, or given another kind of value.
   Readers ignore keys they do not know.
2. Every key is always there. A value that does not apply is null, and `reason` beside it says why.
3. The words of an enumeration are lower-case ASCII and never translated; new ones may come. Sentences are English.
4. Numbers are numbers, exact as published; what is worked out has six decimals, a measure fifteen digits.
   Dates are ISO 8601; a list keeps the order of the plan.
5. What cannot keep to this is a new version, written beside the old one.
"""
