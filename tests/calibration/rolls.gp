# Rolls: coverage by group and window, where in its fan each trust came, and widths over four years.
set datafile separator ","
set datafile commentschars "#"
set terminal svg size 900,420 font "sans,13" background "white"
set border 3
set tics nomirror
set style fill solid 0.85 noborder
coverage = "docs/verification/rolls-coverage.csv"
pit = "docs/verification/rolls-pit.csv"
widths = "docs/verification/rolls-widths.csv"

set output "docs/verification/rolls-coverage.svg"
set ylabel "trusts inside their 80 % interval, %"
set yrange [50:100]
set xrange [-0.6:8.6]
set grid ytics lc rgb "#dddddd"
set key top right horizontal samplen 1
set xtics ("2 to 5\nschools" 0, "6 or\nmore" 1, "all\nprimary" 2, "all\nsecondary" 3, "several\nphases" 4, "under 200\na school" 5, "200 to\n500" 6, "500 to\n700" 7, "700 or\nmore" 8) offset 0,-0.2
set bmargin 4
set object 1 rect from -0.6,75 to 1.5,85 fc rgb "#eeeeee" fs solid noborder behind
set object 2 rect from 1.5,70 to 8.6,90 fc rgb "#f5f5f5" fs solid noborder behind
plot coverage every ::1::9 using ($0-0.22):4:5 with yerrorbars pt 7 ps 0.9 lc rgb "#1f4e79" title "2019-21", \
     coverage every ::10::18 using 0:4:5 with yerrorbars pt 5 ps 0.9 lc rgb "#c55a11" title "2021-23", \
     coverage every ::19::27 using ($0+0.22):4:5 with yerrorbars pt 9 ps 1.0 lc rgb "#548235" title "2019-23"
unset object 1
unset object 2

set output "docs/verification/rolls-pit.svg"
set multiplot layout 2,3
set bmargin 3
set yrange [0:25]
set xrange [0.4:10.6]
set boxwidth 0.9
unset key
set ylabel "% of trusts"
set xtics ("low" 1, "middle" 5.5, "high" 10) offset 0,0.2
windows = "2019-21 2021-23 2019-23"
do for [g = 0:1] {
    do for [w = 0:2] {
        first = 1 + 20 * w + 10 * g
        set title sprintf("%s, %s", word(windows, w + 1), g ? "6 or more schools" : "2 to 5 schools")
        plot pit every ::first::first+9 using 4:5 with boxes lc rgb "#1f4e79", 10 with lines lc rgb "#c55a11" lw 1.5
    }
}
unset multiplot
unset title

set output "docs/verification/rolls-widths.svg"
set ylabel "10-90 width of four-year log growth"
set yrange [0:0.36]
set xrange [-0.6:3.6]
set bmargin 4
set key top right
set boxwidth 0.25
set xtics ("2 or 3 schools" 0, "4 or 5" 1, "6 to 10" 2, "11 or more" 3)
plot widths every ::1 using ($0-0.27):3 with boxes lc rgb "#999999" title "wanted", \
     widths every ::1 using 0:4 with boxes lc rgb "#548235" title "real trusts here", \
     widths every ::1 using ($0+0.27):5 with boxes lc rgb "#1f4e79" title "model"
