#!/usr/bin/env bash
# Makes or refreshes python_client/.venv with the client and prints the path of its Python.
#   venv.sh EXTRAS     for example: venv.sh rllib,plot,dev
# Takes the Python named by PYTHON, else the first python3 on the path that is new enough. Plain pip: mirrors and
# offline folders come from pip's ordinary settings.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
extras=$1
venv=$here/.venv

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed. Install it, or name it: PYTHON=/path/to/python3.11 $0" >&2
    return 1
}

# The stubs are generated when the package is installed, so a changed contract means installing again.
wanted="$extras $(cat "$here/pyproject.toml" "$here"/*.py "$here"/../protos/heron/v1/*.proto 2>/dev/null | cksum)"
if [ ! -x "$venv/bin/python" ] || [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    python=$(find_python)
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    echo "Installing the Python client into $venv (the first time this downloads RLlib and PyTorch) ..." >&2
    "$venv/bin/python" -m pip install --quiet --editable "$here[$extras]" >&2
    echo "$wanted" >"$venv/installed"
fi
echo "$venv/bin/python"
