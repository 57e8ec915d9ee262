"""How gunicorn serves the portal: `gunicorn -c python:portal.serving portal.wsgi:application`.

Threads, since one slow request must not stop the others of its process.  gunicorn does not end a
single thread: a request's own limit is `REQUEST_SECONDS` (portal/tools/frontdoor/time_limit.py),
well below `timeout`, after which a process that no longer answers is replaced.
"""

import os

wsgi_app = "portal.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(4, 2 * (os.cpu_count() or 1)))
threads = 4
timeout = 30  # seconds
graceful_timeout = 30
preload_app = True
control_socket_disable = True
loglevel = "warning"
