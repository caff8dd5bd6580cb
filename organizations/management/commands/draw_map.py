from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from organizations.shapes import drawing


class Command(BaseCommand):
    help = "Write the outlines of Europe's countries into static/img/europe.svg, after a change of the data."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "static" / "img" / "europe.svg"
        path.write_text(drawing(), encoding="utf-8")
        self.stdout.write(f"{path} is written.")
