# Everything a developer types. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

# What is compiled is kept, whatever the environment says: or each process compiles the
# site anew, and each run of the tests all of them.
export PYTHONDONTWRITEBYTECODE :=

# What is installed is known by the checksum of the requirements file.
checksum = $(firstword $(shell cksum $(1)))
INSTALLED := $(VENV)/installed-$(call checksum,requirements.txt)
INSTALLED_DEV := $(VENV)/installed-dev-$(call checksum,requirements-dev.txt)
# The development requirements hold the others too, so either will do to run the site.
INSTALLED_ANY := $(or $(wildcard $(INSTALLED_DEV)),$(INSTALLED))

# The pages' version: every start of `make run` is a release of its own.
RELEASE ?= $(shell date -u +%Y%m%d%H%M%S)

# make check looks at the settings as a real server has them; nothing listens or is kept.
AS_IN_PRODUCTION = env -u LOCAL -u DEBUG \
	SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(64))") \
	ALLOWED_HOSTS=livskvalitet.helsingborg.se DATABASE_URL=sqlite://:memory: EMAIL_URL=smtp://localhost:25 \
	MODERATORS_EMAIL=granskarna@livskvalitet.helsingborg.se CONTACT_EMAIL=livskvalitet@helsingborg.se \
	PUBLISHER_NAME=Utgivaren PUBLISHER_ORGANISATION_NUMBER=000000-0000 \
	MEDIA_ROOT="$(CURDIR)/var/media" RELEASE=check

files = $(shell git ls-files --cached --others --exclude-standard -- $(1))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev test test-full rehearse coverage check audit format bench bench-search soak trust lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(INSTALLED_ANY) ## Set everything up and serve the site at http://localhost:8000
	@exec env LOCAL=1 DEBUG=0 RELEASE=$(RELEASE) $(PY) manage.py serve

dev: $(INSTALLED_ANY) ## Serve with automatic reload and pages that explain errors
	@LOCAL=1 DEBUG=1 $(PY) manage.py migrate --verbosity 0
	@LOCAL=1 DEBUG=1 $(PY) manage.py load_content
	@exec env LOCAL=1 DEBUG=1 $(PY) manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

test: $(INSTALLED_DEV) ## Each test once, on SQLite or PostgreSQL, and in Chromium where there is one
	@$(PY) -m tests.run $(TEST_OPTIONS)

test-full: $(INSTALLED_DEV) ## Every test on both databases, over all widths and themes
	@$(PY) -m tests.run --full $(TEST_OPTIONS)

rehearse: $(INSTALLED_DEV) ## Run it on two nodes behind nginx, and see what breaks (needs nginx, redis-server, wrk)
	@$(PY) -m tests.rehearse.run $(REHEARSE_OPTIONS)

coverage: $(INSTALLED_DEV) ## Which lines the tests on SQLite never reach
	@$(PY) -m pytest -m "not browser and not bench" -n 2 --cov --cov-report term

bench: $(INSTALLED_DEV) ## How fast the site is, beside nginx; writes docs/prestanda.md
	@BENCH_COMMAND="$(if $(BENCH_OPTIONS),BENCH_OPTIONS='$(BENCH_OPTIONS)')" \
		$(PY) -m tests.bench.bench_site $(BENCH_OPTIONS)

bench-search: $(INSTALLED_DEV) ## How well and how fast search finds (a quarter of an hour)
	@$(PY) -m tests.bench.bench_search $(BENCH_OPTIONS)

soak: $(INSTALLED_DEV) ## Read and write near the limit while processes are killed; writes docs/uthallighet.md
	@$(PY) -m tests.soak.soak --write $(SOAK_OPTIONS)

trust: $(INSTALLED_DEV) ## Run what shows trust R1-R40, and write docs/tillforlitlighet.md
	@$(PY) -m tests.trust

check: $(INSTALLED_DEV) ## Look for faults without running the site; changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/djade --check --target-version 5.2 $(call files,'*.html')
	$(PY) -m django_upgrade --check --target-version 5.2 $(call files,'*.py')
	$(PY) -m mypy
	$(PY) -m tests.checks
	$(PY) -m tests.trust --check
	$(AS_IN_PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	$(AS_IN_PRODUCTION) $(PY) manage.py check_migrations
	$(AS_IN_PRODUCTION) $(PY) manage.py draw_states --check
	$(AS_IN_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

audit: $(INSTALLED_DEV) ## Known faults and licences of what is installed; writes var/sbom.json
	@$(PY) -m tests.audit

format: $(INSTALLED_DEV) ## Put Python and templates in the form that make check wants
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djade --target-version 5.2 $(call files,'*.html')

lock: ## Write requirements*.txt anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "Install uv first: pip install uv"; exit 1; }
	uv pip compile pyproject.toml --universal --generate-hashes \
		--no-strip-extras --no-emit-index-url --no-header --quiet -o requirements.txt
	for extra in server dev; do \
		uv pip compile pyproject.toml --extra $$extra --universal --generate-hashes \
			--no-strip-extras --no-emit-index-url --no-header --quiet -c requirements.txt \
			-o requirements-$$extra.txt || exit 1; \
	done

clean: ## Remove what make installed; the data in var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(INSTALLED): requirements = requirements.txt
$(INSTALLED_DEV): requirements = requirements-dev.txt
$(INSTALLED) $(INSTALLED_DEV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or later: install it, or say which to use:" \
			"make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: install it" \
			"(on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
		echo "Making $(VENV) ..." && $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing $(requirements) (the first time takes a minute or two) ..."
	@rm -f $(VENV)/installed-*
	@# Python compiles what it imports, which is a small part of all this.
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes \
		--no-compile --requirement $(requirements)
	@touch $@
