# The commands of the README. A second run installs nothing and starts at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ZIPING := $(BIN)/ziping check --format html --format json --format xlsx

.PHONY: demo open serve test eval bench bench-service bench-pages fuzz fuzz-api encoder screenshot clean

demo: $(VENV)/installed
	@echo "== examples/*.docx =="
	@$(ZIPING) examples/组织概述.docx examples/自评报告.docx examples/年度自我评价报告.docx --output demo/docx || test $$? -eq 1
	@echo "== examples/自评报告.pdf =="
	@$(ZIPING) examples/自评报告.pdf --output demo/pdf || test $$? -eq 1

# The example submission in the browser, for one person on the own machine.
open: $(VENV)/installed
	$(BIN)/ziping open examples/自评报告.pdf examples/组织概述.docx --data build/open

# The service for an award office: http://127.0.0.1:8765/, data in build/data (docs/service.md).
serve: $(VENV)/installed
	$(BIN)/ziping serve --data build/data

test: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新的版本。" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/installed

# All figures of benchmarks/, see benchmarks/README.md. PDF renderings need LibreOffice.
eval: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.evaluate
	$(BIN)/python -m benchmarks.kpi_checks

# Reading against its targets, beside other readers: benchmarks/reading.md.
bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.reading

# The service under load: benchmarks/service.md.
bench-service: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.service

# Pages with 300 reports in the store: benchmarks/pages.md.
bench-pages: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.pages

# The whole REST API under made-up requests, with every role.
fuzz-api: $(VENV)/installed-dev
	$(BIN)/python -m tests.service.fuzz_api --examples 300

# The yearly duty of winners on a made batch of 120 reports: benchmarks/annual.md.
annual: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.annual

# Mutated files through the reader for some minutes; what fails is kept under build/fuzz/ with its seed.
fuzz: $(VENV)/installed-dev
	$(BIN)/python -m tests.fuzz --minutes 10

# The shipped encoder and heads from ../shared (text, labels): about ten minutes.
encoder: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m nlp.training.encoder
	$(BIN)/python -m nlp.training.aspects
	$(BIN)/python -m mapping.training.train

# The pictures of the READMEs and docs, by Chromium.
screenshot: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.page_pictures
	$(ZIPING) examples/自评报告.pdf examples/组织概述.docx examples/年度自我评价报告.docx --output build/screenshot > build/screenshot.txt || test $$? -eq 1
	$(BIN)/python -m benchmarks.screenshot build/screenshot/ziping.html docs/screenshot.png --size 1280x1000

clean:
	rm -rf $(VENV) build demo
