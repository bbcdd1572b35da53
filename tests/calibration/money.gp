# Money: the hindcast, reserves by horizon, where reserves stand after twenty years.
set datafile separator ","
set datafile commentschars "#"
set datafile missing ""
set terminal svg size 900,420 font "sans,13" background "white"
set border 3
set tics nomirror
set style fill solid 0.85 noborder
set grid ytics lc rgb "#dddddd"
hindcast = "docs/verification/hindcast.csv"
horizon = "docs/verification/reserves-by-horizon.csv"
levels = "docs/verification/long-run.csv"

set output "docs/verification/hindcast.svg"
set ylabel "trusts with an in-year deficit, %"
set yrange [0:80]
set xrange [-0.4:8.4]
set key top center horizontal samplen 2
plot hindcast every ::1 using 0:3:xtic(1) with linespoints lw 2 pt 7 lc rgb "#0072B2" title "the model, unfitted series", \
     hindcast every ::1 using 0:2 with points pt 5 ps 1.3 lc rgb "#D55E00" title "Kreston's trusts"

set output "docs/verification/reserves-by-horizon.svg"
set ylabel "deviation of change in reserves, % of income"
set xlabel "years"
set yrange [0:8]
set xrange [0.7:4.3]
set xtics 1
plot horizon every ::1 using ($1-0.04):3:(2*$8) with yerrorbars pt 5 ps 1.1 lw 1.5 lc rgb "#D55E00" title "Welsh schools, groups of five (two deviations)", \
     horizon every ::1 using 1:6 with linespoints lw 2 pt 7 lc rgb "#0072B2" title "the model, same groups", \
     horizon every ::1 using 1:4 with points pt 4 lc rgb "#D55E00" title "Wales, groups of eight", \
     horizon every ::1 using 1:7 with points pt 6 lc rgb "#0072B2" title "the model, groups of eight"

set output "docs/verification/long-run.svg"
set ylabel "trusts, %"
set xlabel "reserves after twenty years, % of income"
set yrange [0:15]
set xrange [-20:40]
set xtics 10
set boxwidth 1.8
unset key
set arrow 1 from 5, graph 0 to 5, graph 1 nohead dt 2 lc rgb "#666666"
set arrow 2 from 20, graph 0 to 20, graph 1 nohead dt 2 lc rgb "#666666"
plot levels every ::1 using ($1+1):2 with boxes lc rgb "#0072B2"
