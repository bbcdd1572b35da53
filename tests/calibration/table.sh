#!/bin/sh
# Lines of calibration programs to other forms: csv (what is kept under docs/verification/), plain (for a terminal),
# md (for the page). The csv is parted by bars, since sentences have commas.
# Usage: tests/calibration/table.sh csv|plain|md < LINES
case ${1-} in
csv)
    echo "# Contains public sector information licensed under the Open Government Licence v3.0 (Department for Education; Ofsted; Welsh Government)."
    echo "section|key|what|window|seen|low|high|holds|unit"
    cat
    ;;
plain | md)
    awk -F'|' -v form="$1" '
        function band() { return $6 == "" && $7 == "" ? "" : $6 == "" ? "at most " $7 : $7 == "" ? "at least " $6 : $6 " to " $7 }
        BEGIN { if (form == "md") print "| what | window | seen | band | holds |\n|---|---|---|---|---|" }
        /^#/ || $1 == "section" { next }
        form == "md" {
            printf "| %s | %s | %s | %s | %s |\n", $3, $4, ($5 == "" ? "none" : $5) ($9 == "" ? "" : " " $9), band(), $8 == "no" ? "**no**" : $8
            next
        }
        { printf "%-7s %-74s %-18s %10s %-7s %-16s %s\n", $1, $3, $4, $5 == "" ? "none" : $5, $9, band(), $8 }'
    ;;
*)
    echo "usage: $0 csv|plain|md" >&2
    exit 2
    ;;
esac
