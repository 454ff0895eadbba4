"""What is worked out of plan and ledger: verdicts, outlooks, and how well the methods foretold the past.

In come a plan, the current figures of a vintage (`ledger.vintages.current`) and two days, in go no clock, no file and
no environment; out come `Report`, `Forecast`, `Backtest`: frozen, exact, in no language. `review` and `check` build on
them, `contract` turns them into documents; `workspace` and `cli` call them.

| file | change it to |
| --- | --- |
| `records.py` | change what an assessment is made of |
| `series.py` | change which figures make a series |
| `calendar.py` | change which periods a series should have, and which of them are missing |
| `deciding.py` | change which figure decides once a day has passed, and until when it is awaited |
| `bounds.py` | change what a bounded figure proves |
| `assess.py` | change what is judged, and on which figures |
| `path.py` | change how far it is from its path, or which targets are levels to hold |
| `methods/` | add or change a method, one file each |
| `compare.py` | change how the methods are put side by side |
| `enough.py` | change how far a verdict is from turning, and since when it stands |
| `outlook.py` | change where a number is heading, and when a target is reached |
| `going_on.py` | change what is said where there is no chance: the pace of the last years, going on, and its spread |
| `past.py`, `episodes.py` | change how past series are read, cut into episodes, and weighed |
| `precedents.py` | change which past cases are near, and how many are counted and named |
| `backtest.py`, `fit.py`, `folds.py` | change how methods are scored on, or fitted to, past series or a part of them |
"""
