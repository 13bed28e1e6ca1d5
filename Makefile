# make run       set up and serve the map (make run ARGS="--port 8123 --open")
# make test      set up, check the code, and run all tests
# make coverage  run all tests while counting which lines they reach; takes twice as long
# make page      set up and build the page (run and test do so when something has changed)
# make bench     measure; prints the table of docs/performance.md
# make clean     remove everything that was made
.POSIX:
.PHONY: run test page lint types pytest coverage bench clean

ARGS =
BIN = .venv/bin

run:
	@sh tools/set-up.sh run
	@$(BIN)/python tools/browser/build.py
	@exec $(BIN)/filiera serve $(ARGS)

test: lint types pytest

page:
	@sh tools/set-up.sh run
	$(BIN)/python tools/browser/build.py

lint:
	@sh tools/set-up.sh test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types:
	@sh tools/set-up.sh test
	$(BIN)/mypy
	$(BIN)/python tools/browser/build.py --types

# One process more than there are cores, for much of the time goes into waiting for servers and pages.
# Files begin in the order of tests/conftest.py, the longest first.
pytest:
	@sh tools/set-up.sh test
	@$(BIN)/python tools/browser/build.py
	$(BIN)/pytest --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder $(ARGS)

coverage:
	@sh tools/set-up.sh test
	@$(BIN)/python tools/browser/build.py
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest --numprocesses auto --dist loadfile $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench:
	@sh tools/set-up.sh test
	@$(BIN)/python tools/browser/build.py
	$(BIN)/python -m tests.bench $(ARGS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov
	rm -rf build dist graph/filiera/views/built tools/browser/node_modules
	rm -rf tests/clients/node_modules
	find graph tests -name __pycache__ -type d -prune -exec rm -rf {} +
