"""The WSGI application, for ``askwell serve`` and for any server of a school."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askwell.web.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # loads every page now, and not while the first is waited for
# What is loaded stays: the search for cycles need not walk through it again, in the middle of a page.
gc.freeze()
