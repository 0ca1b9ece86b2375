#!/usr/bin/env bash
# Runs the frozen program where nothing of the checkout helps it: a copy elsewhere, an empty environment, no
# Python on PATH. The demo exercises plan, store, files, worker processes and consolidation; then the window
# opens on a screen of its own and is closed by its key.
#
#   build/check.sh dist/zhibao
set -euo pipefail

program=$(realpath "$1")
place=$(mktemp -d)
started=()

tidy() {
    [ "${#started[@]}" -eq 0 ] || kill "${started[@]}" 2>/dev/null || true
    wait
    rm -rf "$place"
}
trap tidy EXIT

fail() {
    [ ! -s "$place/log" ] || cat "$place/log" >&2
    echo "build/check.sh: $1; it lies in $program" >&2
    exit 1
}

alone() { # runs the copy with these variables and nothing else
    local -a variables=()
    while [[ ${1:-} == *=* ]]; do variables+=("$1"); shift; done
    exec env -i PATH="$place/bin" HOME="$place/home" LANG=C.UTF-8 "${variables[@]}" \
        "$place/program/zhibao" "$@" >"$place/log" 2>&1
}

seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

check_window() {
    local screen display window found begin
    # -displayfd lets the server choose a free number; other work may have screens too
    mkfifo "$place/display"
    exec 3<>"$place/display"
    Xvfb -displayfd 3 -screen 0 1366x768x24 2>"$place/log" &
    screen=$!
    started+=("$screen")
    read -r -t 20 display <&3 || fail "the screen to try the window on did not start"
    begin=$EPOCHREALTIME
    (alone DISPLAY=":$display") &
    window=$!
    started+=("$window")
    export DISPLAY=":$display"
    found=$(timeout 60 xdotool search --sync --onlyvisible --name 知报 | head -n 1) || true
    [ -n "$found" ] || fail "the frozen program opens no window"
    echo "$program: opens its window within $(seconds_since "$begin") s"
    # without a window manager nobody gives it the keyboard
    xdotool windowfocus --sync "$found" key ctrl+q
    timeout 20 tail --pid="$window" -f /dev/null || fail "the window of the frozen program does not close"
    wait "$window" || fail "the frozen program ends its window with status $?"
    [ ! -s "$place/log" ] || fail "the frozen program complains while its window is open"
}

[ -z "$(find "$program" -name 'libgtk*')" ] || fail "GTK of this machine came along into the frozen program"
[ -n "$(find "$program" -name qtbase_zh_CN.qm)" ] || fail "the frozen program lacks Qt's Chinese texts"

cp -r "$program" "$place/program"
mkdir "$place/bin" "$place/home"
cd "$place"

begin=$EPOCHREALTIME
(alone demo "$place/demo-out") || fail "the frozen program does not run the demo"
echo "$program: $(du -sm "$program" | cut -f1) MB, runs the demo without Python in $(seconds_since "$begin") s"

if command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
    check_window
else
    echo "$program: its window was not tried, there is no Xvfb and xdotool here" >&2
fi
