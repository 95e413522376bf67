# Consilience. `make run` is all that a meeting needs; `make` alone lists the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 1

VENV := .venv
BIN := $(VENV)/bin
WORDS := app/locale
LANGUAGES := fr es ar ru zh
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
  make_venv = $(UV) venv -q --seed --allow-existing --python $(PYTHON) $(VENV)
  pip_install = $(UV) pip install -q --python $(BIN)/python
else
  make_venv = $(PYTHON) -m venv $(VENV)
  pip_install = $(BIN)/python -m pip install -q --disable-pip-version-check
endif

export HOST PORT PUBLIC_URL

.DEFAULT_GOAL := help
.PHONY: help install run demo test check format bench soak words pictures lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.run ## Make .venv from the hashed lock
run: $(VENV)/.run ## Serve a meeting on HOST (127.0.0.1) and PORT (8000); DEMO=0 starts empty
	@exec $(BIN)/consilience serve --host $(HOST) --port $(PORT) $(if $(filter 0,$(DEMO)),,--demo)

demo: $(VENV)/.run ## Play the Bangkok scenario from import to exported matrix, into var/demo/
	@exec $(BIN)/consilience demo

check: $(VENV)/.dev ## Format, lint, types, import rules, unit tests: the fast part
	@$(BIN)/python -m tests.run check

test: $(VENV)/.dev ## Everything that CI runs
	@$(BIN)/python -m tests.run test

soak: $(VENV)/.dev ## The long runs, hours of them; ONLY="killed power" runs some
	@$(BIN)/python -m tests.run soak $(ONLY)

bench: $(VENV)/.dev ## The benchmarks, into var/bench/
	@$(BIN)/python -m tests.bench

format: $(VENV)/.dev ## Put the code into the one format
	@$(BIN)/ruff check -q --fix-only . && $(BIN)/ruff format -q .

words: $(VENV)/.dev ## Collect the sentences to translate into app/locale/*/LC_MESSAGES/consilience.po
	@mkdir -p $(WORDS)
	@$(BIN)/pybabel -q extract -F pyproject.toml -k N_ --no-location --sort-output \
		--project=Consilience --version=0.1.0 \
		--copyright-holder="the authors of Consilience" -o $(WORDS)/consilience.pot .
	@for language in $(LANGUAGES); do \
		test -e $(WORDS)/$$language/LC_MESSAGES/consilience.po && verb="update -N" || verb=init; \
		$(BIN)/pybabel -q $$verb -D consilience -l $$language -i $(WORDS)/consilience.pot -d $(WORDS) \
		|| exit 1; done
	@find $(WORDS) -name 'consilience.po*' -exec sed -i.old -e '/EMAIL@ADDRESS/d' -e '/LL@li.org/d' {} + \
		&& find $(WORDS) -name '*.old' -delete

pictures: $(VENV)/.dev ## Take the README's pictures from the running app
	@$(BIN)/python -m tests.pictures

# The locks hold versions and hashes, never the address of a package index.
# Extras stay named: pip looks at newer versions of what only an extra asks for, and finds no hash.
COMPILE = $(BIN)/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-strip-extras
lock: $(VENV)/.dev ## Write both locks again after a change in pyproject.toml
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --group dev --group lock -c requirements.txt -o requirements-dev.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Consilience needs Python 3.11 or newer; name one with PYTHON=python3.12"; exit 1; }
	@$(make_venv)

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing Consilience into $(VENV) (once; about a minute without uv)"
	@$(pip_install) --require-hashes -r requirements.txt
	@$(pip_install) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what the tests need"
	@$(pip_install) --require-hashes -r requirements-dev.txt
	@touch $@
