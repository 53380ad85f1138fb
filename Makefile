# make run: the page.  make test: lint and all tests.  make docs: the API reference.  All install what they need into .venv.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
TORCH := $(shell grep '^torch==' requirements.lock)

.PHONY: run test lint docs chromium tesseract lock

run: $(VENV)/installed
	$(RUN) app.py

# The tests that measure a browser's times have the machine to themselves.
test: lint chromium tesseract
	$(RUN) -m pytest --numprocesses 2 --dist loadfile -m "not alone"
	$(RUN) -m pytest tests/page -m alone

lint: $(VENV)/installed
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports --no-cache

# A site that fetches nothing from elsewhere, in site/.
docs: $(VENV)/installed-docs
	$(RUN) -m mkdocs build --strict --quiet

$(VENV)/installed-docs: $(VENV)/installed docs/requirements.lock
	$(RUN) -m pip install -r docs/requirements.lock
	touch $@

# torch comes first and alone, from PyTorch's index of CPU builds: the ordinary index's build brings gigabytes of GPU
# libraries. Where that index cannot be reached, the ordinary build still works. Some systems' venv comes without pip.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Cited needs Python 3.11 or newer; name one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(RUN) install pip; }
	$(RUN) -m pip install --no-deps --retries 1 --timeout 20 --extra-index-url https://download.pytorch.org/whl/cpu $(TORCH)
	$(RUN) -m pip install -r requirements.lock
	$(RUN) -m pip install --no-deps --editable .
	touch $@

# The browser tests drive a Chromium. Without one they are skipped, and only they.
chromium:
	@command -v "$${CHROMIUM:-chromium}" chromium-browser google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } \
	|| echo "No Chromium here, so the browser tests will be skipped; install one (apt install chromium) or set CHROMIUM to its path."

# The tests that read scans need Tesseract. Without it they are skipped, and only they.
tesseract:
	@command -v tesseract >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq tesseract-ocr; } \
	|| echo "No Tesseract here, so the tests of scans will be skipped; install it (apt install tesseract-ocr)."

# Pins every package of a full install, for all systems, GPU libraries apart; and those that build the documentation.
PIN := uv pip compile --universal --no-annotate --no-header --python-version 3.11
lock:
	$(PIN) --extra dev --extra mcp --extra milvus --extra training pyproject.toml | grep -vE '^(nvidia|cuda|triton)' > requirements.lock
	$(PIN) --group docs --constraint requirements.lock > docs/requirements.lock
