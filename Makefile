# The few commands of this house. `make run` and `make test` set up what they need by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check simulate kill fuzz bench lock format migration clean

$(VENV)/bin/python:
	@echo "Setting up a virtual environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Zhanggui needs Python 3.11 or newer; try: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	@echo "Installing what the bot needs (first time only, about a minute) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing what the tests need (first time only, about two minutes) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp
	@$(BIN)/python -m bot

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=

check: $(VENV)/dev.stamp
	@echo "Format ..." && $(BIN)/ruff format --check .
	@echo "Lint ..." && $(BIN)/ruff check .
	@echo "Types ..." && $(BIN)/mypy
	@echo "Imports ..." && $(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

simulate: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.simulation --seeds $(or $(SEEDS),100)

kill: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.reliability --kills $(or $(N),300) $(if $(PEERS),--peers)

fuzz: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.hostile --updates $(or $(UPDATES),100000) --seed $(or $(SEED),0)

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks

format: $(VENV)/dev.stamp
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: $(VENV)/dev.stamp
	@$(BIN)/uv pip compile -q --universal --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

migration: $(VENV)/dev.stamp
	@rm -f .cache/migration.db && mkdir -p .cache
	@$(BIN)/python -c 'from storage.database import open_engine; from storage.schema import write; write(open_engine("sqlite:///.cache/migration.db"), "$(m)")'
	@$(BIN)/ruff format -q storage/migrations && echo "Read the new file in storage/migrations/versions before you keep it."

clean:
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .coverage htmlcov
