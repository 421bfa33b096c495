# Sourced by ./run and ./check: the installer into .tools/, then `venv NAME FILE` makes .NAME from a hashed file.
# Needs python3 with pip; no root, no compiler, no venv module.

askwell_python=${ASKWELL_PYTHON:-python3}
export UV_SYSTEM_CERTS=1  # trust whom the machine trusts: schools and firms have roots of their own

say() { printf '%s\n' "$*" >&2; }

"$askwell_python" - <<'PY' || { say "Askwell needs Python 3.11 or newer (python3 says otherwise)."; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY

if [ ! -x .tools/bin/uv ]; then
    say "Setting up (once)..."
    "$askwell_python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --target .tools --upgrade --require-hashes -r requirements/uv.txt
fi

# Installs FILE into the environment NAME unless exactly this FILE is there already.
venv() {
    local dir=".$1" file=$2 stamp
    stamp="$(cksum <"$file") $(pwd)"
    [ -f "$dir/stamp" ] && [ "$(cat "$dir/stamp")" = "$stamp" ] && return 0
    say "Installing $(basename "$file" .txt)..."
    [ -x "$dir/bin/python" ] || .tools/bin/uv venv --quiet --python "$askwell_python" --allow-existing "$dir"
    .tools/bin/uv pip sync --quiet --python "$dir/bin/python" --require-hashes "$file"
    if [ "${3:-}" = editable ]; then
        .tools/bin/uv pip install --quiet --python "$dir/bin/python" --no-deps --no-build-isolation -e .
    fi
    printf '%s' "$stamp" >"$dir/stamp"
}
