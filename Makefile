# Two commands are enough to begin: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
SETTINGS := DJANGO_SETTINGS_MODULE=tahanan.config.settings

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types contract docs migrations pages messages clean set-up-check

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

demo:  ## Set up, build a synthetic programme and serve it here (CHECK=1: build, check, exit; PORT=8001)
	@$(PYTHON) tools/setup.py demo
	@$(BIN)/tahanan demo $(if $(CHECK),--check) $(if $(PORT),--port $(PORT))

test:  ## Set up and run every test: SQLite, PostgreSQL, then a real browser
	@$(PYTHON) tools/setup.py test
	@$(PYTHON) tools/suite.py $(ARGS)

check: lint types contract migrations docs  ## All that needs no running program

lint: set-up-check  ## Style, and the shape of the text
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: set-up-check  ## Lay the text out as `make lint` wants it
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: set-up-check  ## Strict types
	@$(BIN)/mypy && $(BIN)/mypy tools

contract: set-up-check  ## The import contract: layers and bands point down
	@$(BIN)/lint-imports

migrations: set-up-check  ## Fails when a table was changed without a migration
	@DATABASE_URL=sqlite:///:memory: $(SETTINGS) $(BIN)/python -W error::RuntimeWarning -m django makemigrations --check --dry-run --no-input

docs: set-up-check  ## Build docs/ into site/, strictly
	@$(BIN)/mkdocs build --strict --quiet && echo "The documentation is in site/index.html."

pages: set-up-check  ## Write the pages of docs/ that say what the code says
	@$(SETTINGS) $(BIN)/python tools/pages.py

messages: set-up-check  ## Gather the words of the pages for translators
	@$(PYTHON) tools/translations.py gather

clean:  ## Throw away what the set-up built; data in var/ stays
	rm -rf .venv .tools node_modules site dist src/tahanan/web/static/dist

set-up-check:
	@$(PYTHON) tools/setup.py check
