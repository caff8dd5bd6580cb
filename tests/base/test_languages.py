import pytest

from net4u.base.languages import in_language, language_for, language_of, preferred
from people.models import User


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"), ("/about/", "en"), ("/fr/", "fr"), ("/it/about/", "it"), ("/fr", "fr"), ("/free/", "en"),
        ("/de/", "en"),
    ],
)  # fmt: skip
def test_the_prefix_is_the_language(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("address", "french", "english"),
    [
        ("/", "/fr/", "/"),
        ("/it/workshops/?q=a%20b&page=2", "/fr/workshops/?q=a%20b&page=2", "/workshops/?q=a%20b&page=2"),
        ("/fr/organizations/", "/fr/organizations/", "/organizations/"),
        ("/france/", "/fr/france/", "/france/"),
        ("/fr//example.org/", "/fr//example.org/", "/%2Fexample.org/"),
        ("https://net4u.example.org/it/x/", "https://net4u.example.org/fr/x/", "https://net4u.example.org/x/"),
    ],
)
def test_the_same_address_in_another_language(address: str, french: str, english: str) -> None:
    assert (in_language(address, "fr"), in_language(address, "en")) == (french, english)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None), ("de", None), ("fr", "fr"), ("de, it;q=0.5, fr;q=0.8", "fr"), ("it-CH, en", "it"),
        ("*", None), ("nonsense!!", None), ("en-GB,en;q=0.9,fr;q=0.8", "en"),
    ],
)  # fmt: skip
def test_the_browser_names_the_languages_it_likes(header: str, language: str | None) -> None:
    assert preferred(header) == language


def test_a_person_gets_mail_in_a_language_we_have() -> None:
    assert [language_for(User(language=code)) for code in ("fr", "en", "de", "")] == ["fr", "en", "en", "en"]
