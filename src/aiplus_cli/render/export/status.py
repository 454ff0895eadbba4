"""The status for machines, as `aiplus status` writes it."""

from __future__ import annotations

import msgspec

from aiplus_cli.render import Options, data
from aiplus_cli.render.export import Content

_LINE = msgspec.json.Encoder(decimal_format="number")


def render_csv(content: Content, options: Options) -> str:
    """The results, one a row."""
    return data.render_csv(content.assess(), options)


def render_json(content: Content, options: Options) -> str:
    """The document aiplus.status/1."""
    return data.render_json(content.assess(), options)


def render_jsonl(content: Content, options: Options) -> str:
    """The results of aiplus.status/1, one a line."""
    del options
    rows = data.status_document(content.assess())["results"]
    return b"".join(_LINE.encode(row) + b"\n" for row in rows).decode()
