# Bars to both sides of nothing, a row each: below it in one colour, above it in another, with 95 % intervals.
set lmargin at screen 0.36
set xrange [axis_low : axis_high]
set yrange [rows - 0.4 : -0.6]
set bmargin at screen (rows < 6 ? 0.75 - 0.095 * rows : 0.11)
set border 1
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set xtics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid xtics lc rgb "#dddddd" lt 1 lw 0.5
set tics scale 0
small = rows > 14 ? 8 : 10
do for [i = 1 : rows] {
    set label i $T[5 + i] at screen 0.35, first i - 1 right font sprintf(",%d", small) textcolor rgb "#222222"
}
set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead lc rgb "#666666" lw 1.5 front
set style fill solid 1.0 noborder
least(x) = x < 0 ? x : 0
most(x) = x > 0 ? x : 0
colour(x) = x < 0 ? 0xE8A27C : 0x8CC0DD
plot $D using (0):1:(least($2)):(most($2)):($1 - 0.32):($1 + 0.32):(colour($2)) with boxxyerror lc rgb variable notitle, \
     $D using 2:1:3:4 with xerrorbars lc rgb "#222222" lw 1.5 pt 7 ps 0.5 notitle
