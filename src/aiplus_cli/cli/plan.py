"""`aiplus plan`."""

from __future__ import annotations

from aiplus_cli.cli import options, voice


def plan(output: options.Output = None, lang: options.Lang = None) -> None:
    from aiplus_cli.cli.door import enter
    from aiplus_cli.render.plan import render_plan

    voice.write_output(render_plan(enter(lang).plan, voice.manner(lang)), output)
