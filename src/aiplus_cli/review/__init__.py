"""What a monthly review asks: what changed between two days and why, and which figures are awaited.

In come plans, the entries of the ledger and days; out go a `Review` (every row that changed, with the steps that led
there, each with its cause) and `Awaited` series. Nothing here reads a file or a clock. `workspace` asks, and `contract`
makes the documents.

| file | change it to |
| --- | --- |
| `diff.py` | change how the walk from one day to the other goes, or add a kind of cause |
| `due.py` | change when a figure is awaited, overdue or excused |
| `records.py` | add a field to a change, a step, a cause or an awaited figure |
"""
