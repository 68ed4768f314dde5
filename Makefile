# Left Unsaid. A bare `make` says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup play test test-all check bench golden docs pictures lock format clean words findings calibration

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The newest Python that the lock was resolved for; `make PYTHON=python3.12` chooses another.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1 \
	&& echo $$p && break; done)
SCENARIO ?=

help: ## say what there is
	@echo "Left Unsaid. Each of these sets everything up by itself the first time."
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: $(STAMP) ## make .venv, install exactly what requirements.lock says

play: $(STAMP) ## open the window and sit down at the table (SCENARIO=id for another)
	@$(BIN)/unsaid play $(SCENARIO)

test: $(STAMP) ## the tests that take minutes, not more
	$(BIN)/pytest -m "not slow"

test-all: $(STAMP) ## every test, the slow suites too
	$(BIN)/pytest

check: $(STAMP) ## ruff, mypy (strict on sim), import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## lay the code out, mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure what is measured in benchmarks/
	$(BIN)/python benchmarks/sweeps.py
	$(BIN)/python benchmarks/limit.py
	$(BIN)/python benchmarks/twin.py
	$(BIN)/python benchmarks/futures.py
	$(BIN)/python benchmarks/frames.py
	$(BIN)/python benchmarks/reading.py

golden: $(STAMP) ## write the golden sessions and pictures anew, then show what differs
	$(BIN)/pytest tests/golden tests/game/test_pictures.py --regenerate -q
	@git --no-pager diff --stat -- tests/golden tests/game/pictures

docs: $(STAMP) ## fill the tables of docs/model*.md from the code; check links and examples
	$(BIN)/python docs/make_tables.py
	$(BIN)/pytest tests/test_docs.py -q

findings: $(STAMP) ## ask the model again: facts, balance, rivals, sensitivity; write docs/findings (half an hour)
	for part in record halving balance rivals diversity sensitivity; do \
	  echo "$$part ..."; $(BIN)/python -m sim.facts.$$part || exit 1; done
	$(BIN)/python docs/make_findings.py

calibration: $(STAMP) ## find again which sets of parameters the facts do not rule out (half an hour)
	$(BIN)/python -m sim.facts.calibration
	$(BIN)/python docs/make_findings.py

words: $(STAMP) ## gather every sentence for translators into sim/locale/left-unsaid.pot
	$(BIN)/python docs/make_words.py

pictures: $(STAMP) ## write every scene to docs/pictures: light, dark, projector
	$(BIN)/python docs/make_pictures.py

lock: ## resolve requirements.lock from pyproject.toml (wants uv; UPGRADE=--upgrade moves all)
	@cp requirements.lock requirements.lock.new
	@uv pip compile pyproject.toml --no-config --universal --python-version 3.11 --all-extras \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --quiet $(UPGRADE) --output-file requirements.lock.new
	@{ echo "# Everything that is installed, for Python 3.11 to 3.14, each file by its hash."; \
	  echo "# Made from pyproject.toml by \`make lock\`; docs/decisions/dependencies.md says how."; \
	  cat requirements.lock.new; } > requirements.lock
	@rm requirements.lock.new

clean: ## throw .venv and caches away
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks

$(STAMP): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Left Unsaid needs Python 3.11, 3.12, 3.13 or 3.14, and none was found."; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || { \
	  echo "$(PYTHON) is not Python 3.11 to 3.14, for which requirements.lock was made."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment: its module ensurepip is missing."; \
	  echo "On Debian and Ubuntu: sudo apt-get install python3-venv. Then make again."; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version); the first time takes a few minutes:"
	@echo "  fetching about $$(grep -c '^[a-z].*==' requirements.lock) packages, those that test and check Left Unsaid with them,"
	@echo "  each by its hash, into .venv and nowhere else. \`make clean\` takes them away again."
	@# an environment of another Python would keep its old packages
	@if [ -x $(BIN)/python ] && [ "$$($(BIN)/python --version 2>&1)" != "$$($(PYTHON) --version)" ]; \
	  then rm -rf $(VENV); fi
	@$(PYTHON) -m venv $(VENV)
	@# on a terminal one sees it work; elsewhere only what goes wrong
	@if [ -t 1 ]; then quiet=; else quiet=--quiet; fi; \
	  $(BIN)/python -m pip install $$quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "Now Left Unsaid itself …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
