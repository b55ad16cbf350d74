# Three commands: `make run` (everything on one address), `make test` (everything is tested),
# `make setup` (install only). Settings are environment variables: see docs/operations.md.

PYTHON ?= python3
BIN := .venv/bin
DEBIAN_RUN := python3-venv
DEBIAN_TEST := chromium nodejs npm redis-server postgresql espeak-ng flite festival festvox-us-slt-hts sox gettext

.PHONY: setup run test test-setup lint check-js wire faults bench engines browsers-spoken browsers-typed

run: setup
	@PYTHONDONTWRITEBYTECODE= exec $(BIN)/python manage.py up

setup: .venv/.installed

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Coachline needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh bin/debian $(DEBIAN_RUN)
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@echo "Installing what Coachline needs (about 200 MB to download, once)…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.txt || \
	  { echo "The packages could not be installed: is there a network? Run 'make setup' again when there is; nothing is lost." >&2; exit 1; }
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: debian-test
debian-test:
	@sh bin/debian $(DEBIAN_TEST)

test-setup: debian-test .venv/.installed-dev node_modules/.installed

lint: test-setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy coach handoff manage.py tests/support
	$(BIN)/djangofmt --check templates
	$(BIN)/djangofmt check templates
	@# A template tag is one line in Django: shorten it by {% with %} or {% blocktranslate trimmed %}.
	! LC_ALL=C.UTF-8 grep -rnE --include='*.html' '^.{111,}' templates
	npx biome ci static/js static/css tests/js
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(BIN)/python -m coach.wire.docs --check

wire: setup
	$(BIN)/python -m coach.wire.docs

check-js: test-setup
	node --test tests/js/*.test.js

# What takes longer than the suite may, about an hour: processes and servers are killed, stopped and
# doubled while people use the desk, and every row is looked at after it. One fault, another seed,
# longer: `python -m tests.faults --only F3 --seed 7 --minutes 2`. The reports stay in var/.
faults: test-setup
	$(BIN)/python -m tests.faults
	$(BIN)/python -m tests.faults --database postgres --report var/faults-postgres.md
	$(BIN)/python -m tests.faults --machine 200
	FAULTS=3 $(BIN)/python -m pytest tests/e2e/test_losses.py tests/e2e/test_handoff.py -k "lost or survives"

# What a talk costs on its whole path, beside a lean relay. Each other bench says what it measures:
# python -m tests.bench.bench_talk (waits), bench_desk (200 talks, 50 desks), bench_engine,
# bench_capacity, bench_speech, soak.
bench: test-setup
	$(BIN)/python -m tests.bench.bench_path

# A course of talks, with figures: our own engine and speech-to-speech (3 GB, once), or the server
# that ENGINE_URL names, with ENGINE_MODEL and ENGINE_KEY.
engines: test-setup
	$(BIN)/python -m tests.bench.try_engine
	@[ -n "$$ENGINE_URL" ] || $(BIN)/python -m tests.bench.speech_to_speech

# A second thread of BLAS would spin, and pytest's plugins import numpy before `coach` can say so.
test: export OPENBLAS_NUM_THREADS = 1

# What is drawn by lot (the order of tests, examples of properties) is drawn from the tests' own text:
# they run in one way on every machine, and in another when one of them was changed.
LOT := $(shell find tests -name '*.py' | LC_ALL=C sort | xargs cat | cksum | cut -d ' ' -f 1)
PYTEST := $(BIN)/python -m pytest --randomly-seed=$(LOT) --hypothesis-seed=$(LOT)

# A process for each core; then the browsers, which need a quiet machine to speak and to hear: in one
# process they speak, in the other they are typed in, which leaves most of a core free. Their tests
# share a product and its people, so they run in the order of their files.
test: test-setup lint check-js
	$(PYTEST) -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
		--ignore tests/e2e
	@$(MAKE) --no-print-directory -j2 --output-sync=target browsers-spoken browsers-typed

browsers-spoken browsers-typed: export OPENBLAS_NUM_THREADS = 1
browsers-spoken:
	$(PYTEST) --randomly-dont-reorganize tests/e2e -m "not typed"
browsers-typed:
	$(PYTEST) --randomly-dont-reorganize tests/e2e -m typed
