"""Chinese help: a page that knows how wide hanzi are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aiplus_cli.errors import Message
from aiplus_cli.words import i18n
from aiplus_cli.words.width import cells, wrap

KIND = "what an option takes"
"""The context of FILE, DATE and the like in the catalogue."""
_SECTIONS = {str(said): said for said in (Message("Options"), Message("Arguments"), Message("Commands"))}
_EXTRA = re.compile(r"(.*?)(?:  )?\[(default: (?P<default>.*?))?(?:; )?(?P<required>required)?\]\Z", re.DOTALL)
_USAGE = (("[OPTIONS]", Message("[OPTIONS]")), ("COMMAND [ARGS]...", Message("COMMAND [ARGS]...")))


def said(message: Message) -> str:
    return i18n.translate(message, "zh")


def chinese(text: str) -> str:
    """A text of the help in Chinese, with its [default: …] and [required]; unknown text as it is."""
    match = _EXTRA.match(text)
    if match is None or not any(match.group("default", "required")):
        return i18n.text(text, "zh")
    extra = [Message("default: {default}", default=match["default"])] if match["default"] else []
    extra += [Message("required")] if match["required"] else []
    return f"{i18n.text(match[1], 'zh')}  [{said(Message('; ')).join(map(said, extra))}]".lstrip()


def kind_of(name: str) -> str:
    """What an option or argument takes: the last word of `--output FILE` and `FILE <path>`; empty for a switch."""
    head, _, kind = name.rpartition(" ")
    return "" if not head or kind.startswith("-") else kind


def named(name: str) -> str:
    """`--output FILE` as `--output 文件`."""
    kind = kind_of(name)
    return name.removesuffix(kind) + i18n.text(kind, "zh", context=KIND)


class ChineseHelp:
    """Takes what typer writes into a help page, in Chinese. It is a page of its own: typer's counts characters."""

    def __init__(self, max_width: int | None) -> None:
        import shutil

        self.width = max(min(shutil.get_terminal_size().columns, max_width or 80) - 2, 50)
        self._lines: list[str] = []
        self._indent = 0

    def getvalue(self) -> str:
        return "\n".join(self._lines) + "\n"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        for english, translated in _USAGE:
            args = args.replace(english, said(translated))
        self._lines += wrap(said(Message("Usage: {usage}", usage=f"{prog} {args}")), self.width)

    def write_paragraph(self) -> None:
        self._lines.append("")

    def write_text(self, text: str) -> None:
        paragraphs = [chinese(" ".join(part.split())) for part in text.split("\n\n")]
        for number, paragraph in enumerate(paragraphs):
            self._lines += [""] * bool(number)
            self._lines += [" " * self._indent + line for line in wrap(paragraph, self.width - self._indent)]

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = [(named(name), chinese(text)) for name, text in rows]
        first = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            lines = wrap(text, max(self.width - first - 2, 10))
            head = " " * self._indent + name
            if cells(name) > col_max:
                self._lines.append(head)
                head = " " * self._indent
            self._lines.append((head + " " * (first + self._indent - cells(head)) + lines[0]).rstrip())
            self._lines += [" " * (first + self._indent) + line for line in lines[1:]]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write_paragraph()
        self._lines.append(said(_SECTIONS[name]) + said(Message(":")))
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        self._indent += 2
        yield
        self._indent -= 2
