# Relais. `make` lists what can be made. Everything lives in .venv/ and var/; nothing else is touched.

PORT ?= 8000
WHO ?= coordinator
ARGS ?=
RELAIS_VAR_DIR ?= $(CURDIR)/var
export PORT RELAIS_VAR_DIR
# Compiled modules are what makes the second start quick.
export PYTHONDONTWRITEBYTECODE =
export PIP_DISABLE_PIP_VERSION_CHECK = 1

PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo code check test test-unit test-postgresql test-browser bench soak format messages lock clean

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: ## Make the environment, the database, the course and the demo people (does not serve)
	@python=$$(sh scripts/find_python.sh) && $$python -m scripts.environment base
	@$(PY) -m scripts.prepare

demo: setup ## Set up, then serve on 127.0.0.1:8000 (make demo PORT=8001 for another port)
	@$(PY) -m scripts.serve

code: ## Print the second-step code of a demo person (make code WHO=coordinator)
	@$(PY) manage.py demo_code $(WHO)

setup-dev:
	@python=$$(sh scripts/find_python.sh) && $$python -m scripts.environment dev

check: setup-dev ## Linters, types, import order, templates, catalogues, migrations
	@$(PY) -m scripts.check

test: setup-dev ## Everything: check, then the suite on SQLite, on PostgreSQL and in a browser
	@$(PY) -m scripts.run_tests

test-unit: setup-dev ## The suite on SQLite only (ARGS="tests/records -k ...")
	@$(PY) -m scripts.run_tests sqlite -- $(ARGS)

test-postgresql: setup-dev ## The suite on a throwaway PostgreSQL only
	@$(PY) -m scripts.run_tests postgresql -- $(ARGS)

test-browser: setup-dev ## The journeys in Debian's Chromium only
	@$(PY) -m scripts.run_tests browser -- $(ARGS)

bench: setup-dev ## Print one JSON line for each figure we watch
	@$(PY) -m benchmarks

soak: setup-dev ## Faults and merges at their larger sizes (about an hour; RELAIS_SEED=... replays a run)
	@RELAIS_SOAK=1 $(PY) -m scripts.run_tests sqlite -- tests/sync tests/properties

format: setup-dev ## Put Python and templates into the house form
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .
	@git ls-files --cached --others --exclude-standard '*/templates/*.html' | xargs -r -d '\n' $(PY) -m djhtml --tabwidth 2

messages: setup-dev ## Collect the texts to translate into locale/ (needs Debian's gettext)
	@$(PY) -m scripts.collect_messages

lock: ## Pin what pyproject.toml asks for, with hashes (needs a package index)
	@python=$$(sh scripts/find_python.sh) && $$python -m scripts.lock

clean: ## Remove the environment, the database and every cache
	rm -rf .venv var build relais.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache screenshots
