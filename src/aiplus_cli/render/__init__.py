"""What people and programs read: documents of `contract` written as text.

In comes a document, the plan where names and units are shown, and `Options`; out goes text (of an export: bytes or
files), in full. Nothing here judges, reads a file or looks at a clock. `cli` asks `formats` for the function.

| file | change it to |
| --- | --- |
| `formats.py` | add a format, or a document |
| `data.py` | change how rows become CSV |
| `phrases.py` | change how names, units and the parts of a row are said to people |
| `view.py`, `table.py`, `doc.py` | change the status page, and how a table looks on a terminal or in Markdown |
| `show.py`, `forecast.py`, `backtest.py`, `methods.py`, `plan.py`, `log.py` | change the page of that name |
| `precedents.py` | change how past cases are named on the pages of `show` and `forecast` |
| `chart.py`, `diagram.py` | change how lines are drawn in a terminal, or the diagram of what chances came to |
| `review.py`, `due.py`, `pages.py` | change what `diff` and `due` print |
| `recording.py` | change what is printed of an entry that was recorded |
| `importing.py`, `progress.py` | change what is said of an import, and the bar while something takes long |
| `problems.py` | change how a problem is told to people |
| `text.py` | change how text of others is made safe for a terminal |
| `ci/` | change what `check` prints, one file a format |
| `export/` | change what `export` writes |
"""

from __future__ import annotations

from dataclasses import dataclass

from aiplus_cli.words import signs


@dataclass(frozen=True)
class Options:
    """How to write: the language, the width in cells (None: as wide as it needs), colour, and the stream's encoding."""

    lang: str = "en"
    width: int | None = None
    color: bool = False
    encoding: str = "utf-8"
    compare: bool = False
    """Whether the page shows every method side by side."""
    explain: bool = False
    """Whether the page shows the arithmetic."""
    ascii: bool = False
    """Whether signs that ASCII does not have are unwanted, whatever the stream can show."""

    @property
    def is_plain(self) -> bool:
        """Whether frames, charts and tables are made of plain signs only."""
        return self.ascii or not signs.has_signs(self.encoding)
