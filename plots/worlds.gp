# Worlds down, chances across: a dot and its interval for each strategy, apart by colour and by shape.
strategies = lines_drawn / 3
set lmargin at screen 0.24
key_rows = int((strategies + 1) / 2)
set bmargin at screen 0.125 + 0.04 * key_rows
set xrange [axis_low : axis_high > 100 ? 100 : axis_high]
set yrange [rows - 0.5 : -0.5]
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set xtics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid xtics lc rgb "#dddddd" lt 1 lw 0.5
set border 1
do for [i = 1 : rows] {
    set label i $T[5 + strategies + i] at screen 0.23, first i - 1 right font ",10" textcolor rgb "#222222"
    if (i < rows) { set arrow 100 + i from graph 0, first i - 0.5 to graph 1, first i - 0.5 nohead lc rgb "#eeeeee" lw 1 back }
}
# Labels and no key: gnuplot stands a key that it finds too wide in one column, over the axis.
do for [s = 1 : strategies] {
    set label 100 + s $T[5 + s] at screen s % 2 ? 0.05 : 0.53, 0.03 + 0.04 * (key_rows - 1 - (s - 1) / 2) left \
        point ls s offset 1.5, -0.2 font ",10" textcolor rgb "#222222"
}
spread = 0.7 / strategies
plot for [s = 1 : strategies] $D using (column(3 * s - 1)):($1 + spread * (s - (strategies + 1) / 2.0)):(column(3 * s)):(column(3 * s + 1)) \
    with xerrorbars ls s dt 1 notitle
