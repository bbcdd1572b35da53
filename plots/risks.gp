# Chances by year, a line for each risk.
last_year = years - 1
year_step = last_year > 4 ? (last_year > 8 ? (last_year > 17 ? 8 : 4) : 2) : 1
set rmargin at screen 0.56
set xrange [-0.2 : last_year + 0.2]
set yrange [0 : axis_high > 100 ? 100 : axis_high]
do for [i = 0 : last_year : year_step] { set xtics add (word(year_labels, i + 1) i) }
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set ytics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set key at screen 0.58, 0.46 left center vertical Left reverse samplen 2.5 spacing 1.7 font ",11" \
    textcolor rgb "#222222"
plot for [i = 1 : lines_drawn] $D using 1:(column(i + 1)) with linespoints ls i title $T[5 + i]
