"""The ledger: entries as they were recorded, read and appended to, never rewritten; and what they say on a date.

Everybody may read it; only the workspace appends, through a Writer that holds the lock. What an entry means for a
target is not known here.

- the fields of an entry, once, in the order of the file: `entries`
- the bytes of a line, the entry that they give, its id: `lines`
- the file: reading, the lock, appending: `jsonl`
- what must hold of entries and plan before anything is assessed, and what `validate` adds: `soundness`
- what was known on a date, and the best that there ever was: `vintages`
"""
