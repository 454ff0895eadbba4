VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: status test lint bench docs scores clean

status: $(VENV)/.installed
	$(BIN)/aiplus status

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n 2

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py

docs: $(VENV)/.dev
	AIPLUS_UPDATE=1 $(BIN)/python -m pytest -q tests/test_spec.py tests/test_*docs.py tests/test_ci.py tests/test_review.py tests/test_export.py

# make scores DATA=adoption.csv: fits calibrated anew; writes its table and the scores in docs/methods.md.
scores: $(VENV)/.dev
	$(BIN)/python tools/fit_calibrated.py $(DATA)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q --upgrade "pip>=25.1"
	$(BIN)/python -m pip install -q -e ".[all]" --group dev
	touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
