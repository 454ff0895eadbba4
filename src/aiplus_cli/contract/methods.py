"""aiplus.methods/1: the verdict methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aiplus_cli.contract.values import Part, Sentence
from aiplus_cli.judge.methods import METHODS, Method


@dataclass(frozen=True, slots=True)
class MethodRow(Part):
    """One method."""

    name: str
    """The name by which it is asked for."""
    question: Sentence
    """The question that it answers."""
    formulas: tuple[str, ...]
    """Its arithmetic."""
    rule: Sentence
    """How the verdict follows from the measure."""
    needs_range: bool
    """Whether it judges only what has a range."""
    judges_words: bool
    """Whether it also judges a goal in words that has a series."""
    source: str
    """Where it comes from."""


@dataclass(frozen=True, slots=True)
class MethodsDocument(Part):
    """The methods by which a series and a target become a verdict."""

    schema: Literal["aiplus.methods/1"]
    """The name and version of this form."""
    methods: tuple[MethodRow, ...]
    """Every method."""


def methods_document() -> MethodsDocument:
    """Every method in the form of the contract."""
    return MethodsDocument("aiplus.methods/1", tuple(_method_row(name, method) for name, method in METHODS.items()))


def _method_row(name: str, method: Method) -> MethodRow:
    return MethodRow(
        name, method.QUESTION, method.FORMULAS, method.RULE, method.NEEDS_RANGE, method.JUDGES_WORDS, method.SOURCE
    )
