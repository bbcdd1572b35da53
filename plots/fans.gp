# Two plans through the same luck: the middle of each, and 80 of 100 futures around it; who joins when, below.
last_year = years - 1
year_step = last_year > 8 ? (last_year > 17 ? 4 : 2) : 1
set xrange [-0.3 : last_year + 0.3]
set yrange [axis_low : axis_high]
do for [i = 0 : last_year : year_step] { set xtics add (word(year_labels, i + 1) i) }
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set ytics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set key at screen 0.545, 0.044 center center horizontal Left reverse maxrows 1 samplen 3 width 2 font ",11" \
    textcolor rgb "#222222"
if (has_limit) {
    set arrow 1 from graph 0, first limit to graph 1, first limit nohead ls 9 front
    set label 1 $T[5] at graph 0.995, first limit right offset 0, 0.6 font ",11" textcolor rgb "#444444" front
}
do for [i = 1 : marks] {
    set label 100 + i $T[first_mark + i - 1] at first i - 1, graph 0.03 center font ",10" textcolor rgb "#444444" front
}
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
     $D using ($1 - side):3 with linespoints ls 1 title $T[6], \
     $D using ($1 + side):6 with linespoints ls 2 title $T[7]
