# The one way in. Needs git, make, python3 (3.11 or newer) and pip; on Debian 12:
#   apt-get install git make python3 python3-pip

PYTHON ?= python3
MIRROR ?= $(or $(WORLDCLASS_MIRROR),../shared/data)
OUT ?= out

UV := .boot/bin/uv
PY := .venv/bin/python
STAMP := .venv/.complete
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup atlas test lint types format bench bench-smoke docs build smoke results \
	snapshot lock clean clean-all

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(UV): requirements/boot.txt
	@command -v $(PYTHON) > /dev/null || { echo "No '$(PYTHON)' found. Install Python 3.11 or newer, or name it: make setup PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$$($(PYTHON) --version) is too old. Install Python 3.11 or newer, or name it: make setup PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import pip, venv' \
		|| { echo "$(PYTHON) lacks pip or venv. On Debian: apt-get install python3-pip"; exit 1; }
	$(PYTHON) -m venv --without-pip --clear .boot
	$(PYTHON) -m pip --python .boot/bin/python install --quiet --require-hashes -r requirements/boot.txt
	@touch $@

$(STAMP): requirements/dev.txt pyproject.toml | $(UV)
	@test -x $(PY) || $(UV) venv --quiet --allow-existing --python .boot/bin/python .venv
	$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(PY) requirements/dev.txt
	$(UV) pip install --quiet --python $(PY) --offline --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(STAMP) ## fill .venv with everything, extras included

atlas: setup ## the main job: the world's classes, from the embedded data, without a network
	@mkdir -p $(OUT)
	.venv/bin/worldclass atlas --html $(OUT)/atlas.html --out $(OUT)/atlas.parquet --picture $(OUT)/atlas.png
	@echo "Pictures and table: $(OUT)/atlas.html (open it in a browser), $(OUT)/atlas.png, $(OUT)/atlas.parquet"

test: setup ## run all tests, and the examples in docstrings
	$(PY) -m pytest -n 2

lint: setup types ## check style, format, types and the direction of imports
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-cache

types: setup ## check types
	.venv/bin/pyright

format: setup ## put the code into the house format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: setup ## measure against the budgets and against peers on the same work
	$(PY) -m benchmarks --mirror $(MIRROR)

bench-smoke: setup ## run every benchmark once, on small inputs
	$(PY) -m benchmarks --smoke

docs: setup ## build the documentation into site/
	$(PY) scripts/stage_docs.py build/docs
	PYTHONPATH=scripts .venv/bin/zensical build --strict --clean

build: setup ## build wheel and source distribution into dist/
	rm -rf dist
	$(UV) build --quiet --offline --python $(PY) --no-build-isolation --out-dir dist
	@ls -l dist/*.whl dist/*.tar.gz

smoke: build ## install the wheel alone into a fresh environment and use it
	$(PY) scripts/smoke_wheel.py --uv $(UV) --python .boot/bin/python dist/*.whl

results: setup ## recompute docs/results.md and docs/departures.md: ours against published ones
	$(PY) -m validation --mirror $(MIRROR)

snapshot: setup ## rebuild the embedded snapshot from a data mirror (MIRROR=folder)
	.venv/bin/worldclass data build --mirror $(MIRROR) --out src/worldclass/snapshot
	.venv/bin/worldclass data build-flows --mirror $(MIRROR) --out src/worldclass/flows/tables

lock: $(UV) ## pin requirements anew, with hashes and without index addresses
	echo uv | $(LOCK) --no-annotate --output-file requirements/boot.txt -
	$(LOCK) --output-file requirements/core.txt pyproject.toml
	$(LOCK) --all-extras --group dev --group docs --constraints requirements/core.txt \
		--output-file requirements/dev.txt pyproject.toml

clean: ## remove what the targets made, but not the environment
	rm -rf build dist out site .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks examples scripts -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean ## remove the environment too
	rm -rf .venv .boot
