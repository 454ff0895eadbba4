"""The status for machines, as `aiplus status` writes it."""

from __future__ import annotations

from aiplus_cli.contract.encode import encode_line
from aiplus_cli.contract.export import Content
from aiplus_cli.render import Options, data


def render_csv(content: Content, options: Options) -> str:
    """The results, one a row."""
    del options
    return data.render_csv(content.assess())


def render_json(content: Content, options: Options) -> str:
    """The document aiplus.status/1."""
    del options
    return data.render_json(content.assess())


def render_jsonl(content: Content, options: Options) -> str:
    """The results of aiplus.status/1, one a line."""
    del options
    return "".join(map(encode_line, content.assess().results))
