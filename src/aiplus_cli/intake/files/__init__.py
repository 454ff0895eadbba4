"""Readers of files: a path comes in, sheets of rows of typed cells go out, each cell with its address.

Only `intake` calls in, through `read.read_file`, which knows the kind of a file by its first bytes. A reader knows
nothing of plans and figures: what a cell means is for the grammar to say. It must not trust the file: sizes are
limited, nothing is run, and whatever a broken one does ends as an InputProblem with its place.

- which kind a file is, which sheets and cells of it are wanted: `read`, with a line for each kind
- what all readers give: `cells`
- delimited text: `text`, and its `encoding`; JSON and JSON Lines: `objects`
- workbooks: `excel` (XLSX, XLS), `ods`; zip archives of XML: `archive`
"""
