"""gunicorn: one process of some threads. RELAIS_THREADS changes the number."""

import os
from pathlib import Path

wsgi_app = "elearning.wsgi:application"
worker_class = "gthread"
# One process of four threads serves a class from one laptop; SQLite has one writer anyway. Not more
# than one: tries and used codes of the second factor are counted in the cache, which is this process's own.
workers = 1
threads = int(os.environ.get("RELAIS_THREADS", "4"))
# Load once, then fork: less memory, and an error in the settings stops the start instead of every worker.
preload_app = True
keepalive = 5
timeout = 60
graceful_timeout = 20
# A worker is replaced now and then, at different times, so that a leak in a third-party part stays small.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file on a disk that is busy writing would look like a worker that hangs.
if Path("/dev/shm").is_dir():  # noqa: S108  # memory, not a temporary file of ours
    worker_tmp_dir = "/dev/shm"  # noqa: S108
# No second door to the server, and no file outside the project's folder.
control_socket_disable = True
errorlog = "-"
loglevel = os.environ.get("RELAIS_GUNICORN_LOG_LEVEL", "warning")
