import os

from celery import Celery

from net4u.environment import one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "net4u.settings")

app = Celery("net4u")
with one_sentence():
    app.config_from_object("django.conf:settings", namespace="CELERY", force=True)
app.autodiscover_tasks()
