# What all charts share: margins, fonts, the Okabe-Ito colours, title and headline as texts of $T.
unset key
unset label
unset arrow
unset object
set format ""
set style line 1 lc rgb "#0072B2" lw 2.5 dt 1 pt 7  ps 0.8
set style line 2 lc rgb "#D55E00" lw 2.5 dt 2 pt 5  ps 0.8
set style line 3 lc rgb "#009E73" lw 2.5 dt 4 pt 9  ps 0.9
set style line 4 lc rgb "#CC79A7" lw 2.5 dt 5 pt 11 ps 0.9
set style line 5 lc rgb "#000000" lw 2   dt 3 pt 13 ps 0.9
set style line 6 lc rgb "#E69F00" lw 2.5 dt 6 pt 4  ps 0.8
set style line 7 lc rgb "#56B4E9" lw 2.5 dt 1 pt 15 ps 0.9
set style line 8 lc rgb "#7F7F7F" lw 2.5 dt 2 pt 2  ps 0.9
set style line 9 lc rgb "#666666" lw 2 dt "-"
set border 3 lc rgb "#666666"
set tics nomirror out font ",11" textcolor rgb "#222222"
set xtics nomirror out ("" -1e9)
set ytics nomirror out ("" -1e9)
set lmargin at screen 0.12
set rmargin at screen 0.975
set tmargin at screen 0.75
set bmargin at screen 0.17
set label 1001 $T[1] at screen 0.02, 0.945 left font ",17" textcolor rgb "#000000"
set label 1002 $T[2] at screen 0.02, 0.885 left font ",11" textcolor rgb "#333333"
set label 1003 $T[3] at screen 0.02, 0.845 left font ",11" textcolor rgb "#333333"
set label 1004 $T[4] at screen 0.02, 0.795 left font ",11" textcolor rgb "#222222"
