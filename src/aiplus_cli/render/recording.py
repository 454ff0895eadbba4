"""What `record` and `withdraw` print: the ids, one a line, for the next command."""

from __future__ import annotations

from aiplus_cli.contract.recording import RecordDocument


def render_ids(done: RecordDocument, *_: object) -> str:
    """The ids of the entries that were appended, or would be."""
    return "".join(f"{row.id}\n" for row in done.entries)
