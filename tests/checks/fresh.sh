#!/bin/sh
# A fresh Debian with a C compiler and make, a clean clone, one command: `make demo` in one machine and
# `make test` in another, each timed. The machine is a chroot; what is mounted in it is gone with the
# process that mounted it. The base system is kept between runs in TMPDIR. Needs root, debootstrap and
# the network. Usage: tests/checks/fresh.sh [SUITE]
set -eu
cd "$(dirname "$0")/../.."
suite=${1:-bookworm}
here=${TMPDIR:-/tmp}/headroom-fresh-$(id -u)
base=$here/$suite.tar
command -v debootstrap >/dev/null || { echo "check-fresh: needs the package debootstrap" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "check-fresh: needs root" >&2; exit 1; }
mkdir -p "$here"
work=$(mktemp -d "$here/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$' ||
    echo http://deb.debian.org/debian)
if [ ! -e "$base" ]; then
    echo "check-fresh: making a base system of $suite from $mirror"
    debootstrap --variant=minbase --include=gcc,make,libc6-dev,ca-certificates "$suite" "$work/base" \
        "$mirror" >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
    tar -C "$work/base" -cf "$base.new" . && mv "$base.new" "$base"
fi

# The committed state; before the first commit, what git would take in.
clone() { # folder
    if git rev-parse -q --verify HEAD >/dev/null; then
        git clone -q . "$1"
    else
        mkdir "$1"
        git ls-files -z -co --exclude-standard | xargs -0 tar -cf - | tar -C "$1" -xf -
    fi
}

failed=0
one() { # make's target
    root=$work/$1
    mkdir "$root"
    tar -C "$root" -xf "$base"
    apt-config dump | grep -E '^Acquire::https?::(Proxy|Verify)' >"$root/etc/apt/apt.conf.d/99host" || true
    clone "$root/headroom"
    start=$(date +%s)
    if unshare -m sh -eu -c '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
            ${http_proxy:+http_proxy="$http_proxy"} make -C /headroom "$2"' sh "$root" "$1" \
        >"$work/$1.log" 2>&1 </dev/null; then
        said=passed
    else
        said=FAILED
        failed=$((failed + 1))
        grep -E "^FAILED|error:" "$work/$1.log" || true
        tail -5 "$work/$1.log"
    fi
    echo "make $1 on a fresh $suite: $said in $(($(date +%s) - start)) s"
    rm -rf "$root"
}
one demo
one test
[ "$failed" = 0 ]
