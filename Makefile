# Everything a person types. `make` alone lists it.
PYTHON ?= python3.11
SYSTEM_PYTHON := $(shell command -v $(PYTHON) || command -v python3)
VENV := .venv
RUN := $(VENV)/bin/python
# Every command and test starts programs: compiled once, and none of it beside the sources.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/build/bytecode

.PHONY: help setup setup-demo demo run test unit check bars shots-accept words migrate engines clean

help: ## what can be done here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## environment for developers and tests
	@$(SYSTEM_PYTHON) installers/setup.py dev

setup-demo:
	@$(SYSTEM_PYTHON) installers/setup.py demo

demo: setup-demo words ## the demo showroom: windows with a display, a scripted visit without one (HEADLESS=1)
	@$(RUN) main.py demo

run: setup-demo words ## this terminal's application
	@$(RUN) main.py run

words: ## compile the gettext catalogues
	@$(RUN) installers/words.py compile

test: setup words ## the whole suite, as CI runs it
	@$(RUN) installers/test.py

unit: setup words ## unit tests alone
	@$(RUN) -m pytest tests/unit

check: setup words ## format, lint, types, import rules, architecture, unit: under a minute
	@$(RUN) -m ruff format --check --quiet .
	@$(RUN) -m ruff check --quiet .
	@$(VENV)/bin/lint-imports --no-cache > /dev/null || $(VENV)/bin/lint-imports --no-cache
	@$(RUN) -m mypy
	@$(RUN) -m pytest tests/architecture tests/unit

bars: setup words ## full-size measurements of every issue; BAR=name for one
	@$(RUN) -m benchmarks $(BAR)

shots-accept: setup words ## take today's page pictures as the golden ones, after looking at them
	@$(RUN) -m pytest tests/screenshots --accept-screenshots

engines: ## optional OCR and face engines, each in an environment of its own
	@$(SYSTEM_PYTHON) installers/engines.py
	@$(SYSTEM_PYTHON) installers/face_engine.py

migrate: setup ## bring this terminal's database to the newest form
	@$(RUN) main.py migrate

clean: ## remove what make made
	rm -rf $(VENV) demo-output build dist
