"""How gunicorn serves the site: ``gunicorn --config python:iqquadrat.gunicorn iqquadrat.wsgi``."""

import os

bind = f"{os.environ.get('IQ_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("IQ_WORKERS", "2"))
worker_class = "sync"
# A long report on paper takes seconds; who takes longer is stuck.
timeout = 90
graceful_timeout = 30
# Workers are renewed now and then, at different times, so that nothing that grows slowly matters.
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - memory, so that a busy disk kills no worker
# Paths can carry names: what happened is in the access log of the database, not here.
accesslog = None
errorlog = "-"
logger_class = "iqquadrat.server_log.ServerLog"
loglevel = "warning"
control_socket_disable = True
