"""The console script: runs the app and turns whatever ends it into an exit code."""

from __future__ import annotations

import sys

from aiplus_cli.errors import ExitCode


def main() -> None:
    """Run `aiplus` on the command line's arguments; leaves through SystemExit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
    try:
        from aiplus_cli.cli.app import app

        app(prog_name="aiplus")
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last line of defence: whatever is left is a bug
        _report_bug()
        sys.exit(ExitCode.BUG)


def _report_bug() -> None:
    import traceback

    from aiplus_cli import __version__

    traceback.print_exc()
    sys.stderr.write(
        f"\nThis is a bug in aiplus {__version__}; no verdict was given. "
        "Please report the lines above with the command you ran.\n"
    )
