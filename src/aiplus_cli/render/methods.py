"""The verdict methods, for people."""

from __future__ import annotations

from aiplus_cli.contract.methods import MethodRow, MethodsDocument
from aiplus_cli.errors import Message
from aiplus_cli.render import Options
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled


def render_table(methods: MethodsDocument, options: Options) -> str:
    """Each method in a few lines: its question, formula, rule, what it judges and its source."""
    from aiplus_cli.render.table import Screen

    screen = Screen(options)
    for method in methods.methods:
        screen.lines([labelled(method.name, method.question, options.lang)])
        screen.lines([f"    {formula}" for formula in method.formulas])
        for label, text in _facts(method):
            screen.lines(["  " + labelled(label, text, options.lang)])
        screen.lines(["  " + labelled(Message("Source"), method.source, options.lang)])
        screen.lines([""])
    last = Message("by default an indicator with a range is judged by calibrated, one without by agreement")
    screen.lines([i18n.translate(last, options.lang)])
    return screen.text()


def _facts(method: MethodRow) -> list[tuple[Message, Message]]:
    judges = Message("shares of a range") if method.needs_range else Message("every number")
    if method.judges_words:
        judges = Message("every number, and goals in words that have a series")
    return [
        (Message("Rule"), method.rule),
        (Message("Judges"), judges),
    ]
