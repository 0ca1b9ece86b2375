#!/usr/bin/env bash
# Renews requirements.lock from pyproject.toml: one file for every platform and Python from 3.11 on, with hashes
# and without the names of hosts, so that any mirror serves. Arguments go to uv: --upgrade, --upgrade-package X.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .work/uv/bin/uv ] || { python3 -m venv .work/uv && .work/uv/bin/pip install --quiet uv; }
UV_SYSTEM_CERTS=1 .work/uv/bin/uv pip compile pyproject.toml --group dev --output-file requirements.lock \
    --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
