# From results.json of a run, how each chance of the verdict settles: KEY, futures, p, lo, hi, split by tabs.
/^ "convergence": \[/ { inside = 1 }
/^ \],?$/ { inside = 0 }
inside && match($0, /^ +"(key|paths|p|lo|hi)": /) {
    name = substr($0, RSTART, RLENGTH)
    gsub(/[" :]/, "", name)
    value = substr($0, RSTART + RLENGTH)
    gsub(/^"|"?,?$/, "", value)
    if (name == "key") key = value
    if (name == "paths") paths = value
    if (name == "p") p = value
    if (name == "lo") lo = value
    if (name == "hi") print key "\t" paths "\t" p "\t" lo "\t" value
}
