"""Keeps one-time links out of the logs: who reads a log must not be able to use them."""

import logging
import re

SECRET_PART = re.compile(r"(/link/|/confirm-email/|/reset/key/)[^/\s?]+")


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRET_PART.sub(r"\1…", record.getMessage()), ()
        return True
