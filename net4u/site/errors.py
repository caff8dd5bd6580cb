from django.http import HttpRequest, HttpResponseNotFound
from django.views import defaults


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseNotFound:
    """The same for every address, to the letter: what may not be seen answers like what does not exist.

    So the switch of languages, which repeats the address on other pages, leads to the home page here.
    """
    request.has_no_page = True  # type: ignore[attr-defined]
    return defaults.page_not_found(request, exception)
