r"""Cases, the form of tests/spec and tests/errors: text files that say what a command prints and how it ends.

A case is a sentence, files, then commands with what they must print:

    # A figure that was recorded shows up in the status.
    --- file targets.yaml: PLAN
    --- change targets.yaml
    - frequency: annual
    + frequency: monthly
    $ aiplus record users 5.15 --period 2025-06
    a line of standard output
    ! a line of standard error
    => 0

`--- file NAME` is followed by the contents, or names one of conftest's: PLAN or LEDGER. `--- bytes NAME` takes
contents with Python's escapes, `--- repeat NAME: TEXT * N` repeats such a text, `--- change NAME` exchanges texts
(`- old`, `+ new`), `--- fixture NAME` copies a file of tests/fixtures/import. A second block of one name adds
to the file. `--- nowhere` runs the commands in the root of the file system. `$ ls` lists the folder. In single
quotes an argument may use \n, \xNN and \uNNNN; control characters that are printed are written so too. FOLDER
stands for the case's folder. AIPLUS_UPDATE=1 writes what is printed into the files, to be read before it is kept.
A case of tests/errors has its sentence in Chinese on the second line, for docs/errors.zh.md.
"""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

from conftest import LEDGER, PLAN, run_aiplus

HERE = Path(__file__).parent
SPEC = sorted((HERE / "spec").glob("*.txt"))
ERRORS = sorted((HERE / "errors").glob("*.txt"))
SHARED = {"PLAN": PLAN, "LEDGER": LEDGER}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ESCAPE = re.compile(r"\\(?:n|t|x[0-9a-f]{2}|u[0-9a-f]{4})")


def unescape(text: str) -> str:
    """The text with its escapes read."""
    return _ESCAPE.sub(lambda match: str(ast.literal_eval(f'"{match[0]}"')), text)


def blocks(text: str) -> list[list[str]]:
    """The case in blocks: each begins with a `---` or `$` line, the first with the sentence."""
    found: list[list[str]] = [[]]
    for line in text.rstrip("\n").split("\n"):
        if line.startswith(("--- ", "$ ")):
            found.append([])
        found[-1].append(line)
    return found


def place_file(folder: Path, block: list[str]) -> None:
    """Write, add to or change a file, as the block says."""
    kind, _, rest = block[0].removeprefix("--- ").partition(" ")
    name, _, argument = rest.partition(": ")
    path, body = folder / name, "".join(f"{line}\n" for line in block[1:])
    if kind == "change":
        content = path.read_text(encoding="utf-8")
        for old, new in zip(block[1::2], block[2::2], strict=True):
            assert content.count(old.removeprefix("- ")) == 1, old
            content = content.replace(old.removeprefix("- "), new.removeprefix("+ "))
        path.write_text(content, encoding="utf-8", newline="")
        return
    if kind == "file":
        data = (SHARED[argument] if argument else body).encode()
    elif kind == "bytes":
        data = bytes(ast.literal_eval(f"b'''{body.removesuffix(chr(10))}'''"))
    elif kind == "fixture":
        data = (HERE / "fixtures" / "import" / name).read_bytes()
    else:
        assert kind == "repeat", block[0]
        piece, times = argument.rsplit(" * ", 1)
        data = unescape(piece).encode() * int(times)
    with path.open("ab") as stream:
        stream.write(data)


def printed(folder: Path, command: str, lang: str = "") -> list[str]:
    """What a command prints, as a case writes it; where it names no language itself, it is asked in this one."""
    words = [unescape(word) for word in shlex.split(command)]
    if words == ["ls"]:
        return [*sorted(path.name for path in folder.iterdir()), "=> 0"]
    env = {"COLUMNS": "140"} | ({"AIPLUS_LANG": lang} if lang else {})
    while "=" in words[0]:
        name, _, env[name] = words.pop(0).partition("=")
    assert words[0] == "aiplus", command
    result = run_aiplus(words[1:], folder, env)
    lines = shown(result.out, folder)
    assert not any(line.startswith(("! ", "$ ", "=> ", "--- ")) for line in lines), lines
    return [*lines, *(f"! {line}" for line in shown(result.err, folder)), f"=> {result.code}"]


def shown(text: str, folder: Path) -> list[str]:
    """The lines of an output, its control characters written out."""
    lines = text.replace(str(folder), "FOLDER").removesuffix("\n").split("\n") if text else []
    return [_CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line) for line in lines]


def replay(text: str, folder: Path, lang: str = "") -> list[str]:
    """The lines of a case as they are when its commands run anew, in an empty folder."""
    first, *rest = blocks(text)
    assert first[0].startswith("# "), "a case starts with a sentence"
    lines, place = list(first), folder
    for block in rest:
        if block == ["--- nowhere"]:
            place = Path(folder.anchor)
            lines += block
        elif block[0].startswith("--- "):
            place_file(place, block)
            lines += block
        else:
            lines += [block[0], *printed(place, block[0].removeprefix("$ "), lang)]
    return lines
