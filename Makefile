# Short names. What each does is in .ci/, in Cargo.toml and in .cargo/config.toml.

SHELL := /bin/bash
# bash reads this file first: the toolchain that .ci/setup chose for this machine
export BASH_ENV := $(CURDIR)/.ci/env

.PHONY: help demo test bundle sqlx fmt lint bench-load bench-timing

help:
	@echo 'make demo        a running study with demo data'
	@echo 'make test        everything that is checked before a merge'
	@echo 'make bundle      what the browser loads, small and compressed'
	@echo 'make sqlx        renew the checked queries after a change of SQL'
	@echo 'make fmt lint    while writing'
	@echo 'make bench-load  throughput and latency under load'
	@echo 'make bench-timing  how exactly stimuli are shown and responses timed'

demo:
	@.ci/demo

test:
	@.ci/test

bundle:
	cargo bundle --release --check-budgets

sqlx:
	.ci/postgres .ci/sqlx $(notdir $(patsubst %/.sqlx,%,$(wildcard server/crates/*/.sqlx)))

fmt:
	cargo fmt --all

lint:
	cargo clippy --all-targets
	cargo clippy --target wasm32-unknown-unknown --package frontend --package assessments --package run_outbox --all-targets

bench-load:
	.ci/bench-load

bench-timing:
	.ci/bench-timing
