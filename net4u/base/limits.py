"""How often somebody may do a thing in a day, counted in the database by one upsert and under no name.

The key is a keyed hash of who asks together with the day: it names nobody, tells nothing of yesterday, and is
dropped when the day is over. Counting and asking are one statement, so that parallel requests cannot slip through.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.db import connection
from django.utils.crypto import salted_hmac

from net4u.base.forgetting import forgets
from net4u.base.models import Tally

DAY = timedelta(days=1)


def allows(what: str, who: str, *, most: int, now: datetime) -> bool:
    """Count this time; whether it is still one of the ``most`` that are allowed in a day."""
    key = salted_hmac("net4u.base.limits", f"{what}:{now:%Y-%m-%d}:{network_of(who)}", algorithm="sha256").hexdigest()
    table = connection.ops.quote_name(Tally._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, number, until) VALUES (%s, 1, %s)"  # noqa: S608 -- the table's own name
            f" ON CONFLICT (key) DO UPDATE SET number = {table}.number + 1 RETURNING number",
            [key, connection.ops.adapt_datetimefield_value(now + DAY)],
        )
        return int(cursor.fetchone()[0]) <= most


def network_of(address: str) -> str:
    """Of an IPv6 address the half that names the line: each has more addresses than can be counted."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(ip) >> 64 << 64)) if isinstance(ip, IPv6Address) else str(ip)


@forgets
def forget(now: datetime) -> None:
    """Drop what is over; nothing is written when there is nothing, since on SQLite one writer is all there is."""
    over = Tally.objects.filter(until__lte=now)
    if over.exists():
        over.delete()
