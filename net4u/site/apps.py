from django.apps import AppConfig
from django.core import checks

from net4u.celery import app as celery_app
from net4u.site.checks import complete_for_deployment, requests_are_not_atomic


class SiteConfig(AppConfig):
    name = "net4u.site"
    label = "site"
    verbose_name = "Site"

    def ready(self) -> None:
        celery_app.set_default()  # so that tasks of every package reach our broker, from web processes too
        checks.register(requests_are_not_atomic, checks.Tags.database)
        checks.register(complete_for_deployment, checks.Tags.security, deploy=True)
