"""The ledger: entries as they were recorded, read and appended to, never rewritten; and what they say on a date.

In come the bytes of progress.jsonl and new entries; out go entries with their lines, the problems of the file, and the
figures that were known on a date. Everybody may read it; only the workspace appends, through a `Writer` that holds the
lock. What an entry means for a target is not known here.

| file | change it to |
| --- | --- |
| `entries.py` | add a field of an entry; the order here is that of the file |
| `bounds.py` | change what floors and ceilings prove of a difference |
| `lines.py` | change the bytes of a line, the entry that they give, or what its id is made of |
| `jsonl.py` | change how the file is read, locked and appended to |
| `soundness.py` | change what must hold of entries and plan before anything is assessed, and what `validate` adds |
| `vintages.py` | change what was known on a date, and the best that there ever was |
"""
