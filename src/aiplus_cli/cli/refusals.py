"""Where a document was asked for, what stops the command is written as that document too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from aiplus_cli.cli import voice
from aiplus_cli.errors import AiplusError

if TYPE_CHECKING:
    from aiplus_cli.contract.importing import ImportDocument
    from aiplus_cli.contract.recording import RecordDocument

Writes = Literal["import", "record", "withdraw"]


@contextmanager
def refusals(document: Writes, format: str, lang: str | None, *, dry_run: bool) -> Iterator[None]:
    """With JSON asked for, the document of an error goes to standard output; the error goes its way."""
    voice.need_format(document, format)
    try:
        yield
    except AiplusError as error:
        if format == "json":
            voice.write(document, format, _refusal(document, error, dry_run=dry_run), lang=lang)
        raise


def _refusal(document: Writes, error: AiplusError, *, dry_run: bool) -> ImportDocument | RecordDocument:
    if document == "import":
        from aiplus_cli.contract.importing import import_refusal

        return import_refusal(error, dry_run=dry_run)
    from aiplus_cli.contract.recording import record_refusal

    return record_refusal(error, dry_run=dry_run)
