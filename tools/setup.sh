#!/usr/bin/env bash
# Makes a checkout ready to work: system libraries where it may, .venv from the lock, the zhibao command in it.
#
#   tools/setup.sh [base|test|freeze]
#
# base: what demo and run need; test: also screen, fonts, office program and oldest Qt of the tests; freeze: also
# what PyInstaller needs. What is done is stamped in .venv, so that a second call costs nothing. System
# packages that cannot be installed are named and setup goes on: the command line works without them.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${1:-base}
venv_python=.venv/bin/python

# library, Debian package: what Qt's xcb platform links to beyond a bare Debian
qt_libraries="
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxkbcommon.so.0 libxkbcommon0
"

# command, Debian package: what only the tests need
test_commands="
Xvfb xvfb
cc gcc
fc-list fontconfig
openbox openbox
pdftoppm poppler-utils
soffice libreoffice-calc
xdotool xdotool
"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "setup: $1"
    say "准备环境失败：$2"
    exit 1
}

missing_libraries() { # reads pairs on stdin, prints the packages of libraries the loader does not know
    local known library package
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    while read -r library package; do
        [ -z "$library" ] || case "$known" in *"$library "*) ;; *) echo "$package" ;; esac
    done
}

missing_commands() { # the same for commands
    local name package
    while read -r name package; do
        [ -z "$name" ] || command -v "$name" >/dev/null || echo "$package"
    done
}

missing_packages() {
    missing_libraries <<<"$qt_libraries"
    [ "$profile" = base ] && return
    if [ "$profile" = test ]; then
        missing_commands <<<"$test_commands"
        [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || echo fonts-noto-cjk
    else
        missing_commands <<<"objdump binutils"
        # Debian's interpreter carries its library inside; a frozen program needs it as a file
        "$venv_python" - <<'PY'
import sys, sysconfig
from pathlib import Path
name = f"libpython{sys.version_info[0]}.{sys.version_info[1]}"
folders = [sysconfig.get_config_var("LIBDIR") or "", f"/usr/lib/{sysconfig.get_config_var('MULTIARCH') or ''}"]
if not any(list(Path(folder).glob(f"{name}.so*")) for folder in folders if folder):
    print(name)
PY
    fi
}

apt_install() { # returns 1 where this user may not install packages
    local -a as_root=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || return 1
        # without a terminal nobody can type a password
        [ -t 0 ] || sudo -n true 2>/dev/null || return 1
        as_root=(sudo)
    fi
    say "setup: installing system packages: $*"
    mkdir -p .work
    # hundreds of lines about packages would hide what the target itself says
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -qq >.work/apt.log 2>&1 ||
        say "setup: apt-get update failed, going on"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
        install -y -qq --no-install-recommends "$@" >>.work/apt.log 2>&1 && return
    say "setup: apt-get could not install them; the end of .work/apt.log:"
    tail -n 5 .work/apt.log >&2
    return 1
}

system_packages() {
    local stamp=.venv/.system-$profile
    local -a missing
    [ -e "$stamp" ] && return
    if [ "$(uname -s)" = Linux ]; then
        mapfile -t missing < <(missing_packages)
        if [ "${#missing[@]}" -gt 0 ] && ! apt_install "${missing[@]}"; then
            say "setup: these system packages are missing and could not be installed from here: ${missing[*]}"
            say "缺少系统组件，请管理员运行：sudo apt-get install ${missing[*]}"
            return
        fi
    fi
    touch "$stamp"
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

make_venv() {
    local python
    [ -x "$venv_python" ] && new_enough "$venv_python" && return
    python=$(find_python)
    if [ -z "$python" ] && apt_install python3 python3-venv; then
        python=$(find_python)
    fi
    [ -n "$python" ] || fail \
        "Python 3.11 or newer is needed and was not found; an administrator can run: apt-get install python3 python3-venv; or name one: make setup PYTHON=/path/to/python3" \
        "需要 Python 3.11 或更新的版本，请管理员运行：sudo apt-get install python3 python3-venv，或指定：make setup PYTHON=/路径/python3"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install python3-venv || fail \
            "$python cannot make virtual environments; ask an administrator to run: apt-get install python3-venv" \
            "Python 缺少 venv 组件，请管理员运行：sudo apt-get install python3-venv"
    fi
    rm -rf .venv
    "$python" -m venv .venv || fail "$python could not make .venv here" "无法在此处建立 .venv，请检查磁盘空间和写入权限"
}

install_packages() {
    local stamp=.venv/.installed state
    # the folder is part of the state: a moved checkout has a command that points nowhere
    state=$(pwd; cat requirements.lock pyproject.toml)
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && return
    say "setup: installing the locked packages into .venv (first time: some minutes)"
    "$venv_python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || fail \
        "the packages of requirements.lock could not be fetched; is there a network, or a proxy to set (HTTPS_PROXY)?" \
        "无法下载依赖包，请检查网络或代理设置（HTTPS_PROXY）后重试"
    "$venv_python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || fail \
        "the zhibao command could not be put into .venv" \
        "无法在 .venv 中安装 zhibao 命令"
    printf '%s\n' "$state" >"$stamp"
}

oldest_qt() { # beside the newest: a folder that goes in front of .venv's own packages
    local folder=.venv/oldest-qt lock=requirements-oldest-qt.lock
    [ "$profile" = test ] || return 0
    [ -e "$folder/.lock" ] && cmp -s "$lock" "$folder/.lock" && return
    "$venv_python" -c 'import sys; sys.exit(sys.version_info >= (3, 13))' || {
        say "setup: the oldest Qt has no packages for this Python; the window is tested under the newest alone"
        return 0
    }
    rm -rf "$folder"
    "$venv_python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
        --target "$folder" -r "$lock" || fail \
        "the packages of $lock could not be fetched; is there a network, or a proxy to set (HTTPS_PROXY)?" \
        "无法下载依赖包，请检查网络或代理设置（HTTPS_PROXY）后重试"
    cp "$lock" "$folder/.lock"
}

case $profile in
    base | test | freeze) ;;
    *) fail "unknown profile: $profile" "未知的参数：$profile" ;;
esac
make_venv
system_packages
install_packages
oldest_qt
