# A fan: 80 and 50 of 100 futures around the middle one, closed years before, a line to hold against.
last_year = years - 1
shown_years = last_year - first_year
year_step = shown_years > 8 ? (shown_years > 17 ? 4 : 2) : 1
set xrange [first_year - 0.3 : last_year + 0.3]
set yrange [axis_low : axis_high]
do for [i = first_year : last_year : year_step] { set xtics add (word(year_labels, i - first_year + 1) i) }
ticks = int((axis_high - axis_low) / axis_step + 0.5)
do for [i = 0 : ticks] { set ytics add ($T[first_tick + i] axis_low + i * axis_step) }
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set key at screen 0.545, 0.044 center center horizontal Left reverse maxrows 1 samplen 2 width -1 font ",11" \
    textcolor rgb "#222222"
if (has_limit) {
    set arrow 1 from graph 0, first limit to graph 1, first limit nohead ls 9 front
    # at the end at which the middle is farther from the line
    if (abs(word($D[1], 4) - limit) > abs(word($D[years], 4) - limit)) {
        set label 1 $T[5] at graph 0.005, first limit left offset 0, 0.6 font ",11" textcolor rgb "#444444" front
    } else {
        set label 1 $T[5] at graph 0.995, first limit right offset 0, 0.6 font ",11" textcolor rgb "#444444" front
    }
}
# One year makes no area: its bands are boxes.
if (years == 1) {
    do for [i = 0 : 1] {
        set object 1 + i rectangle from -0.15, first word($D[1], 2 + i) to 0.15, first word($D[1], 6 - i) \
            fillcolor rgb (i == 0 ? "#CCE3F0" : "#8CC0DD") fillstyle solid 1 noborder behind
    }
}
do for [i = 1 : marks] {
    set label 100 + i $T[first_mark + i - 1] at first i - 1, graph 0.03 center font ",10" textcolor rgb "#444444" front
}
plot $D using 1:2:6 with filledcurves fs solid 1 noborder lc rgb "#CCE3F0" title "80 of 100 futures", \
     $D using 1:3:5 with filledcurves fs solid 1 noborder lc rgb "#8CC0DD" title "50 of 100 futures", \
     $D using 1:4 with linespoints ls 1 title "the middle", \
     $H using 1:2 with linespoints lc rgb "#000000" lw 2 pt 7 ps 0.8 \
        title (has_history ? "closed years" : "")
