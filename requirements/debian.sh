# Sourced by ./check: `debian COMMAND PACKAGE...` succeeds where the command is there, or root can install it.
# Servers that come with a package are not started: the tests start their own.

there() { PATH=$PATH:/usr/sbin command -v "$1" >/dev/null; }

debian() {
    local wanted=$1
    shift
    there "$wanted" && return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing $1 (once)..."
    apt_install "$@" >&2 </dev/null || return 1
    there "$wanted"
}

apt_install() (
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
    apt-get update && apt-get install -y --no-install-recommends "$@"
)
