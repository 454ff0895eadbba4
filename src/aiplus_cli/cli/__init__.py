"""The console script: runs the app and turns whatever ends it into an exit code.

Everything is imported inside `main`, so that an interruption meets its handler as soon as Python runs.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `aiplus` on the command line's arguments; leaves through SystemExit."""
    try:
        _run()
    except KeyboardInterrupt:
        from aiplus_cli.errors import ExitCode

        sys.stderr.write("\ninterrupted\n")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last line of defence: whatever is left is a bug
        from aiplus_cli.errors import ExitCode

        _report_bug()
        sys.exit(ExitCode.BUG)


def _run() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program: what goes there is dropped
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
    from aiplus_cli.cli.app import app

    app(prog_name="aiplus")


def _report_bug() -> None:
    import traceback

    from aiplus_cli import __version__

    traceback.print_exc()
    sys.stderr.write(
        f"\nThis is a bug in aiplus {__version__}; no verdict was given. "
        "Please report the lines above with the command you ran.\n"
    )
