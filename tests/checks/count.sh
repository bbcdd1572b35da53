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
not() { # command... that must answer no (status 1); trouble (2 and above) is no answer
    "$@" && return 1
    [ $? = 1 ]
}
parse() { # stdin is JSON, where something here can tell
    if command -v node >/dev/null; then
        node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))'
    elif command -v python3 >/dev/null; then
        python3 -c 'import json, sys; json.load(sys.stdin)'
    else
        cat >/dev/null
        echo "skipped: nothing here reads JSON" >&2
    fi
}
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
