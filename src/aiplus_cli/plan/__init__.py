"""The plan: what people write in targets.yaml, read strictly, and the periods and places that figures speak of.

In come the bytes of a targets.yaml, or of a mapping for `import`, and texts that name a period, a day or a region; out
go a `Plan`, frozen and whole, or every problem of the file with its line. Everybody may call it, and it calls nobody:
what figures say of a target is not known here.

| file | change it to |
| --- | --- |
| `records.py` | add a key of targets.yaml, or a word that is shared with the results, such as a verdict |
| `load.py` | change how a file becomes a `Plan`, and what is said of a key or value that does not fit |
| `document.py` | change what of YAML is read, how exactly, and the line that a problem names |
| `slips.py` | name another slip that people make in YAML, at its line |
| `rules.py` | add a rule that needs more than one value: targets that loosen, ids that are there twice |
| `policy.py` | add such a rule for gates and waivers |
| `periods.py` | change how periods and days are written, and the last day of a period |
| `numbers.py` | change which characters are digits, and how long a number may be |
| `texts.py` | change which characters of a text nobody sees, and what becomes of them |
| `places.py` | change the regions, and the names under which they are known |
"""
