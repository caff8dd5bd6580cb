"""Addresses as they leave the house: from SITE_URL, never from what a request calls this host."""

from django.conf import settings


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
