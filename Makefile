# The few commands of the house; each sets up what it needs and prints its verdict last.
#   make run      the portal at http://localhost:8000     PORT=8001, NET4U_DATA_DIR=/folder and DEMO=0 are heeded
#   make admin    EMAIL=you@example.org                    the first administrator
#   make test     the suite (with DATABASE_URL on PostgreSQL); make test-services starts PostgreSQL and Redis itself
#   make check    style, types, imports, migrations, templates
#   make sweep    who sees what, over every address
#   make audit    every page and the journeys in Chromium (Debian: chromium-headless-shell); AUDIT=full in each combination
#   make screenshots   every page on a phone and on a desk, light and dark; and the pictures of the README
#   make bench    the API beside three yardsticks, on a PostgreSQL of its own with 100,000 commitments
#   make messages what pages say, gathered for translators (needs Debian's gettext); make check-messages: what is missing
#   make lock     after a change of requirements/*.in

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
VENV := .venv/is-made
APP := .venv/app-is-installed
DEV := .venv/dev-is-installed
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement
# Says so last, and keeps the exit code.
VERDICT = && echo "$@: passed" || { echo "$@: FAILED, see above"; exit 1; }
CHECKS := check-style check-format check-types check-imports check-migrations check-settings check-templates check-messages

.PHONY: run admin test test-services check check-messages messages sweep bench lock $(CHECKS)

run: $(APP)
	@$(PY) manage.py serve

admin: $(APP)
	@test -n "$(EMAIL)" || { echo "Name the administrator: make admin EMAIL=you@example.org" >&2; exit 2; }
	@$(PY) manage.py make_administrator "$(EMAIL)"

test: $(DEV)
	@$(PY) -m pytest --numprocesses=2 --dist=worksteal --quiet $(VERDICT)

# The sweep, the audit, the tools and what starts a portal of its own or reads files alone know no database of their
# own: what they can do is tested once, by make test.
test-services: $(DEV)
	@$(PY) -m tools.with_services $(PY) -m pytest --numprocesses=2 --dist=worksteal --quiet \
	  --ignore=tests/sweep --ignore=tests/audit --ignore=tests/tools \
	  --ignore=tests/site/test_serve.py --ignore=tests/site/test_checks.py --ignore=tests/test_messages.py $(VERDICT)

check: $(DEV)
	@$(MAKE) --no-print-directory --keep-going --jobs=3 $(if $(filter output-sync,$(.FEATURES)),--output-sync) $(CHECKS) $(VERDICT)

check-style:
	@$(PY) -m ruff check --quiet --output-format concise

check-format:
	@$(PY) -m ruff format --check --quiet --output-format concise || { echo "Run: $(PY) -m ruff format"; exit 1; }

check-types:
	@$(PY) -m mypy --no-error-summary

check-imports:
	@found=$$(.venv/bin/lint-imports --no-logo 2>&1) || { echo "$$found"; exit 1; }

# Compares models and migrations only: no database of anybody is opened.
check-migrations:
	@NET4U_DATA_DIR=var/check $(PY) manage.py makemigrations --check --dry-run -v 1

check-settings:
	@NET4U_DATA_DIR=var/check $(PY) manage.py check --fail-level WARNING

check-templates:
	@$(PY) -m djlint --lint --quiet templates

check-messages: $(DEV)
	@$(PY) -m tools.messages check

messages: $(DEV)
	@$(PY) -m tools.messages gather

sweep: $(DEV)
	@$(PY) -m tests.sweep

audit: $(DEV)
	@$(PY) -m tests.audit

screenshots: $(DEV)
	@$(PY) -m tests.audit.screenshots

bench: $(DEV)
	@$(PY) -m tests.bench

lock: $(DEV)
	@for set in app dev; do \
	  $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    requirements/$$set.in --output-file requirements/$$set.txt || exit 1; \
	done
	@if grep -n "://" requirements/*.txt; then echo "lock: FAILED, a lock must not name an address" >&2; exit 1; fi
	@echo "lock: requirements/app.txt and requirements/dev.txt are written"

$(VENV):
	@test -n "$(PYTHON)" && $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "Python 3.11 or newer is missing: install the Debian packages python3 and python3-venv." >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { echo "Install the Debian package python3-venv." >&2; exit 2; }
	@touch $@

$(APP): requirements/app.txt | $(VENV)
	@echo "Installing what the portal needs (once, about half a minute) ..."
	@$(INSTALL) requirements/app.txt
	@touch $@

# The lock for development holds the other one, so one installation is enough.
$(DEV): requirements/dev.txt | $(VENV)
	@echo "Installing what the portal, its tests and its checks need (once, about half a minute) ..."
	@$(INSTALL) requirements/dev.txt
	@touch $(APP) $@
