#!/usr/bin/env bash
# Renews requirements.lock from pyproject.toml: one file for every platform and Python from 3.11 on, with hashes
# and without the names of hosts, so that any mirror serves. Arguments go to uv: --upgrade, --upgrade-package X.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .work/uv/bin/uv ] || { python3 -m venv .work/uv && .work/uv/bin/pip install --quiet uv; }

compile() { # input, output, further arguments
    local input=$1 output=$2
    shift 2
    UV_SYSTEM_CERTS=1 .work/uv/bin/uv pip compile "$input" --output-file "$output" \
        --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}

compile pyproject.toml requirements.lock --group dev "$@"
# the oldest Qt that the window promises to run on, for the tests only
compile - requirements-oldest-qt.lock <<<"PySide6-Essentials==6.7.3"
