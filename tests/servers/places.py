"""Free ports, temporary folders, and waiting for a server to answer."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below the ports that Linux gives to outgoing connections, so that none of those takes one meanwhile.
PORTS = range(12_000, 31_000)
PR_SET_PDEATHSIG = 1  # of Linux
_libc = ctypes.CDLL(None)


class CannotStart(Exception):
    """A server did not answer in time; what it logged is in the message."""


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise CannotStart("no free port")


def open_folder() -> Path:
    """Make a temporary folder that the servers' own users may pass through; its name is short, for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="askwell-"))
    folder.chmod(0o755)
    return folder


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def wait_for(port: int, *, log: Path, seconds: float = 30) -> None:
    """Wait until somebody accepts connections at ``port``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    said = log.read_text(errors="replace")[-3000:] if log.exists() else "(no log)"
    raise CannotStart(f"nobody answers at port {port}: {said}")


def start(command: list[str | Path], *, log: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a server that ends when this process does, also where it is killed."""
    with (log or Path(os.devnull)).open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call of the kernel, which takes no lock
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server as its own administrator would."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def missing(*commands: str) -> str:
    """Say why servers cannot be started here, or nothing."""
    absent = [name for name in commands if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    return "" if os.geteuid() == 0 else f"only root can start {', '.join(commands)}"
