# Ten verbs run everything; each needs only make and Python 3.11 or newer, and sets up .venv by itself.

PYTHON ?= python3
# What `make test` hands to pytest, as in `make test PYTEST_ARGS="-k glob"`.
PYTEST_ARGS ?= -n auto --maxprocesses 8 --dist loadfile
# How many random pairs of policies `make soak` compares: 20 minutes of one core.
PAIRS ?= 100000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: demo test check fix generate soak bench build clean help

demo: $(VENV)/.installed ## build JFrog ML's role for a sample bucket, check it, and check a broken one
	@sh examples/01_demo.sh

test: $(VENV)/.group-test ## run every test and every example in the docstrings
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(VENV)/.group-check ## format, lint, types, layers, generated files
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python scripts/check_types.py
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/generate.py --check

fix: $(VENV)/.group-lint ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

generate: $(VENV)/.group-test ## write every generated file anew
	$(BIN)/python scripts/generate.py

soak: $(VENV)/.group-test ## run the property tests for minutes instead of seconds
	$(BIN)/pytest -m "hypothesis or oracle or large" --hypothesis-profile=soak $(PYTEST_ARGS)
	$(BIN)/python scripts/soak_compare.py $(PAIRS)

bench: $(VENV)/.group-bench ## measure start, growth, grants and throughput (POLICIES=file.jsonl), comparing beside z3 (PAIRS_FILE=)
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/least_privilege.py
	$(if $(POLICIES),$(BIN)/python benchmarks/throughput.py $(POLICIES),@echo "throughput: pass POLICIES=file.jsonl or .jsonl.gz to measure it")
	$(if $(PAIRS_FILE),$(BIN)/python benchmarks/compare.py $(PAIRS_FILE),@echo "comparing: pass PAIRS_FILE=file.jsonl or .jsonl.gz to measure it")

build: $(VENV)/.group-build ## build the wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/python -m build
	$(BIN)/python scripts/check_distribution.py dist

clean: ## remove everything that these commands made
	rm -rf $(VENV) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# pip 25.1 is the first that installs dependency groups; a stamp is made only after its step has ended well.
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "jfml-policies needs Python 3.11 or newer, and '$(PYTHON)' is not; try make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.installed: $(VENV)/.pip pyproject.toml
	$(PIP) install --editable .
	@touch $@

$(VENV)/.group-%: $(VENV)/.installed pyproject.toml
	$(PIP) install --group $*
	@touch $@
.PRECIOUS: $(VENV)/.group-%
