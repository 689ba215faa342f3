# Habits. The two commands that count are ./run and ./test.
.PHONY: help check build test format run bench clean

help:
	@echo "make check | build | test | format | run | bench | clean"

check: ## everything fast: scripts, layout, build without warnings, rooms, documents, packs, Swift tests
	./test scripts format build warnings architecture docs packs unit

build:
	swift build --build-tests --explicit-target-dependency-import-check error

test:
	./test

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests

run:
	./run

bench:
	swift build -c release --product baton
	.build/release/baton bench

clean:
	swift package clean
	rm -rf .build/test-logs .build/run-logs .build/release.stamp .build/venv-test .build/venv-tools
