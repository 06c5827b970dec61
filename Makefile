# The two commands that matter: `make up` and `make test`. Each sets up what is missing first.
.PHONY: setup up test lint audit bench chaos hostile fuzz rush prove mutation clean translations figures lectures references
PYTHON ?= python3
BIN := .venv/bin

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml scripts/setup
	PYTHON=$(PYTHON) scripts/setup
	@touch $@

up: setup
	scripts/packages serve
	$(BIN)/grader up --demo

test:
	scripts/packages test & $(MAKE) --no-print-directory setup; ready=$$?; wait $$! && exit $$ready
	scripts/engine
	scripts/test

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: setup
	$(BIN)/python scripts/audit

bench: setup
	scripts/packages test
	$(BIN)/grader images build
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_gradebook

hostile: setup
	scripts/packages test
	scripts/engine
	$(BIN)/grader images build
	GRADER_HOSTILE_REPEATS=3 $(BIN)/python -m pytest tests/hostile

fuzz: setup
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(TARGETS)

chaos: setup
	scripts/packages test
	GRADER_CHAOS_JOBS=$(or $(JOBS),5000) GRADER_FAULTS_SEED=$(SEED) $(BIN)/python -m pytest tests/faults/test_chaos.py -s

rush: setup
	scripts/packages serve
	$(BIN)/python -m tests.rush

prove: setup
	$(BIN)/grader verify --record $(ASSIGNMENTS)
	$(BIN)/python -m tests.lectures

mutation: setup
	$(BIN)/python -m tests.mutation $(ASSIGNMENTS)

figures: setup
	$(BIN)/grader figures

lectures: setup
	$(BIN)/python -m tests.lectures

references: setup
	$(BIN)/python -m tests.reference_page

translations: setup
	$(BIN)/pybabel -q extract -F web/babel.cfg -k _l -k lazy_gettext -o web/translations/messages.pot --no-location --omit-header web
	$(BIN)/pybabel -q update -i web/translations/messages.pot -d web/translations -l ru --no-fuzzy-matching --width 120 --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d web/translations
	$(BIN)/pybabel -q compile -d grader/cli/translations

# .grader stays: a course may be in it.
clean:
	rm -rf .venv build dist
