"""Readers of files: a path comes in, sheets of rows of typed cells go out, each cell with its address.

Only `intake` calls in, through `read.read_file`, which knows the kind of a file by its first bytes. A reader knows
nothing of plans and figures: what a cell means is for the grammar to say. It must not trust the file: sizes are
limited, nothing is run, and whatever a broken one does ends as an InputProblem with its place.

| file | change it to |
| --- | --- |
| `read.py` | add a kind of file, or change which sheets and cells of it are wanted |
| `cells.py` | change what all readers give |
| `text.py`, `encoding.py` | change how delimited text is read, and how its encoding is found |
| `objects.py` | change how JSON and JSON Lines are read |
| `excel.py`, `ods.py` | change how workbooks are read |
| `formats.py` | change what a number format makes of a number: a percentage, a day, a unit |
| `strict.py` | change how strict Office Open XML is made readable |
| `hidden.py` | change what is told of hidden rows and columns, and how they are left out |
| `archive.py` | change the limits of zip archives of XML |
"""
