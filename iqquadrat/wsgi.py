"""The entrance for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from iqquadrat.core.embedded import ensure_running

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")
ensure_running()
application = get_wsgi_application()
