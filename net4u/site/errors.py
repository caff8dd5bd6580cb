from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.views import defaults

from net4u.base.states import NotAllowed


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseNotFound:
    """The same for every address, to the letter: what may not be seen answers like what does not exist.

    So the switch of languages, which repeats the address on other pages, leads to the home page here.
    """
    request.has_no_page = True  # type: ignore[attr-defined]
    return defaults.page_not_found(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the sentence that says why, where it is ours; what a library puts into its exceptions is not repeated."""
    words = str(exception) if isinstance(exception, NotAllowed) else ""
    return render(request, "403.html", {"words": words}, status=403)
