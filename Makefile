# `make demo` and `make test` are all a newcomer needs; both set up .venv by themselves, without root.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.PHONY: demo test bench proto lint clean

demo: $(STAMP)
	$(VENV)/bin/secondunit demo --project demo-film

test: $(STAMP) lint
	$(PY) -m pytest -n 2 --dist loadfile -m "not timed"
	$(PY) -m pytest -m timed

bench: $(STAMP)
	$(PY) -m benchmarks

lint: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/pyright
	$(PY) -m tests.house_rules

proto:
	./proto/generate

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check torch==2.13.0 -c constraints.txt $(TORCH_INDEX)
	$(PY) -m pip install -q --disable-pip-version-check -e '.[engine,gateway,voice,dev]' -c constraints.txt
	touch $@

clean:
	rm -rf $(VENV) build demo-film
