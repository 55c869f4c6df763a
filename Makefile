# Two commands do everything: `make app` opens Kinetrace, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := .kinetrace/node
AXE := $(TOOLS)/node_modules/axe-core/axe.min.js
SAMPLE := .kinetrace/sample-library
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup app test check bench chromium clean

help: ## what there is to type
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/installed ## make .venv with every pinned dependency

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kinetrace needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable '.[dev]'
	@touch $@

app: setup ## build what changed in the sample library and open the app
	@$(BIN)/kinetrace build corpus/sample --output $(SAMPLE)
	@$(BIN)/kinetrace app --library $(SAMPLE)

test: setup chromium $(AXE) ## run every test
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

check: setup ## lint, format, types, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(MAKE) --no-print-directory test

bench: setup ## print the benchmark tables
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	@for name in spine reasoning linking answers claims app search_speed search_quality; do \
	  echo "== bench/$$name.py"; $(BIN)/python -m bench.$$name || exit 1; done

# The browser tests say how to get Chromium and skip where it can't be installed; under CI they must run.
chromium:
	@command -v chromium >/dev/null 2>&1 || command -v apt-get >/dev/null 2>&1 && test "$$(id -u)" = 0 && \
	  { command -v chromium >/dev/null 2>&1 || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }; } || true

$(AXE):
	@command -v npm >/dev/null 2>&1 && npm install --silent --no-audit --no-fund --prefix $(TOOLS) axe-core@4.10.3 || true

clean: ## remove what these commands made, but never a library of yours
	rm -rf $(VENV) .kinetrace artefacts .mypy_cache .ruff_cache .pytest_cache .hypothesis
