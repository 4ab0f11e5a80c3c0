# The one entry point. Each target sets up everything it needs in .venv; a second run finds it there.
#
#   make demo [PORT=8000] [RESET=1]   a demo shop with three months of history; prints an address and log-ins
#   make run  [PORT=8000]             an empty shop of your own
#   make test [FAST=1]                the whole suite: SQLite, then PostgreSQL, then the browser
#   make check                        format, lint, types, layers, deploy check, migrations, translations
#   make fmt | bench | docs | messages | lock

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test check fmt bench docs messages lock built dev clean

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

demo: built
	@$(BIN)/akinai demo --port $(PORT) $(if $(RESET),--reset)

run: built
	@$(BIN)/akinai up --port $(PORT)

test: dev
	@$(BIN)/python -m tests.run $(if $(FAST),--fast) $(TESTS)

check: dev
	@$(BIN)/python -m tests.check

fmt: dev
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: dev
	@$(BIN)/akinai bench $(BENCH)

docs: dev
	@$(BIN)/akinai reference

messages: dev
	@$(BIN)/python -m akinai.config.translations

clean:
	rm -rf $(VENV) build dist .build-stamp .mypy_cache .ruff_cache

# --- set-up, done once and again when a lock file or the build hook's inputs change

built: $(VENV)/.installed
	@$(BIN)/python hatch_build.py

dev: $(VENV)/.installed-dev built

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "akinai needs Python 3.11 or newer; choose one with PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.python requirements-build.lock requirements.lock pyproject.toml
	@echo "akinai: installing what it is built on (once)" >&2
	@$(PIP) --require-hashes -r requirements-build.lock
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "akinai: installing what its tests need (once)" >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Pins with hashes and names no index. Needs uv; run it after changing a dependency in pyproject.toml.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock:
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(LOCK) pyproject.toml --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(PYTHON) -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"]), "editables", sep="\n")' \
	  | $(LOCK) - --constraints requirements-dev.lock --output-file requirements-build.lock
	@! grep -nE '://|--(index|extra-index|find-links)' requirements*.lock || { echo "a lock file names an address" >&2; exit 1; }
