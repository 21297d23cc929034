# Two commands are enough: `make serve` and `make test`. `make help` lists the others.
#
# Everything a checkout needs is set up on demand, inside .venv and web/node_modules, from files that
# pin it by hash. Stamps remember what is up to date, so the second time is quick.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN    := $(CURDIR)/.venv/bin
STAMPS := .venv/stamps
LOG    := .venv/set-up.log
LOCK   := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print 2>/dev/null)

export PATH := $(BIN):$(PATH)
# Trust what the machine trusts: behind a company proxy both would refuse its certificate otherwise.
export UV_SYSTEM_CERTS := 1
export NODE_OPTIONS := --use-system-ca
export npm_config_fund := false
export npm_config_audit := false
export npm_config_update_notifier := false

##@ Every day
serve: $(STAMPS)/serve $(STAMPS)/web ## Open the box office on http://localhost:8000, with demo data
	@exec boxoffice serve --development

dev: $(STAMPS)/serve $(STAMPS)/npm ## The same, reloading server and web app as you edit
	@exec boxoffice serve --hot

test: $(STAMPS)/dev $(STAMPS)/web ## All tests: Python, web, and a real browser
	@python -m tests.support.browser
	@python -m tests.support.run python web browser

test-fast: $(STAMPS)/dev $(STAMPS)/npm ## Tests without browser and whole product, in under two minutes
	@python -m tests.support.run fast web

check: $(STAMPS)/dev $(STAMPS)/npm ## Style, types, architecture, and the client against the API
	ruff check
	ruff format --check
	pyright
	lint-imports
	cd web && npm run lint && npm run typecheck && npm run depcruise
	@$(MAKE) drift

fix: $(STAMPS)/dev $(STAMPS)/npm ## Mend what tools can mend: imports, formatting
	ruff check --fix
	ruff format
	cd web && npm run format

##@ Now and then
client: $(STAMPS)/dev $(STAMPS)/npm ## Export openapi.json and make the web app's client from it
	@boxoffice openapi > .venv/openapi.json
	@mv .venv/openapi.json openapi.json
	@cd web && npm run client

bench: $(STAMPS)/dev $(STAMPS)/web ## Measure the running product against its own database's limits
	@python -m bench && python -m bench.readme

model: $(STAMPS)/dev ## Let a machine buy, cancel and scan at random for minutes (MINUTES=5 SEED=)
	@python -m tests.model --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED))

interleavings: $(STAMPS)/dev ## Play every two critical transactions in thousands of orders (MOST=120 LEAST=10000 SEED=)
	@python -m tests.interleavings --most $(or $(MOST),120) --least $(or $(LEAST),10000) $(if $(SEED),--seed $(SEED))

storm: $(STAMPS)/dev $(STAMPS)/web ## Crowds buy while servers, worker and database are killed; 10 min
	@python -m storm $(STORM)

coverage: $(STAMPS)/dev ## The Python tests, and which lines and branches nobody ran
	@python -m tests.support.run coverage

mutants: $(STAMPS)/dev ## Take locks, guards and walls away, one by one; a test must see each
	@python -m tests.mutants

screenshots: $(STAMPS)/dev $(STAMPS)/web ## Take the pictures that the documentation shows
	@python -m tests.support.browser
	@python -m scripts.screenshots

web: $(STAMPS)/web ## Build the web app into the package

wheel: $(STAMPS)/serve $(STAMPS)/web ## Build dist/boxoffice-….whl, web app included
	@uv build --quiet --no-build-isolation --wheel

lock: $(STAMPS)/dev ## Pin the newest versions that pyproject.toml allows
	@$(LOCK) $(UPGRADE) --group dev pyproject.toml --output-file requirements-dev.lock
	@$(LOCK) $(UPGRADE) --constraints requirements-dev.lock pyproject.toml --output-file requirements.lock
	@$(LOCK) $(UPGRADE) --constraints requirements-dev.lock --group build --output-file requirements-build.lock
	@$(LOCK) $(UPGRADE) --constraints requirements-dev.lock --group uv --output-file requirements-uv.lock

help: ## What make can do
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# Fails if openapi.json or the generated client is not what the code would make now.
drift:
	@rm -rf .venv/drift && mkdir -p .venv/drift
	@cp -R openapi.json web/src/shared/api/generated .venv/drift/
	@$(MAKE) client
	@diff -r openapi.json .venv/drift/openapi.json && \
		diff -r web/src/shared/api/generated .venv/drift/generated || \
		{ echo "The client had drifted from the API; it has been made anew: commit it."; exit 1; }

# Set-up, each step once.
$(STAMPS)/uv: requirements-uv.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=… make"; exit 1; }
	@echo "Setting up …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ echo "$(PYTHON) cannot make virtual environments: install its venv package."; exit 1; }
	@mkdir -p $(STAMPS)
	@python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-uv.lock > $(LOG) 2>&1 || $(call no_network,The installer uv)
	@touch $@

$(STAMPS)/serve: $(STAMPS)/uv requirements.lock requirements-build.lock pyproject.toml
	@uv pip install --require-hashes -r requirements.lock -r requirements-build.lock \
		> $(LOG) 2>&1 || $(call no_network,Python packages)
	@uv pip install --no-deps --no-build-isolation --editable . > $(LOG) 2>&1 || \
		{ cat $(LOG); exit 1; }
	@touch $@

$(STAMPS)/dev: $(STAMPS)/serve requirements-dev.lock tests/emulators/package-lock.json
	@uv pip install --require-hashes -r requirements-dev.lock \
		> $(LOG) 2>&1 || $(call no_network,Development tools)
	@cd tests/emulators && npm ci --ignore-scripts > ../../$(LOG) 2>&1 || \
		$(call no_network,Emulators for tests)
	@touch $@

$(STAMPS)/npm: $(STAMPS)/serve web/package-lock.json
	@cd web && npm ci > ../$(LOG) 2>&1 || $(call no_network,Packages of the web app)
	@touch $@

$(STAMPS)/web: $(STAMPS)/npm $(WEB_SOURCES)
	@echo "Building the web app …"
	@cd web && npm run build > ../$(LOG) 2>&1 || { cat ../$(LOG); exit 1; }
	@touch $@

define no_network
{ echo "$(1) cannot be fetched: connect to the network, which is needed once, and run make again (details: $(LOG))."; exit 1; }
endef

.PHONY: serve dev test test-fast check fix client bench model interleavings storm mutants screenshots web wheel lock help drift
