from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from people.enums import SecretariatRole

if TYPE_CHECKING:
    from people.models import User


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def team(self) -> models.QuerySet[User]:
        """Whoever is of the secretariat."""
        return self.exclude(secretariat_role=SecretariatRole.NONE).order_by("name", "email")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account; without a password it can only be entered through the mailed reset link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class ConsentQuerySet(models.QuerySet["Any"]):
    def in_force(self) -> ConsentQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class OneTimeLinkQuerySet(models.QuerySet["Any"]):
    def alive(self, *, at: datetime) -> OneTimeLinkQuerySet:
        """Neither used nor too old."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)
