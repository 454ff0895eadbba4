"""The catalogue of Chinese sentences: gathered from the program, kept in a .po file, compiled for the program to read.

`make words` after a sentence was added or changed; then give the new entries of the .po their Chinese.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "aiplus_cli"
PO = SOURCE / "words" / "locale" / "zh" / "LC_MESSAGES" / "aiplus.po"
MO = PO.with_suffix(".mo")
HEADER = """\
# The Chinese of every sentence, word and help text. CONTRIBUTING.md says how an entry is added or changed.
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
Text = tuple[str | tuple[str, str], str | None]
"""An English sentence, or its two forms for one and for many; and the context where words mean several things."""


# --- the English, gathered ----------------------------------------------------------------------------------------


def gathered() -> dict[Text, str]:
    """Every text that the program can show, and where it first stands."""
    found: dict[Text, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        found |= {text: name for text in texts_of(path.read_text(encoding="utf-8")) if text not in found}
    for text, where in help_texts():
        found.setdefault(text, where)
    return found


def texts_of(code: str) -> Iterator[Text]:
    """The texts in Python code: what `Message`, `say` and the others in `_CALLS` are called with."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            read = _CALLS.get(_name(node.func))
            yield from read(node.args) if read else ()


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _sentence(args: list[ast.expr]) -> Iterator[Text]:
    """The first argument; both arms where it is a choice."""
    for text in _constants(args[0]) if args else ():
        yield text, None


def _plural(args: list[ast.expr]) -> Iterator[Text]:
    one, many = (text for arg in args for text in _constants(arg))
    yield (one, many), None


def _word(args: list[ast.expr]) -> Iterator[Text]:
    context, text = (text for arg in args for text in _constants(arg))
    yield text, context


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


_CALLS: dict[str, Callable[[list[ast.expr]], Iterator[Text]]] = {
    "Message": _sentence,
    "say": _sentence,
    "plural": _plural,
    "EnumWord": _word,
}


def help_texts() -> Iterator[tuple[Text, str]]:
    """Every text of a help page, and the command that it belongs to; read from the commands themselves."""
    import typer

    from aiplus_cli.cli.app import COMMANDS, app, load_command

    for command in [typer.main.get_command(app), *map(load_command, COMMANDS)]:
        for text in _page(command):
            yield text, f"{command.name} --help"
    yield from (((line, None), "--help") for _, line in COMMANDS.values())


def _page(command: Any) -> Iterator[Text]:
    """The paragraphs of a command, and for each option and argument its text and what it takes."""
    from aiplus_cli.cli.help import KIND, kind_of

    context = command.make_context(command.name, [], resilient_parsing=True)
    texts = [
        *(command.help or "").split("\n\n"),
        *(getattr(param, "help", None) for param in command.get_params(context)),
    ]
    yield from ((" ".join(text.split()), None) for text in texts if text)
    records = filter(None, (param.get_help_record(context) for param in command.get_params(context)))
    yield from ((kind, KIND) for kind in (kind_of(name) for name, _ in records) if kind)


# --- the Chinese, kept and compiled -------------------------------------------------------------------------------


def kept() -> Catalog:
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh", domain="aiplus")


def update() -> None:
    """Add what is new (a similar sentence lends its Chinese, marked fuzzy), drop what is gone, sort, compile."""
    template = Catalog()
    for text, context in gathered():
        template.add(text, context=context)
    catalogue = kept()
    catalogue.update(template, update_creation_date=False)
    PO.write_bytes(po_text(catalogue))
    compile_words()


def po_text(catalogue: Catalog) -> bytes:
    """Sorted, a sentence a line, without places and dates: two people's additions seldom meet in a merge."""
    for entry in catalogue:
        entry.flags &= {"fuzzy"}
    stream = BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.encode() + b"\n" + stream.getvalue().strip() + b"\n"


def compile_words() -> None:
    """Write the .mo that the program reads, in one step, as another test run may be reading it."""
    stream = BytesIO()
    write_mo(stream, kept())
    new = MO.with_suffix(".new")
    new.write_bytes(stream.getvalue())
    new.replace(MO)


def is_compiled() -> bool:
    """Whether the .mo is there and as new as the .po."""
    return MO.exists() and MO.stat().st_mtime >= PO.stat().st_mtime


# --- what is wrong with it ----------------------------------------------------------------------------------------


def faults() -> list[str]:
    """What keeps a sentence from being said in Chinese, or what is not said any more."""
    entries = {(_key(entry), entry.context): entry for entry in kept() if entry.id}
    texts = gathered()
    missing = [f"not extracted, run 'make words': {text[0]!r} ({texts[text]})" for text in texts.keys() - entries]
    unused = [f"no longer said, run 'make words': {text[0]!r}" for text in entries.keys() - texts]
    return sorted([*missing, *unused, *(fault for entry in entries.values() for fault in entry_faults(entry))])


def _key(entry: Message) -> str | tuple[str, str]:
    return (entry.id[0], entry.id[1]) if isinstance(entry.id, (list, tuple)) else entry.id


def entry_faults(entry: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    chinese = chinese_of(entry)
    if entry.fuzzy:
        yield f"fuzzy, check its Chinese and remove the mark: {entry.id!r}"
    if not chinese:
        yield f"without Chinese: {entry.id!r}"
    elif _placeholders(chinese) != set().union(*map(_placeholders, _forms(entry.id))):
        yield f"names other values than the English: {entry.id!r}"


def chinese_of(entry: Message) -> str:
    """The Chinese, which has one form for one and for many."""
    return str(_forms(entry.string)[0])


def _forms(text: Any) -> list[str]:
    return list(text) if isinstance(text, (list, tuple)) else [text]


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


if __name__ == "__main__":
    {"update": update, "compile": compile_words}[sys.argv[1]]()
