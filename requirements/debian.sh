# Sourced by ./check: `debian COMMAND PACKAGE...` succeeds where the command is there, or root can install it.

debian() {
    local wanted=$1
    shift
    command -v "$wanted" >/dev/null && return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing $1 (once)..."
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
        >&2 </dev/null || return 1
    command -v "$wanted" >/dev/null
}
