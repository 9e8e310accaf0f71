# `make` lists what there is. The longer pieces are shell scripts in .ci/.

.DEFAULT_GOAL := help
.PHONY: help run test test-deps check lint bench chaos lock

PORT ?= 8000
export PORT
python := .venv/bin/python

# Nothing here may leave a trace among the sources: bytecode is kept beside the packages, caches not at all. The
# settings want a secret; handed in like this, none is made on disk.
quiet := PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/bytecode SECRET_KEY=only-for-checks-and-tests-0123456789abcdefghijklmnopqrstuvwxyz
pytest := $(quiet) $(python) -m pytest -p no:cacheprovider --numprocesses=auto --maxprocesses=4 --dist=loadscope

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '  make %-10s %s\n' "$$name" "$$what"; done

run: ## serve Orrery at http://127.0.0.1:8000/ (another port: PORT=8471 make run)
	@exec .ci/serve

test: ## install what the tests need, then check and test everything
	@.ci/environment requirements-test.lock
	@.ci/system-packages
	@$(MAKE) --no-print-directory lint
	@$(pytest)

test-deps: ## print the one line that installs the programs the tests need
	@.ci/system-packages --print

check: ## lint, types and unit tests: a minute or two, writes nothing
	@.ci/environment requirements-test.lock
	@$(MAKE) --no-print-directory lint
	@$(pytest) -q -m "not browser and not fidelity and not search and not deploy and not long"

lint: ## ruff and mypy alone
	@.ci/environment requirements-test.lock
	@$(python) -m ruff check --no-cache --quiet .
	@$(python) -m ruff format --no-cache --check --quiet .
	@$(quiet) $(python) -m mypy --cache-dir=/dev/null --no-error-summary

bench: ## measure, and print a table with ratios
	@.ci/environment requirements-test.lock
	@$(python) -m tests.bench

chaos: ## kill processes while a class answers, and count what was lost
	@.ci/environment requirements-test.lock
	@$(quiet) $(python) -m tests.chaos

lock: ## write both lock files anew from pyproject.toml (newer versions: UPGRADE=--upgrade)
	@UPGRADE="$(UPGRADE)" .ci/lock
