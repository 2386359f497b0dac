PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := .venv-lock
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: install run test check format lock review schedule clean

install: $(STAMP)

# --no-build-isolation: the package is built by the locked hatchling, not by the newest one.
$(STAMP): pyproject.toml constraints.txt requirements-large.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is not installed; name another Python 3.11 with PYTHON=" >&2; exit 1; }
	@echo "Installing into $(VENV) (PyTorch and Stanza are large: the first time takes minutes)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -qq --constraint constraints.txt hatchling editables
	@$(PIP) install -qq --constraint constraints.txt --no-build-isolation --editable '.[dev,dask,lake,mcp,docx]'
	@$(PIP) install -qq --no-deps --requirement requirements-large.txt
	@touch $@

run: $(STAMP)
	@$(BIN)/claims run seeds

# Two files at a time, in the order of their names: by default those with the fewest tests come
# last, and these are the slowest.
test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(STAMP)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Writes constraints.txt anew: every direct and transitive version, with all extras. A tag such as
# `+cpu` names a build, not a version, and is taken off, so that any build of it will do. In an
# environment of its own: .venv cannot be made while pyproject.toml and constraints.txt disagree.
lock:
	@test -x $(LOCK)/bin/pip-compile || { $(PYTHON) -m venv $(LOCK) && \
		$(LOCK)/bin/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt pip-tools; }
	@rm -f $(LOCK)/locked.txt
	@$(LOCK)/bin/pip-compile --quiet --upgrade --all-extras --strip-extras --allow-unsafe \
		--no-header --annotation-style line \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file $(LOCK)/locked.txt pyproject.toml
	@{ echo '# Every version that `make install` takes, and what asks for it. Written by `make lock`.'; \
		sed -E 's/^([A-Za-z0-9._-]+==[^+ ]+)\+[A-Za-z0-9.]+/\1/' $(LOCK)/locked.txt; } > constraints.txt

review: $(STAMP)
	@$(BIN)/claims review

schedule: $(STAMP)
	@$(BIN)/claims schedule

clean:
	@rm -rf $(VENV) $(LOCK) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
