#!/bin/sh
# docs/convergence.md: its tables are what the program says. Usage: tests/lint/convergence-docs.sh BUILD
sh "$(dirname "$0")/../docs/convergence.sh" "${1:-build}"
