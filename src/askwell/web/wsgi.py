"""The WSGI application, for ``askwell serve`` and for any server of a school."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
application = get_wsgi_application()
