VENV ?= .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
PYTHON ?= python3

# The program is started hundreds of times here: Python is to compile it once.
export PYTHONDONTWRITEBYTECODE :=

LOCALE := src/aiplus_cli/words/locale/zh/LC_MESSAGES

.PHONY: status test test-lowest lint bench docs words words-compile mutants campaign scores precedents clean

status: $(VENV)/.installed
	$(BIN)/aiplus status

# make test MEASURE=--cov: as CI runs it, with the floor of coverage that pyproject.toml sets.
test: words-compile
	$(BIN)/python -m pytest -q -n 2 $(MEASURE)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# make test-lowest: the tests on the lowest versions that pyproject.toml allows, with a few examples a property.
test-lowest: $(LOWEST)/.ready words-compile
	HYPOTHESIS_PROFILE=few $(LOWEST)/bin/python -m pytest -q -n 2

bench: words-compile
	$(BIN)/python benchmarks/bench.py

docs: words-compile
	AIPLUS_UPDATE=1 $(BIN)/python -m pytest -q tests/test_spec.py tests/test_*docs.py tests/test_ci.py tests/test_review.py tests/test_export.py

# make words: gathers the sentences of the program into aiplus.po, where new ones wait for their Chinese.
words: $(VENV)/.dev
	$(BIN)/python tools/catalogue.py update

words-compile: $(LOCALE)/aiplus.mo

$(LOCALE)/aiplus.mo: $(LOCALE)/aiplus.po $(VENV)/.dev
	$(BIN)/python tools/catalogue.py compile

# make mutants: about an hour, by an estimate; make mutants ROOM=judge/series: minutes; make mutants SAMPLE=10: every tenth of each module.
# PROCESSES=2 runs two mutants at once.
mutants: words-compile
	$(BIN)/python tools/mutants.py $(ROOM)

# make campaign: half an hour of processor time; each trial repeats itself by its number. docs/reliability.md has the figures.
campaign: words-compile
	cd tools && ../$(BIN)/python -m campaign kills 5000
	cd tools && ../$(BIN)/python -m campaign faults 1000
	cd tools && ../$(BIN)/python -m campaign races 400
	cd tools && ../$(BIN)/python -m campaign fuzz 50000
	cd tools && ../$(BIN)/python -m campaign texts 2907

# make scores DATA="technologies.csv internet.csv": fits calibrated anew; writes its table and the scores in docs/methods.md.
scores: $(VENV)/.dev
	$(BIN)/python tools/fit_calibrated.py $(DATA)

# make precedents DATA=FOLDER: writes the table of past cases that ships, from adoption_many_dev.csv and adoption_dev.csv there.
precedents: $(VENV)/.dev
	$(BIN)/python tools/precedents.py $(DATA)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q --upgrade "pip>=25.1"
	$(BIN)/python -m pip install -q -e ".[all]" --group dev
	touch $@

$(LOWEST)/.ready: pyproject.toml $(VENV)/.dev
	$(BIN)/uv venv -q --clear --python $(BIN)/python $(LOWEST)
	$(BIN)/uv pip install -q --python $(LOWEST)/bin/python --resolution lowest-direct -e ".[all]" --group dev
	touch $@

clean:
	rm -rf $(VENV) $(LOWEST) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants
