"""Chinese and English: what is said in which words, and how wide it stands.

In comes a `Message` (made wherever something is to be said), the name of an enum value or a text; out goes the sentence
in a language, or lines that fit. `render` and `cli` ask; the core only makes messages. English needs no catalogue, and
Chinese reads the compiled one when the first sentence needs it.

| file | change it to |
| --- | --- |
| `locale/zh/LC_MESSAGES/aiplus.po` | mend the Chinese of a sentence, a word or a help text |
| `i18n.py` | change how a sentence is found and filled in, or add a language |
| `enums.py` | give an enum value its word |
| `joining.py` | change how labels, brackets and lists are joined |
| `width.py` | change how columns are counted and lines are broken |
| `signs.py` | change what stands for a sign where a terminal lacks it, or shows it two cells wide |

`tools/catalogue.py` gathers the sentences of the program into the `.po` (`make words`) and compiles it.
"""
