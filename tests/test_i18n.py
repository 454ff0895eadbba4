"""Chinese for every sentence: the catalogue and the source say the same things."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import aiplus_cli
from aiplus_cli.words.catalogue import ZH
from aiplus_cli.words.i18n import WORDS

SOURCE = Path(aiplus_cli.__file__).parent


def templates() -> dict[str, str]:
    """Every English template in the source, with the place where it stands."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {"Message", "say"} if name.parts[0] == "render" else {"Message"}
        for node in ast.walk(tree):
            for text in [*_called(node, said), *_titles(node)]:
                found.setdefault(text, f"{name.as_posix()}:{getattr(node, 'lineno', 0)}")
    return found


def _called(node: ast.AST, names: set[str]) -> Iterator[str]:
    """The texts of a call's first argument; both arms where it is a choice."""
    if not isinstance(node, ast.Call) or not node.args:
        return
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if name in names:
        yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _titles(node: ast.AST) -> Iterator[str]:
    """The titles in the pairs of `_facts`, which are translated by variable."""
    if not isinstance(node, ast.FunctionDef) or node.name != "_facts":
        return
    for pair in ast.walk(node):
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
            yield from _texts(pair.elts[0])


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_sentence_has_a_translation() -> None:
    """Whatever the program can say in English, it can say in Chinese."""
    found = templates()
    assert {"Definition", "Milestones", "Verdict", "did you mean {near}?"} <= set(found)
    assert {text: where for text, where in found.items() if not ZH.get(text)} == {}


def test_a_translation_names_the_same_values() -> None:
    """The Chinese sentence gives the same numbers and names as the English one."""
    assert {text: zh for text, zh in ZH.items() if placeholders(text) != placeholders(zh)} == {}


def test_every_translation_is_used() -> None:
    """The catalogue holds no sentence that the program no longer says."""
    assert set(ZH) - set(templates()) == set()


def test_translations_fit_a_gbk_terminal() -> None:
    """A Chinese Windows terminal, which writes GBK, can show every translation."""
    for zh in ZH.values():
        assert zh.encode("gbk").decode("gbk") == zh


def test_every_word_has_both_languages() -> None:
    """Each verdict, freshness and status is a word in English and in Chinese; only the ordinary status A is silent."""
    assert {name for name, (en, zh) in WORDS.items() if not en or not zh} == {"status_A"}
    assert WORDS["status_A"] == ("", "")
