# Two commands set everything up and run it; both may be run again at any time:
#   make demo   the graph of the sample articles: summary, one query, and a page to look at
#   make test   all checks: lint, types, tests, and the installed wheel doing the main job
# They need Python 3.11 or newer (another one: make demo PYTHON=python3.12) and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
WHEEL := build/wheel

# No surprises from a Python environment that the user has open.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test lint types tests wheel clean

help:
	@sed -n 's/^#   make/make/p' Makefile

# --- Environment: a stamp file tells what is installed, so nothing is done twice

# venv is a package of its own on Debian and Ubuntu; virtualenv, or a pip outside, does as well.
define make_venv
	@echo 'Setting up $(1) (a minute or two)'
	@rm -rf $(1)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is missing or older than 3.11. Install Python, or give PYTHON=python3.12." >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(1) >/dev/null 2>&1 \
	  || $(PYTHON) -m virtualenv -q $(1) 2>/dev/null \
	  || { rm -rf $(1); $(PYTHON) -m venv --without-pip $(1) 2>/dev/null \
	       && $(PYTHON) -m pip --python $(1)/bin/python install -q pip 2>/dev/null; } \
	  || { rm -rf $(1); \
	       echo "$(PYTHON) cannot make environments. Run: sudo apt install python3-venv" >&2; \
	       exit 1; }
endef

$(BIN)/activate:
	$(call make_venv,$(VENV))

$(VENV)/.installed: $(BIN)/activate pyproject.toml
	@$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed pyproject.toml
	@$(BIN)/python -m pip install -q -e '.[test]'
	@touch $@

# --- Demo

demo: $(VENV)/.installed
	@mkdir -p $(DEMO)
	@echo '$$ kg build examples/articles -o $(DEMO)/graph.trig'
	@$(BIN)/kg build examples/articles -o $(DEMO)/graph.trig
	@echo
	@echo '$$ kg query $(DEMO)/graph.trig who-attacked-whom'
	@$(BIN)/kg query $(DEMO)/graph.trig who-attacked-whom
	@echo
	@$(BIN)/kg view $(DEMO)/graph.trig -o $(DEMO)/page.html --quiet
	@echo 'The page to look at: file://$(CURDIR)/$(DEMO)/page.html'

# --- Checks

test: lint types tests wheel
	@echo 'All checks passed.'

lint: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.installed-test
	$(BIN)/mypy

tests: $(VENV)/.installed-test
	$(BIN)/pytest

$(WHEEL)/venv/bin/activate:
	@mkdir -p $(WHEEL)
	$(call make_venv,$(WHEEL)/venv)

# The wheel alone, in an environment of its own and outside the checkout, does the main job.
wheel: $(VENV)/.installed-test $(WHEEL)/venv/bin/activate
	rm -rf $(WHEEL)/dist
	$(BIN)/python -m pip wheel -q --no-deps -w $(WHEEL)/dist .
	$(WHEEL)/venv/bin/python -m pip install -q --force-reinstall --no-deps $(WHEEL)/dist/*.whl
	$(WHEEL)/venv/bin/python -m pip install -q $(WHEEL)/dist/*.whl
	.ci/installed $(WHEEL)/venv examples/articles

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
