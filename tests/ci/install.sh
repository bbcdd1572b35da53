#!/bin/sh
# Installs what is missing from Debian's packages: libraries to build and test, gnuplot and a font to draw.
# Does nothing, and needs no root, when everything is there.
set -eu
need=
for p in libconfig-dev libjansson-dev libgsl-dev libcmocka-dev gnuplot-nox fonts-dejavu-core; do
    dpkg -s "$p" >/dev/null 2>&1 || need="$need $p"
done
case "$need" in
*gnuplot-nox*) if command -v gnuplot >/dev/null 2>&1; then need=$(echo "$need" | sed 's/ gnuplot-nox//'); fi ;;
esac
[ -n "$need" ] || exit 0
if [ "$(id -u)" = 0 ]; then run=; elif command -v sudo >/dev/null 2>&1; then run=sudo; else
    echo "missing packages:$need; install them as root" >&2
    exit 1
fi
echo "installing:$need"
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq
# shellcheck disable=SC2086
$run apt-get install -y -qq --no-install-recommends $need >/dev/null
