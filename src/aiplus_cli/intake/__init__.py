"""One door for a figure: texts and files come in, entries for the ledger go out, or the reasons why not.

`record` is the import of one figure: both doors read by one grammar and decide by one rule. Nothing is printed here;
what is to be said goes back as messages and summaries, to the workspace and the command line, who alone call in.

- a way to write a value or a bound: `values`, `facts`; a period or a date: `times`; a header or a name: `headers`
- which facts make an entry, and what must hold between them: `grammar`
- what an entry is to the ledger (new, known, a revision, a contradiction, a jump): `decision`
- the door of `record` and `withdraw`: `record`; that of `import`: `session`, which returns a `summary`
- how a table is understood: `layout`, `surroundings` (units and titles), `figures` (its rows), `own` (our exports)
- what a mapping may say: `mapping`; the mapping that is offered: `suggest`
- what only a file of a million rows needs: `bulk`, whose cost and gain docs/import.md gives
- a new kind of file: `files`
"""
