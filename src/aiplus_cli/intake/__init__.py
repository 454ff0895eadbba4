"""One door for a figure: texts and files become entries for the ledger, or the reasons why not.

`record` is the import of one figure: both doors read by one grammar and decide by one rule. In come texts by the names
of fields, or the path of a file, with the plan and the ledger; out go entries, and messages and summaries of what is to
be said. Nothing is written or printed here. The workspace calls in, the command line shows what went out.

| file | change it to |
| --- | --- |
| `values.py`, `facts.py` | read another way to write a value, a bound or a unit |
| `times.py` | read another way to write a period or a date |
| `headers.py` | know another header of a column, or another name |
| `grammar.py` | change which facts make an entry, and what must hold between them |
| `decision.py` | change what an entry is to the ledger: new, known, a revision, a contradiction, a jump |
| `record.py` | change the door of `record` and `withdraw` |
| `session.py`, `summary.py` | change the door of `import`, and what it says at the end |
| `layout.py`, `surroundings.py`, `figures.py` | change how a table is understood: its form, units, titles, rows |
| `legends.py` | read another way in which a table marks its figures, and says what its marks mean |
| `remarks.py` | read another way in which notes and titles say source, date and status |
| `own.py` | change how our own exports are read back |
| `mapping.py`, `suggest.py` | change what a mapping may say, and the one that is offered |
| `bulk.py` | change what only a file of a million rows needs; its cost and gain are in docs/import.md |
| `files/` | read another kind of file |
"""
