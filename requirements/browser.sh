# Sourced by ./check: `browser` succeeds where Debian's chromium is there, or root can install it.

browser() {
    command -v chromium >/dev/null && return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing chromium (once)..."
    {
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            chromium fonts-noto-core fonts-noto-cjk
    } >&2 </dev/null || return 1
    command -v chromium >/dev/null
}
