# Every target is a command of packaging/prepare.py; without make: python3 packaging/prepare.py run
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test bench shots check lock

help setup run test bench shots check lock:
	@$(PYTHON) packaging/prepare.py $@ $(ARGS)
