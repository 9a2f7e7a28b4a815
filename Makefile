# The one way in. Needs git, make, python3 (3.11 or newer) and pip.
.DEFAULT_GOAL := help
UV := .boot/bin/uv
PY := .venv/bin/python
STAMP := .venv/.complete

.PHONY: help setup
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(UV):
	python3 -m venv --without-pip .boot
	python3 -m pip --python .boot/bin/python install --quiet uv

$(STAMP): requirements/dev.txt pyproject.toml | $(UV)
	$(UV) venv --quiet --allow-existing --python 3.11 .venv
	$(UV) pip sync --quiet --python $(PY) requirements/dev.txt
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

setup: $(STAMP) ## fill .venv with everything, extras included
