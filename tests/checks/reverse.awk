# Reverses the order of rows in every list of groups of a scenario, however deep, and drops comments.
# Lists of other things, such as series by year, stay. Usage: LC_ALL=C awk -f reverse.awk FILE
function quoted(   from) {
    from = at++
    while (substr(text, at, 1) != "\"") at += substr(text, at, 1) == "\\" ? 2 : 1
    return substr(text, from, ++at - from)
}
function rows(   out, row, count, groups, i) {
    groups = 1
    do {
        at++
        row[++count] = copy(",)")
        groups = groups && row[count] ~ /^[ \n]*\{/
    } while (substr(text, at, 1) == ",")
    at++
    for (i = 1; i <= count; i++) out = out (i > 1 ? "," : "") row[groups ? count + 1 - i : i]
    return "(" out ")"
}
function copy(ends,   out, c) {
    while (at <= length(text)) {
        c = substr(text, at, 1)
        if (index(ends, c)) return out
        if (c == "#") { while (at <= length(text) && substr(text, at, 1) != "\n") at++ }
        else if (c == "\"") out = out quoted()
        else if (c == "(") out = out rows()
        else if (c == "{" || c == "[") {
            at++
            out = out c copy(c == "{" ? "}" : "]") (c == "{" ? "}" : "]")
            at++
        }
        else { out = out c; at++ }
    }
    return out
}
{ text = text $0 "\n" }
END { at = 1; printf "%s", copy("") }
