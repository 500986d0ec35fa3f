# Two commands a newcomer needs: make demo, make test. Everything else serves them.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
WORKERS ?= auto
ROOMS := iqquadrat counselling competence businesses placements

.PHONY: help setup demo stop forget test check format messages bench audit sbom faults fuzz

help:  ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

setup:  ## everything demo and test need, and only what is missing
	@PYTHON=$(PYTHON) bash scripts/setup.sh

demo:  ## from a fresh clone to a running site with demonstration data (PORT=8080 names the port)
	@PYTHON=$(PYTHON) bash scripts/setup.sh demo
	@bash scripts/demo.sh start

stop:  ## end a running demonstration and its database
	@bash scripts/demo.sh stop

forget:  ## delete the demonstration's data; the next make demo builds it anew
	@bash scripts/demo.sh forget

test: setup  ## the whole suite on the embedded database (or on DATABASE_URL)
	@$(MANAGE) compilemessages -v 0
	$(BIN)/python -m pytest -n $(WORKERS)

check: setup  ## style, types, layers, migrations, deployment, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates $(ROOMS)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MANAGE) makemigrations --check --dry-run
	IQ_HTTPS=1 IQ_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/python scripts/catalogues.py check
	$(BIN)/python scripts/audit.py --if-reachable

audit: setup  ## known holes in parts by others; fails when nobody can be asked (make check goes on then)
	$(BIN)/python scripts/audit.py

sbom: setup  ## all parts as CycloneDX 1.6, into build/sbom.cdx.json
	$(BIN)/python scripts/sbom.py

format:  ## let the formatters decide
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates $(ROOMS) || true

messages:  ## gather the texts of the interface into locale/
	$(BIN)/python scripts/catalogues.py gather

bench: setup  ## what the work costs against a floor (BENCH="--sizes 10000 --rounds 3 --json FILE" says more)
	$(BIN)/python -m benchmarks.run $(BENCH)

faults: setup  ## kill, stop and cut database, site and network under load; the figures go into docs/reliability.md (FAULTS="--share 0.2" is shorter)
	@$(MANAGE) compilemessages -v 0
	$(BIN)/python -m tests.faults --write $(FAULTS)

fuzz: setup  ## send nonsense to every route as every role (FUZZ="--inputs 5000 --seed 3 --file FILE" says more)
	@$(MANAGE) compilemessages -v 0
	$(BIN)/python -m tests.fuzz $(FUZZ)
