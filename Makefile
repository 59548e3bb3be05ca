# Rules: demo, test, lint, format, schemas, build, release. Each is one line that calls scripts/ or swift.
.PHONY: demo test lint format schemas build release

demo:
	scripts/demo

test:
	scripts/test

lint:
	scripts/lint

format:
	swift format -i --recursive --parallel --configuration .swift-format Sources Tests Package.swift

schemas:
	scripts/check-schemas

build:
	swift build

release:
	swift build -c release --product crm-shell
