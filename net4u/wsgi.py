import os

from django.core.wsgi import get_wsgi_application

from net4u.environment import one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "net4u.settings")

with one_sentence():
    application = get_wsgi_application()
