# The two commands of a newcomer are `make run` and `make test`; `make help` lists the others.
# ARGS passes options on: `make run ARGS="--port 8080"`, `make test ARGS="-k paths"`.

.DEFAULT_GOAL := help
.PHONY: help run test test-quick test-long lint format bench pictures clean
.SILENT:
# One target after the other: they share one environment.
.NOTPARALLEL:

BIN := .venv/bin
ARGS ?=

help:
	echo "make run         explorer and API on 127.0.0.1:8000, with the bundled data set; Ctrl-C ends it"
	echo "make test        lint, types, imports and every test; fetches a browser, Neo4j and a JavaScript driver if it can"
	echo "make test-quick  the same without the browser and the wheel, and without fetching"
	echo "make test-long   the comparisons of answers with the oracle, on 20,000 random graphs each"
	echo "make lint        lint, format check, types and import contracts"
	echo "make format      put the code into the house format"
	echo "make bench       the figures of docs/benchmarks.md"
	echo "make pictures    the pictures of README.md and docs/explorer.md, taken from the running product"
	echo "make clean       remove what the other targets made (the store of your data is not among it)"

run:
	sh tests/setup/venv.sh run
	exec $(BIN)/actorgraph serve $(ARGS)

# What the groups need is fetched while the code is looked through.
test:
	sh tests/setup/venv.sh dev
	sh tests/setup/groups.sh & \
	$(MAKE) --no-print-directory lint || { wait; exit 1; }; \
	wait
	exec sh tests/setup/run.sh $(ARGS)

test-quick: lint
	exec $(BIN)/pytest -m "not browser and not wheel" $(ARGS)

test-long:
	sh tests/setup/venv.sh dev
	exec env TEST_EXAMPLES=20000 $(BIN)/pytest -m exactness --timeout 0 $(ARGS)

lint:
	sh tests/setup/venv.sh dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format:
	sh tests/setup/venv.sh dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench:
	sh tests/setup/venv.sh dev
	PYTHONPATH=tests exec $(BIN)/python -m benchmarks $(ARGS)

pictures:
	sh tests/setup/venv.sh dev
	PYTHONPATH=tests exec $(BIN)/python -m tour $(ARGS)

clean:
	rm -rf .venv .cache build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
