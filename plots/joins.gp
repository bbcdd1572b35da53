# Candidates down, years across, the chance of joining in each cell; how likely it joins at all at the right.
set lmargin at screen 0.34
set border 0
set xrange [-0.5 : years + 0.7]
set yrange [rows - 0.5 : -0.5]
set bmargin at screen (rows < 5 ? 0.75 - 0.116 * rows : 0.17)
set tics scale 0
year_step = years > 9 ? (years > 18 ? 4 : 2) : 1
do for [i = 0 : years - 1 : year_step] { set xtics add (word(year_labels, i + 1) i) }
set xtics add ("at all" years + 0.2)
do for [i = 1 : rows] {
    set label i $T[5 + i] at screen 0.33, first i - 1 right font ",10" textcolor rgb "#222222"
}
shade(p) = p < 0 ? 0 : p > 100 ? 1 : p / 100.0
channel(from, to, p) = int(from + (to - from) * shade(p) + 0.5)
blue(p) = 65536 * channel(255, 0, p) + 256 * channel(255, 114, p) + channel(255, 178, p)
shown(p) = p < 0.05 ? "" : p < 1 ? "<1" : sprintf("%d", int(floor(p + 0.5)))
ink(p) = p > 55 ? 0xFFFFFF : 0x222222
set style fill solid 1.0 border lc rgb "#dddddd"
small = years > 12 ? 8 : 11
plot for [y = 0 : years - 1] $D using (y):1:(0.48):(0.44):(blue(column(y + 2))) with boxxyerror lc rgb variable, \
     $D using (years + 0.2):1:(0.48):(0.44):(blue(column(years + 2))) with boxxyerror lc rgb variable, \
     for [y = 0 : years - 1] $D using (y):1:(shown(column(y + 2))):(ink(column(y + 2))) \
        with labels font sprintf(",%d", small) textcolor rgb variable, \
     $D using (years + 0.2):1:(shown(column(years + 2))):(ink(column(years + 2))) \
        with labels font sprintf(",%d", small) textcolor rgb variable
