"""The verdict methods, for people and as JSON."""

from __future__ import annotations

from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import METHODS, Method
from aiplus_cli.render import Options
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled


def render_table(options: Options) -> str:
    """Each method in a few lines: its question, formula, rule, what it judges and its source."""
    from aiplus_cli.render.table import Screen

    screen = Screen(options)
    for name, method in METHODS.items():
        screen.lines([labelled(name, method.QUESTION, options.lang)])
        screen.lines([f"    {formula}" for formula in method.FORMULAS])
        for label, text in _facts(method):
            screen.lines(["  " + labelled(label, text, options.lang)])
        screen.lines(["  " + labelled(Message("Source"), method.SOURCE, options.lang)])
        screen.lines([""])
    last = Message("by default an indicator with a range is judged by calibrated, one without by agreement")
    screen.lines([i18n.translate(last, options.lang)])
    return screen.text()


def _facts(method: Method) -> list[tuple[Message, Message]]:
    judges = Message("shares of a range") if method.NEEDS_RANGE else Message("every number")
    if method.JUDGES_WORDS:
        judges = Message("every number, and goals in words that have a series")
    return [
        (Message("Rule"), method.RULE),
        (Message("Judges"), judges),
    ]


def render_json(options: Options) -> str:
    """The same as a list of objects; never translated."""
    from aiplus_cli.render.data import encode_json

    del options
    rows = [
        {
            "name": name,
            "question": str(method.QUESTION),
            "formulas": method.FORMULAS,
            "rule": str(method.RULE),
            "needs_range": method.NEEDS_RANGE,
            "judges_words": method.JUDGES_WORDS,
            "source": method.SOURCE,
        }
        for name, method in METHODS.items()
    ]
    return encode_json({"schema": "aiplus.methods/1", "methods": rows})
