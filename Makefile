# make run    install, start PostgreSQL, migrate, build the demonstration, serve
# make test   every test on real PostgreSQL, browser journeys where Chromium is present
# make check  the static checks
PYTHON ?= python3.11
BIN = .venv/bin
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
.PHONY: run test check requirements clean

.venv/stamp-run: requirements/runtime.txt requirements/embedded.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	$(INSTALL) -r requirements/runtime.txt -r requirements/embedded.txt
	touch $@

.venv/stamp-dev: .venv/stamp-run requirements/dev.txt
	$(INSTALL) -r requirements/dev.txt
	touch $@

run: .venv/stamp-run
	@exec $(BIN)/python -m portal.run $(if $(RESET),--reset)

test: .venv/stamp-dev
	$(BIN)/pytest -q -n 2 --dist loadgroup

check: .venv/stamp-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy portal committees cms
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

requirements: .venv/stamp-dev
	cd requirements && for name in runtime embedded dev; do \
	  ../$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-header --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $$name.in -o $$name.txt; \
	done

clean:
	rm -rf .venv var staticfiles
