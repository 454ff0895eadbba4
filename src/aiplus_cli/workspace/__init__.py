"""The public door: a workspace that one can program, which the command line uses too and nothing else.

In come a folder and plain values (ids, dates, text); out go documents of `contract`. All reading and writing of a
workspace's files happens here. `cli` calls it, and so does anybody who writes `from aiplus_cli import Workspace`.

| file | change it to |
| --- | --- |
| `questions.py`, `writing.py` | add a call, or an option of one: what only reads, and what writes |
| `api.py`, `house.py` | change how a workspace is opened, and what its calls share |
| `asking.py`, `several.py` | change what may be asked for: regions, ids, methods, words; what is said of any other |
| `dates.py`, `notes.py` | change the clock, or what is told beside a result |
| `files.py`, `loading.py` | change where the files are, and how they are read |
| `judging.py`, `checking.py` | change how the figures of a day are judged, and what the gates compare them with |
| `reviewing.py`, `runs.py`, `snapshots.py` | change the days of a review, and how runs are recorded and read back |
| `recording.py` | change how entries are read, decided on under the lock, and appended |
| `precedents.py` | change how the packaged table of past cases is read |
| `precedents.csv` | nothing: tools/precedents.py writes it; `precedents.txt` says from where and under which licence |
| `past.py`, `creating.py` | change the file of past series, and what a new workspace has |
"""
