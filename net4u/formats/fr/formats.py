"""Django's French formats, but thousands apart as French typography has them: a thin space that does not break."""

THOUSAND_SEPARATOR = "\N{NARROW NO-BREAK SPACE}"
