import logging

import pytest

from net4u.logs import HideTokens


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/link/abc123/", "/link/…/"),
        ("/link/abc123?next=/desk/", "/link/…?next=/desk/"),
        ("/accounts/confirm-email/MQ:1abc:xyz/", "/accounts/confirm-email/…/"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/…/"),
        ("/commitments/C-2025-0042/", "/commitments/C-2025-0042/"),
    ],
)
def test_one_time_links_never_reach_a_log(path: str, shown: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)

    assert HideTokens().filter(record) is True
    assert record.getMessage() == f"Not Found: {shown}"
