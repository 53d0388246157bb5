"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
# What is loaded by now stays for good: looking through it for waste costs each page a few milliseconds.
gc.collect()
gc.freeze()
