#!/usr/bin/env bash
# Runs the frozen program where nothing of the checkout helps it: a copy elsewhere, an empty environment, no
# Python on PATH. The demo exercises plan, store, files, worker processes and consolidation.
#
#   build/check.sh dist/zhibao
set -euo pipefail

program=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

if [ -n "$(find "$program" -name 'libgtk*')" ]; then
    echo "GTK of this machine came along into $program" >&2
    exit 1
fi

cp -r "$program" "$place/program"
mkdir "$place/bin" "$place/home"
cd "$place"
if ! env -i PATH="$place/bin" HOME="$place/home" LANG=C.UTF-8 \
    "$place/program/zhibao" demo "$place/demo-out" >"$place/log" 2>&1; then
    cat "$place/log" >&2
    echo "the frozen program does not run the demo; it lies in $program" >&2
    exit 1
fi
if command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
    mkfifo "$place/display"
    exec 3<>"$place/display"
    Xvfb -displayfd 3 -screen 0 1366x768x24 2>/dev/null &
    screen=$!
    trap 'kill "$screen" 2>/dev/null; rm -rf "$place"' EXIT
    read -r -t 20 display <&3
    env -i PATH="$place/bin" HOME="$place/home" LANG=C.UTF-8 DISPLAY=":$display" \
        "$place/program/zhibao" >"$place/log" 2>&1 &
    window=$!
    if ! DISPLAY=":$display" timeout 60 xdotool search --sync --onlyvisible --name 知报 >/dev/null; then
        cat "$place/log" >&2
        echo "the frozen program opens no window" >&2
        exit 1
    fi
    kill "$window"
    echo "$program: opens its window without Python"
fi
echo "$program: $(du -sm "$program" | cut -f1) MB, runs the demo without Python"
