"""Hostile texts in every place of a plan and a ledger, and every form of every answer: each is only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import hostile

ALL = len(hostile.FORMS) * (len(hostile.SEEN) + len(hostile.UNSEEN))
"""So many trials have each text in each place of each form once."""


def trial(number: int) -> str:
    """One form of one answer in both languages, from a workspace whose texts are all attacks."""
    turn, which = divmod(number % ALL, len(hostile.FORMS))
    document, form = hostile.FORMS[which]
    with _workspace(turn) as folder:
        for lang in ("zh", "en"):
            for text, kind in hostile.answers(folder, document, form, lang):
                _need_harmless(text, kind, f"{document} as {form} in {lang}")
    return document


@contextmanager
def _workspace(turn: int) -> Iterator[Path]:
    with TemporaryDirectory(prefix="aiplus-campaign-") as name:
        if turn < len(hostile.SEEN):
            yield hostile.workspace(Path(name), turn)
        else:
            with hostile.slipped_in(Path(name), turn - len(hostile.SEEN)) as folder:
                yield folder


def _need_harmless(text: str, kind: str, what: str) -> None:
    try:
        hostile.need_harmless(text, kind)
    except AssertionError as broken:
        message = f"{what} does something: {text}"
        raise AssertionError(message) from broken
