"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.prod")
os.environ.setdefault("XINGFULI_PROCESS", "web")  # the settings bound its statements
application = get_wsgi_application()
