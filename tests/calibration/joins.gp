# Charts of docs/verification.md, Joining and growth, from docs/verification/joins-*.csv. Run at the project's root.
set datafile separator ","
set datafile commentschars "#"
set terminal svg size 640,400 font "sans,12" background "white"
set key left top
set grid lc rgb "#dddddd"

set output "docs/verification/joins-reliability.svg"
set xlabel "forecast, fitted on the other half"
set ylabel "seen, half held back"
set xrange [0:0.85]
set yrange [0:1]
event = "more two-more four-more gone"
colour(i) = word("#1b6ca8 #c8553d #5a8f3c #666666", i)
plot x with lines lc rgb "#888888" notitle, \
    for [i=1:4] "docs/verification/joins-reliability.csv" every ::1 using \
        (strcol(1) eq word(event, i) ? $4 : NaN):5:(2*$6) with yerrorbars pt 7 ps 0.6 lc rgb colour(i) title word(event, i)

set output "docs/verification/joins-gaps.svg"
set xlabel "join event"
set ylabel "months since the one before"
set xrange [0.5:6.5]
set yrange [0:62]
set xtics ("2nd" 1, "3rd" 2, "4th" 3, "5th" 4, "6th" 5, "7th" 6)
set key right top
plot "docs/verification/joins-gaps.csv" every ::1 using ($1-0.1):3:2:4 with yerrorbars pt 7 lc rgb "#1b6ca8" title "real: middle and quartiles", \
    "" every ::1 using ($1+0.1):6:5:7 with yerrorbars pt 5 lc rgb "#c8553d" title "model"

set output "docs/verification/joins-months.svg"
set xlabel "month of joining"
set ylabel "share of joins"
set xrange [-0.5:11.5]
set yrange [0:0.32]
set xtics ("Sep" 0, "Oct" 1, "Nov" 2, "Dec" 3, "Jan" 4, "Feb" 5, "Mar" 6, "Apr" 7, "May" 8, "Jun" 9, "Jul" 10, "Aug" 11)
set boxwidth 0.35
set style fill solid
plot "docs/verification/joins-months.csv" every ::1 using ($0-0.2):2 with boxes lc rgb "#1b6ca8" title "real, 2010 to 2018", \
    "" every ::1 using ($0+0.2):3 with boxes lc rgb "#c8553d" title "model"
