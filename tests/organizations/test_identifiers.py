from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from organizations.identifiers import cleaned


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("IT-CF", "80078410588", "80078410588"),
        ("FR-RCS", "552 008 443", "552008443"),
        ("BE-BCE_KBO", "BE 0428.759.497", "0428759497"),
        ("XI-LEI", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("EU-TR", " 123456789012-34 ", "123456789012-34"),
        ("XI-ROR", "https://ror.org/012abcd34", "https://ror.org/012abcd34"),
        ("other", "Book  7, page 12", "Book 7, page 12"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(scheme: str, typed: str, kept: str) -> None:
    assert cleaned(scheme, typed) == kept


@pytest.mark.parametrize(
    ("scheme", "typed", "words"),
    [
        ("IT-CF", "80078410589", "typing mistake"),
        ("IT-CF", "8007841058", "too long or too short"),
        ("IT-CF", "8007841058x", "not a number of this register"),
        ("FR-RCS", "552008444", "typing mistake"),
        ("EU-TR", "48120937716-05", "twelve digits"),
        ("NL-KVK", "1234567", "eight digits"),
        ("XI-ROR", "ror.org/012abcd34", "whole address"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(scheme: str, typed: str, words: str) -> None:
    with pytest.raises(ValidationError) as told:
        cleaned(scheme, typed)
    assert words in told.value.messages[0]
