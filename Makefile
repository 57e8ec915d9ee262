# make run            install, start PostgreSQL, migrate, build the demonstration, serve
# make run RESET=1    the same with the database dropped first
# make run PORT=8001  on another port
# make test           every test on real PostgreSQL; browser journeys where Chromium is found
# make coverage       every test but the browser's, measured against its floors
# make check          the static checks
# make format         what the checks can mend by themselves
# make bench          the measurements in tests/bench
# make screenshots    pictures of the demonstration into docs/pictures (needs Chromium)
# make w3c            the W3C checker of the browser tests (needs npm and java)
# make backup         database and uploads into var/backups (TO=), keys into var/backup-keys (KEYS_TO=)
# make restore FROM=  a backup into an empty database and its keys (KEYS=) into their place
# make messages       take new messages into the English catalogue and compile it
# make requirements   compile requirements/*.in to files with hashes
# the first that answers and is new enough
PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$one -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$one && break; done)
BIN = .venv/bin
# every package is pinned, so nothing is left to resolve (a newer release of an extra would be taken)
INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
COMPILE = ../$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --no-header --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# the one it cannot read opens a tag whose name is a variable
PAGES = $(shell find cms committees portal -name '*.html' ! -path '*/allauth/elements/button.html')
# decisions and arithmetic: every branch is tested
WHOLLY = */rules/*,portal/tools/chain/*,portal/tools/timekeeping/*
TOO_OLD = 需要 Python 3.11 或更新：make run PYTHON=/path/to/python3.11 (Python 3.11 or newer is needed)
NO_VENV = 这个 Python 没有 venv；Debian、Ubuntu 上请装：apt install python3-venv (its venv module is missing)
GONE = 建 .venv 的 Python 已经不在；请删除 .venv 再运行：rm -r .venv (the Python of .venv is gone)
NOT_INSTALLED = 依赖没有装完，原因见上面（磁盘已满？连不上网络？）；解决后再运行一次，会接着装。
.PHONY: run test coverage check fast-check format w3c screenshots bench backup restore requirements messages clean

run: .venv/stamp-run
	@test -x $(BIN)/python || { echo "$(GONE)"; exit 2; }
	@exec $(BIN)/python -m portal.run $(if $(filter 1 yes true,$(RESET)),--reset)

test: .venv/stamp-dev
	$(BIN)/pytest -q -n 2

coverage: .venv/stamp-dev
	$(BIN)/pytest -q -n 2 --ignore=tests/journeys --cov --cov-report= --cov-fail-under=0
	$(BIN)/coverage report --include='$(WHOLLY)' --fail-under=100
	$(BIN)/coverage report

check: .venv/stamp-dev fast-check
	$(BIN)/mypy portal committees cms
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry --no-ansi .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python .ci/full_environment.py manage.py check --deploy --fail-level WARNING

fast-check: .venv/stamp-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/djade --target-version 5.2 --check $(PAGES)
	@$(BIN)/djangofmt check --target-version 5.2 --ignore untrimmed-blocktranslate $(PAGES)

format: .venv/stamp-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-@$(BIN)/djade --target-version 5.2 $(PAGES) # says 1 when it changed something

w3c: tests/vendor/w3c/node_modules/.stamp

tests/vendor/w3c/node_modules/.stamp: tests/vendor/w3c/package-lock.json
	cd tests/vendor/w3c && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

screenshots: .venv/stamp-dev
	$(BIN)/python -m tests.screenshots

bench: .venv/stamp-dev
	@DJANGO_SETTINGS_MODULE=portal.settings.dev $(BIN)/python -m tests.bench

backup: .venv/stamp-run
	@$(BIN)/python manage.py backup $(if $(TO),--to "$(TO)") $(if $(KEYS_TO),--keys-to "$(KEYS_TO)")

restore: .venv/stamp-run
	@test -n "$(FROM)" || { echo "Which? make restore FROM=var/backups/xingfuli-…"; exit 2; }
	@$(BIN)/python manage.py restore "$(FROM)" $(if $(KEYS),--keys "$(KEYS)")

requirements: .venv/stamp-dev
	cd requirements && $(COMPILE) runtime.in -o runtime.txt \
	  && $(COMPILE) embedded.in -o embedded.txt && $(COMPILE) dev.in -o dev.txt

messages: .venv/stamp-dev
	$(BIN)/python .ci/messages.py

clean:
	rm -rf .venv var staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/pip:
	@"$(or $(PYTHON),false)" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null \
	  || { echo "$(TOO_OLD)"; exit 2; }
	@"$(PYTHON)" -c "import ensurepip, venv" 2>/dev/null || { echo "$(NO_VENV)"; exit 2; }
	"$(PYTHON)" -m venv .venv

.venv/stamp-run: requirements/runtime.txt requirements/embedded.txt | .venv/bin/pip
	@test -x $(BIN)/python || { echo "$(GONE)"; exit 2; }
	@echo "安装依赖，第一次要一两分钟……"
	@$(INSTALL) -r requirements/runtime.txt -r requirements/embedded.txt || { echo "$(NOT_INSTALLED)"; exit 2; }
	@touch $@

.venv/stamp-dev: requirements/dev.txt .venv/stamp-run
	@$(INSTALL) -r requirements/dev.txt || { echo "$(NOT_INSTALLED)"; exit 2; }
	@touch $@
