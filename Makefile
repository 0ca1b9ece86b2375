# Each target works alone on a fresh Debian 12: it makes the environment it needs first.
BIN := .venv/bin
export PYTHON
# the window's tests once more, under the oldest Qt that it promises to run on
OLDEST_QT = [ ! -d .venv/oldest-qt ] || PYTHONPATH=.venv/oldest-qt ZHIBAO_QT=6.7.3 $(BIN)/pytest -n 2 --dist worksteal tests/ui

# what is written for other systems than this one; what is written for this one alone is unreachable there
ELSEWHERE = --no-warn-unreachable desktop ui resources

.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-long test-oldest-qt lint format bench freeze lock clean

help:
	@echo "make demo       a whole round with synthetic figures, into demo-out/   演示一轮完整的报送汇总"
	@echo "make run        open the window                                       打开窗口"
	@echo "make test       lint and all tests                                    检查并运行全部测试"
	@echo "make test-long  the same with many more random examples; writes docs/routes.md"
	@echo "make test-oldest-qt  the window's tests alone, under Qt 6.7.3"
	@echo "make lint       ruff, mypy, import contracts"
	@echo "make format     let ruff mend what it can"
	@echo "make bench      measure what speed promises are about"
	@echo "make freeze     a one-folder program that needs no Python, into dist/  打包为免安装程序"
	@echo "make lock       renew requirements.lock (needs a network)"
	@echo "make clean      remove everything that can be made again"

setup:
	@tools/setup.sh base

demo: setup
	@rm -rf demo-out
	@$(BIN)/zhibao demo demo-out

run: setup
	@$(BIN)/zhibao

test: lint
	@tools/setup.sh test
	@$(BIN)/pytest -n 2 --dist worksteal
	@$(OLDEST_QT)

test-long: lint
	@tools/setup.sh test
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 2 --dist worksteal
	@$(OLDEST_QT)

test-oldest-qt: setup
	@tools/setup.sh test
	@$(OLDEST_QT)

lint: setup
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/mypy $(ELSEWHERE) --platform win32 --cache-dir .mypy_cache/win32
	@$(BIN)/mypy $(ELSEWHERE) --platform darwin --cache-dir .mypy_cache/darwin
	@$(BIN)/lint-imports --no-logo

format: setup
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: setup
	@$(BIN)/python -m benchmarks

freeze: setup
	@tools/setup.sh freeze
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath .work/freeze --distpath dist build/zhibao.spec
	@build/check.sh dist/zhibao

lock:
	@tools/lock.sh

clean:
	rm -rf .venv .work dist demo-out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
