"""The status for machines, as `aiplus status` writes it."""

from __future__ import annotations

from aiplus_cli.contract.status import status_document
from aiplus_cli.render import Options, data
from aiplus_cli.render.export import Content


def render_csv(content: Content, options: Options) -> str:
    """The results, one a row."""
    return data.render_csv(content.assess(), options)


def render_json(content: Content, options: Options) -> str:
    """The document aiplus.status/1."""
    return data.render_json(content.assess(), options)


def render_jsonl(content: Content, options: Options) -> str:
    """The results of aiplus.status/1, one a line."""
    del options
    return "".join(map(data.encode_line, status_document(content.assess()).results))
