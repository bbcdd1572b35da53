# How chances settle: futures across, in doublings, a line for each chance with the band of its interval.
set rmargin at screen 0.54
set logscale x 2
set xrange [word($D[1], 2) * 0.9 : word($D[points], 2) * 1.1]
set yrange [axis_low : axis_high]
set xtics ("" 1e-9)
do for [i = 1 : points] { if (strlen($T[first_mark + i - 1]) > 1) { set xtics add ($T[first_mark + i - 1] word($D[i], 2)) } }
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set ytics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set key at screen 0.55, 0.46 left center vertical Left reverse samplen 2 spacing 1.7 font ",11" \
    textcolor rgb "#222222"
array colour[6] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00"]
plot for [i = 1 : lines_drawn] $D every ::((i - 1) * points)::(i * points - 1) using 2:4:5 with filledcurves \
        fs transparent solid 0.15 noborder lc rgb colour[i] notitle, \
     for [i = 1 : lines_drawn] $D every ::((i - 1) * points)::(i * points - 1) using 2:3 with linespoints \
        ls i title $T[5 + i]
unset logscale x
