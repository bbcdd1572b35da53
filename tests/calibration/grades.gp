# Chart of docs/verification.md, Grades, from docs/verification/grades-truncation.csv. Run at the project's root.
set datafile separator ","
set datafile commentschars "#"
set terminal svg size 640,400 font "sans,12" background "white"
set grid lc rgb "#dddddd"
set output "docs/verification/grades-truncation.svg"
set xlabel "year of the school's last inspection"
set ylabel "good or better, having required improvement"
set xrange [2011.5:2021.5]
set yrange [0:1.05]
set xtics 1
set key left bottom
plot "docs/verification/grades-truncation.csv" every ::1 using 1:3:(2*sqrt($3*(1-$3)/$2)) with yerrorbars pt 7 lc rgb "#1b6ca8" title "seen, two standard errors", \
    "" every ::1 using 1:4 with lines lw 2 lc rgb "#c8553d" title "model, of schools not inspected again since", \
    "" every ::1 using 1:5 with lines dt 2 lc rgb "#888888" title "model, truncation forgotten"
