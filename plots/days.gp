# Days supplied against days needed: the middle of each, and 80 of 100 futures around it.
last_year = years - 1
year_step = last_year > 8 ? (last_year > 17 ? 4 : 2) : 1
set xrange [-0.3 : last_year + 0.3]
set yrange [axis_low : axis_high]
do for [i = 0 : last_year : year_step] { set xtics add (word(year_labels, i + 1) i) }
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set ytics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set key at screen 0.545, 0.05 center center horizontal Left reverse maxrows 1 samplen 3 width 4 font ",11" \
    textcolor rgb "#222222"
# One year makes no area: its bands are boxes.
if (years == 1) {
    set xrange [-1 : 1]
    do for [i = 0 : 1] {
        set object 1 + i rectangle from -0.25 + 0.3 * i, first word($D[1], 2 + 3 * i) to -0.05 + 0.3 * i, first word($D[1], 4 + 3 * i) \
            fillcolor rgb (i == 0 ? "#0072B2" : "#D55E00") fillstyle transparent solid 0.25 noborder behind
    }
}
side = years == 1 ? 0.15 : 0
plot $D using 1:2:4 with filledcurves fs transparent solid 0.25 noborder lc rgb "#0072B2" notitle, \
     $D using 1:5:7 with filledcurves fs transparent solid 0.25 noborder lc rgb "#D55E00" notitle, \
     $D using ($1 - side):3 with linespoints ls 1 title "days supplied", \
     $D using ($1 + side):6 with linespoints ls 2 title "days needed"
