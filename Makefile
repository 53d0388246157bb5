# make run   opens the portal on this machine      make test   runs every test
# make check looks for mistakes without running    See README.md for PORT, DATA_DIR, DEMO, DATABASE_URL, REDIS_URL.
.DEFAULT_GOAL := help
.PHONY: help run test bench-audit bench-workflow bench-cases bench-likeness bench-evidence bench-letters check check-django browser messages lock secrets clean
.NOTPARALLEL:

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := .uv/bin/uv
# The machine's own certificates, as pip uses them: a network with its own authority works without settings.
CERTIFICATES := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
LOCK_OPTIONS := --quiet $(CERTIFICATES) --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
WITH_SERVERS := $(PY) -m portal.launch with-servers --

help:
	@sed -n 's/^# //p' Makefile | head -2

$(UV): requirements/uv.txt
	@echo "Memasang uv ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .uv --upgrade \
	  --require-hashes -r requirements/uv.txt
	@touch $@

$(PY): | $(UV)
	@$(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) $(VENV)

# One stamp per lock file: an unchanged lock costs a second run nothing.
$(VENV)/installed-run: requirements/run.txt | $(PY)
	@echo "Memasang paket ..."
	@$(UV) pip install --quiet $(CERTIFICATES) --python $(PY) --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt | $(PY)
	@echo "Memasang paket untuk pengujian ..."
	@$(UV) pip install --quiet $(CERTIFICATES) --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/installed-run

run: $(VENV)/installed-run
	@exec $(PY) -m portal.launch run --stop-with-parent

test: $(VENV)/installed-dev browser
	@$(WITH_SERVERS) $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

# Figures of sealing, rebuilding and reading, with plain Pillow beside them. IMAGES=folder of other pictures.
bench-evidence: $(VENV)/installed-dev
	@$(PY) -m benchmarks.evidence $(IMAGES)

# Debian's Chromium for the browser tests: installed where that is allowed, asked for where it is not.
browser:
	@command -v chromium >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	  else \
	    echo "Chromium belum ada. Jalankan satu baris ini, lalu ulangi: sudo apt-get install -y chromium fonts-liberation"; \
	    exit 1; \
	  fi; }

# Benchmarks print figures, a baseline of the same run and the ratio; they never fail a build.
BENCHMARK := $(WITH_SERVERS) $(PY) -m pytest -q -s --no-header

bench-audit: $(VENV)/installed-dev
	@$(BENCHMARK) benchmarks/bench_audit.py

bench-letters: $(VENV)/installed-dev
	@$(BENCHMARK) benchmarks/bench_letters.py

# 20,000 random steps by random people (WORKFLOW_STEPS=2000 for a short run).
bench-workflow: $(VENV)/installed-dev
	@WORKFLOW_STEPS=$(or $(WORKFLOW_STEPS),20000) $(BENCHMARK) tests/cases/test_random_steps.py

# Case page and inbox among 1,000,000 cases beside a bare view (CASES=100000 for a short run).
bench-cases: $(VENV)/installed-dev
	@$(BENCHMARK) benchmarks/bench_cases.py

check: $(VENV)/installed-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(VENV)/bin/lint-imports
	find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 --check {} +
	@$(WITH_SERVERS) $(MAKE) --no-print-directory check-django

# Inside with-servers: looking for missing migrations asks the database which ones were applied.
check-django:
	$(PY) manage.py makemigrations --check --dry-run
	DEBUG=0 PUBLIC_HTTPS=1 ALLOWED_HOSTS=lapor.example $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) manage.py workflow_diagram --check

# Look-alikes: a look-up among 10,000 to 1,000,000 pictures (SIZES="10000" for a short run). A quarter of an hour, 5 GB.
bench-likeness: $(VENV)/installed-dev
	@$(WITH_SERVERS) sh -c '$(PY) manage.py migrate --verbosity 0 && $(PY) -m benchmarks.likeness $(SIZES)'

# Texts of the interface: needs GNU gettext (apt-get install gettext).
messages: $(VENV)/installed-dev
	@command -v xgettext >/dev/null 2>&1 || { echo "gettext belum ada: sudo apt-get install -y gettext"; exit 1; }
	$(PY) manage.py makemessages --locale en --no-location --no-wrap --no-obsolete --ignore 'tests/*' --ignore '.venv*' --ignore '.uv/*' --ignore 'var/*'
	$(PY) manage.py compilemessages --locale en --ignore '.venv' --ignore '.uv' --ignore 'var'

# dev.txt decides the versions; the smaller sets must agree with it. Remove a line there to move that package.
lock: | $(UV)
	$(UV) pip compile $(LOCK_OPTIONS) --group embedded --group reader2 --group second-opinion --group dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile $(LOCK_OPTIONS) --group embedded -c requirements/dev.txt pyproject.toml -o requirements/run.txt
	$(UV) pip compile $(LOCK_OPTIONS) -c requirements/dev.txt pyproject.toml -o requirements/server.txt
	echo uv | $(UV) pip compile $(LOCK_OPTIONS) - -o requirements/uv.txt

# Secrets for docker compose: writes .env and secrets/, never overwrites.
secrets: $(VENV)/installed-run
	@$(PY) -m portal.compose_secrets

# Everything that can be made again. Data in var/ stays.
clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles test-results
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
