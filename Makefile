# `make help` lists the targets; each one sets up what it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SCHEMA ?= https://api.sensay.io/schema
SAMPLE := examples/shop-assistant
# ARGS='-n 0' runs the tests in one process, which a debugger needs.
PYTEST := -m pytest -n auto --maxprocesses 8

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types types-wheel example coverage unasync check-unasync regenerate take-in todo generate check-generated changes check-api record record-live check-recorded bench conformance load kills clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## set up .venv with everything that development needs

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[cli,sandbox,testing]' --group dev
	@touch $@

demo: install ## run the main job: on the embedded sandbox, or on the live API when a key is in the environment
	$(BIN)/python -m scripts.demo

test: install ## run the test suite (network blocked except loopback, random order, warnings are errors)
	$(BIN)/python $(PYTEST) $(ARGS)

check: install lint types types-wheel example check-unasync check-generated check-recorded check-api ## everything that CI checks besides the tests

lint: install ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@test ! -x $(BIN)/actionlint || $(BIN)/actionlint .github/workflows/*.yml

types: install ## mypy strict on the whole project, generated code included
	$(BIN)/mypy
	$(BIN)/mypy $(SAMPLE)/src $(SAMPLE)/tests

types-wheel: install ## build the wheel, and check user code against it with mypy and basedpyright
	$(BIN)/python -m tests.typing.check_user_code

example: install ## install the wheel with the sample project into a fresh environment, and run the project's tests there
	$(BIN)/python -m tests.check_example

coverage: install ## run the test suite and fail on any line or branch of the package that no test runs
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run $(PYTEST) $(ARGS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

unasync: install ## derive the sync client and its tests from the async sources
	$(BIN)/python -m scripts.unasync

check-unasync: install
	$(BIN)/python -m scripts.unasync --check

regenerate: take-in ## take-in, then run the tests, and list what is left to do by hand
	@$(BIN)/python $(PYTEST) $(ARGS); tested=$$?; $(BIN)/python -m scripts.todo && exit $$tested

take-in: install ## fetch SCHEMA (url or file), report what changed, and regenerate the client; FORCE=1 takes what looks wrong
	$(BIN)/python -m scripts.regenerate --schema '$(SCHEMA)'

todo: install ## what is left to do by hand after the API has changed
	$(BIN)/python -m scripts.todo

generate: install ## regenerate from the committed snapshot, offline
	$(BIN)/python -m scripts.generate

check-generated: install ## regenerate aside and fail on any difference
	$(BIN)/python -m scripts.generate --check

changes: install ## what changed between two documents of the API: OLD= and NEW= are urls, files or git refs
	$(BIN)/python -m scripts.schema_diff '$(OLD)' '$(NEW)' $(ARGS)

check-api: install ## is every break of the public interface since the last release announced, and a new major version
	$(BIN)/python -m scripts.check_api

record: install ## record the cassettes of the tests and of the sample project anew, from the sandbox
	env -u SENSAY_API_KEY -u SENSAY_ORGANIZATION_SECRET $(BIN)/python -m pytest tests/recorded --sensay-record=rewrite $(ARGS)
	cd $(SAMPLE) && env -u SENSAY_API_KEY -u SENSAY_ORGANIZATION_SECRET PYTHONPATH=src '$(CURDIR)/$(BIN)/python' -m pytest -p no:asyncio --sensay-record=rewrite tests/test_recorded.py

record-live: install ## record the cassettes anew from the live API, with the key in SENSAY_API_KEY
	@test -n "$$SENSAY_API_KEY" || { echo 'record-live: set SENSAY_API_KEY to the secret of an organization for tests'; exit 2; }
	$(BIN)/python -m pytest tests/recorded --sensay-record=rewrite --force-enable-socket -m 'not sandbox_only' $(ARGS)

check-recorded: install ## record aside, and fail on any difference from the cassettes
	$(BIN)/python -m tests.recorded.check

bench: install ## speed and memory as ratios against named peers; ARGS= names some of them
	$(BIN)/python -m benchmarks $(ARGS)

conformance: install ## schemathesis with all checks over the sandbox, stateful links included
	$(BIN)/python -m tests.sandbox.conformance --max-time 300

load: install ## 50 clients and 20,000 requests against the sandbox
	$(BIN)/python -m tests.sandbox.load

kills: install ## 50 runs over a changing folder of 500 files, each killed at any moment while the network is bad; ARGS= names seeds
	$(BIN)/python -m tests.kills $(ARGS)

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
