#!/bin/sh
# Model page: what docs/model.md cites is there. Files exist; every hr_ name stands in src/; a name in code type or alone
# in brackets is a function, a setting, a key of a table or a word of a choice, or a sign that the page itself defines by
# `name =`; a `group.field` is a setting. Usage: tests/lint/model-docs.sh
cd "$(dirname "$0")/../.." || exit 1
page=docs/model.md
tables=include/headroom/tables
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
fail() { echo "model-docs: $page cites $*"; bad=1; }
name='[a-z][a-z0-9_]*'
# Functions, groups and fields, keys, words, and what the page defines.
{
    find src -name '*.[ch]' -exec grep -ohE "\b$name\(" {} + | tr -d '('
    sed -nE 's/^HR_[A-Z]+\(([a-z_0-9]+), ([a-z_0-9]+),.*/\1\n\2/p' $tables/params.def
    cat $tables/*.def src/model/choices.h | grep -oE '"[a-z_0-9]+"' | tr -d '"'
    grep -oE "$name(\[[^]]*\])? *\+?=" $page | grep -oE "^$name"
} | sort -u > "$work/known"
# group.field of every setting, under the name of the group and under the key by which a scenario holds it.
sed -nE 's/^HR_(REAL|BY|NUMBER|INT|FLAG|CHOICE|TEXT|YEAR|MONTH|LIST|ONE|ROWS)\(([a-z_0-9]+), ([a-z_0-9]+),.*/\2.\3/p' $tables/params.def > "$work/own"
cp "$work/own" "$work/fields"
sed -nE 's/^HR_(ONE|ROWS)\(scenario, ([a-z_0-9]+), ([a-z_0-9]+),.*/\3 \2/p' $tables/params.def |
    while read -r group key; do sed -n "s/^$group\./$key./p" "$work/own"; done >> "$work/fields"
for n in $(grep -oE '\bhr_[a-z0-9_]+' $page | sort -u); do
    grep -rqw "$n" src || fail "$n, which is not in src/"
done
# In code type, and lists of names in brackets outside it.
{
    grep -oE "\`$name(\[[a-z]+\])?\`" $page | grep -oE "^.$name" | tr -d '`' | grep _
    grep -oE '\(`?[a-z][a-z0-9_]*_[a-z0-9_]*`?([,;] `?[a-z][a-z0-9_]*`?)*\)' $page | grep -oE "$name"
    grep -oE "\(\`$name\`(, \`$name\`)*\)" $page | grep -oE "$name"
} | grep -vE '^[a-z]_[a-z0-9]+$' | sort -u | comm -23 - "$work/known" > "$work/unknown" # but signs such as x_b
while read -r n; do fail "$n, which is no function, setting, key or word"; done < "$work/unknown"
for n in $(grep -oE "\`$name(/[a-z0-9_-]+)*\.(c|h|def|cfg)\`|\`[a-z]+/[a-z0-9_/-]+\.(c|h|cfg)\`" $page | tr -d '`' | sort -u); do
    [ -e "src/$n" ] || [ -e "$n" ] || [ -n "$(find src include scenarios -name "$n" 2> /dev/null)" ] || fail "$n, which is not there"
done
groups=$(cut -d. -f1 "$work/fields" | sort -u)
for n in $(grep -oE "\`?\b$name\.($name|\*)" $page | grep -vE '\.(c|h|def|cfg|md)$' | sort -u); do
    case $n in
    \`*) ;;
    *) echo "$groups" | grep -qx "${n%%.*}" || continue ;; # a full stop in a sentence
    esac
    n=${n#\`}
    case $n in
    *.\*) echo "$groups" | grep -qx "${n%.\*}" || fail "$n, which is no group of settings" ;;
    candidates.x) ;; # the example of a full key
    *) grep -qxF "$n" "$work/fields" || fail "$n, which is no setting" ;;
    esac
done
exit $bad
