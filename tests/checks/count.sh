# Counting, for the scripts of this folder and of tests/cli: `. tests/checks/count.sh`.
passed=0
failed=0
pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAILED  $*"
}
one() { # "what it shows" command...
    what=$1
    shift
    if said=$("$@" 2>&1); then pass; else fail "$what"; echo "$said" | head -3; fi
}
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
