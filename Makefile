# Everything works on a fresh machine with git, make, Python 3.11 and the usual package registries.
# All that these targets make lives in .venv/ and .likar/; `make clean` removes it.

PYTHON ?= python3.11
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check 
LOAD_TARGETS := --url http://127.0.0.1:$${LIKAR_API_PORT:-8900} --sandbox-url http://127.0.0.1:$${LIKAR_SANDBOX_PORT:-8901}
export PYTHONUNBUFFERED = 1

.PHONY: help run test check relevance load bench lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: .venv/run.stamp ## start engine, sandbox registry, index and API; Ctrl-C stops them all
	@$(BIN)/likar up

test: .venv/test.stamp ## run every test, starting what they need
	@$(BIN)/likar engine fetch
	@$(BIN)/python -m pytest

check: .venv/test.stamp ## format, lint, types, import arrows and the quick tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/unit tests/property tests/contract -m "not engine and not journey"

relevance: .venv/test.stamp ## measure the search over the national registry; exit code 1 when it falls below the baseline
	@$(BIN)/likar engine fetch
	@$(BIN)/python -m tests.relevance run

load: .venv/test.stamp ## 60 s of mixed load against the running system; exit code 2 when a threshold is missed
	@$(BIN)/python -m loadtests run $(LOAD_TARGETS)

bench: .venv/test.stamp ## reading of texts over the national lexicons, then ten query kinds against the running system
	@$(BIN)/likar engine fetch
	@$(BIN)/python -m benchmarks.understanding --engine-url http://127.0.0.1:$${LIKAR_ENGINE_PORT:-9201}
	@$(BIN)/python -m loadtests kinds $(LOAD_TARGETS)

lock: .venv/test.stamp ## write the locked requirements and the list of the engine's jars anew
	echo 'setuptools>=77' | $(BIN)/pip-compile -q --no-header --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-annotate -o requirements/build.txt -
	$(BIN)/pip-compile -q --no-header --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-annotate --strip-extras -o requirements/run.txt pyproject.toml
	$(BIN)/pip-compile -q --no-header --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-annotate --strip-extras --extra test -c requirements/run.txt -o requirements/test.txt pyproject.toml
	$(BIN)/python -m indexer.embedded lock

clean: ## remove everything these targets made
	rm -rf .venv .likar likar.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/python.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or name it with make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "$(PYTHON) is not Python 3.11: name one with make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module did not work: install the package that brings it (on Debian python3.11-venv)."; exit 1; }
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/build.txt requirements/run.txt pyproject.toml
	@echo "Installing Likar's packages into .venv (once, about a minute)"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt >.venv/pip.log 2>&1 || { echo "The packages could not be installed: check the network to the package registry, then run the same command again (details: .venv/pip.log)."; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation --editable . >>.venv/pip.log 2>&1 || { echo "Likar itself could not be installed: see .venv/pip.log."; exit 1; }
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@echo "Installing the packages of the tests into .venv (once)"
	@$(PIP) install --require-hashes -r requirements/test.txt >.venv/pip.log 2>&1 || { echo "The packages could not be installed: check the network to the package registry, then run the same command again (details: .venv/pip.log)."; exit 1; }
	@touch $@
