# From results.json of a run: its targets, those due first first, and what they come to together. One a line, parts
# divided by tabs: `target`, plan or our_reading, its chance in words, the chance, its name; then `all`, plan,
# our_reading or both, the chance in words; then `risk`, its key, in words the chance that it happens in no year. Last
# in each line: between which chances in 100 sets of assumptions put it, "-" where they do not move it.
function text(line) { sub(/^ *"[a-z_]+": "/, "", line); sub(/",?$/, "", line); gsub(/\\"/, "\"", line); return line }
function number(line) { sub(/^[^:]*: /, "", line); sub(/,$/, "", line); return line == "null" ? line : line + 0 }
# As the program says chances: never more digits than the interval allows.
function thousands(n) { return n >= 1000 ? int(n / 1000) "," sprintf("%03d", n % 1000) : n "" }
function one_in(far,   k, scale) { k = int(1 / far); for (scale = 1; k / scale >= 100;) scale *= 10; return int(k / scale) * scale }
function words(p, lo, hi,   of, rarer, low, high, k) {
    if (p == "null") return "-"
    if (p == 0) return "fewer than 1 in " thousands(one_in(hi))
    if (p == 1) {
        k = one_in(1 - lo)
        for (of = 100; k >= 10 * of;) of *= 10
        return "more than " thousands(of - int((of + k - 1) / k)) " in " thousands(of)
    }
    rarer = p < 1 - p ? p : 1 - p
    of = hi - lo < 0.1 ? 100 : 10
    while (rarer * of < 0.95) of *= 10
    low = int(lo * of + 0.5); high = int(hi * of + 0.5)
    return thousands(int(p * of + 0.5)) " in " thousands(of) (low == high ? "" : " (" thousands(low) " to " thousands(high) ")")
}
function limit(p, tenths) { return sprintf(tenths && p >= 0.0005 && p < 0.9995 ? "%.1f" : "%.0f", 100 * p) }
function between(lo, hi,   tenths, low, high) {
    tenths = hi < 0.0095 || lo > 0.9905
    low = limit(lo, tenths); high = limit(hi, tenths)
    return low == high ? "-" : low " to " high
}
function moved(key) { return key in range ? range[key] : "-" }
function due(expr) {
    if (match(expr, /, *[0-9][0-9][0-9][0-9]\/[0-9][0-9]\)$/)) { sub(/^, */, "", expr); return substr(expr, length(expr) - 7, 4) }
    return expr ~ /end\)$/ ? 9998 : 9999
}
/^ "targets": \[/ { inside = 1; next }
/^  "targets": \[/ { inside = 2; next }
/^  ?\],?$/ { inside = 0 }
inside && /^ *"id": / { id = text($0); if (inside == 1) order[++targets] = id }
inside == 1 && /^ *"name": / { name[id] = text($0) }
inside == 1 && /^ *"expr": / { year[id] = due(text($0)) }
inside == 2 && /^ *"kind": / { kind[id] = text($0) }
/^ "targets_all": / { of = "both" }
/^  "plan_targets_all": / { of = "plan" }
/^  "our_targets_all": / { of = "our_reading" }
/^  "reserves_below_policy": / { risk = "reserves" }
/^  "capacity_overload": / { risk = "days" }
/^ "assumption_sets": / { inside = 3 }
inside == 3 && /^ *"(key|target)": / { set = text($0) }
risk != "" && /^   "any": / { of = risk; risk = "" }
/^ *"p": / { p = number($0) }
/^ *"lo": / { lo = number($0) }
/^ *"hi": / {
    if (inside == 3) range[set] = between(lo, number($0))
    else if (inside == 1) { chance[id] = p; said[id] = words(p, lo, number($0)) }
    else if (of == "reserves" || of == "days") together[of] = words(1 - p, 1 - number($0), 1 - lo)
    else if (of != "") together[of] = words(p, lo, number($0))
    if (inside != 1) of = ""
}
END {
    for (late = 0; late < 2; late++)
        for (y = 2000; y <= 9999; y = y == 2100 ? 9998 : y + 1)
            for (i = 1; i <= targets; i++)
                if (year[order[i]] == y && (kind[order[i]] == "our_reading") == late)
                    printf "target\t%s\t%s\t%s\t%s\t%s\n", kind[order[i]], said[order[i]], chance[order[i]], name[order[i]], moved(order[i])
    split("plan_targets_all our_targets_all targets_all", key, " ")
    for (k = split("plan our_reading both", part, " "); k > 0; k--) printf "all\t%s\t%s\t%s\n", part[k], together[part[k]], moved(key[k])
    printf "risk\treserves\t%s\t%s\nrisk\tdays\t%s\t%s\n", together["reserves"], moved("policy_kept"), together["days"], moved("days_enough")
}
