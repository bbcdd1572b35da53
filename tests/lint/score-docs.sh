#!/bin/sh
# docs/score.md: its worked example is what the program says. Usage: tests/lint/score-docs.sh BUILD
sh "$(dirname "$0")/../docs/score.sh" "${1:-build}"
