"""Every address of the portal, read from the resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """``name`` with its name spaces; ``shape`` is the path with arguments in braces, without the language."""

    name: str
    shape: str
    arguments: frozenset[str]
    in_languages: bool = False

    def path(self, given: Mapping[str, Any]) -> str:
        return "/" + self.shape.format(**{name: given[name] for name in self.arguments})


def routes() -> list[Route]:
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, spaces: str, in_languages: bool = False) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if isinstance(each.pattern, LocalePrefixPattern):
            yield from _walk(each, prefix, spaces, in_languages=True)
            continue
        shape = prefix + _shape(each)
        if isinstance(each, URLResolver):
            yield from _walk(each, shape, f"{spaces}{each.namespace}:" if each.namespace else spaces, in_languages)
        else:
            yield replace(_route(each, shape, spaces), in_languages=in_languages)


def _route(pattern: URLPattern, shape: str, spaces: str) -> Route:
    arguments = frozenset(re.findall(r"{(\w+)}", shape))
    return Route(f"{spaces}{pattern.name or ''}", shape, arguments)


def _shape(each: URLPattern | URLResolver) -> str:
    """Routes and the plain regular expressions that libraries use, without their anchors."""
    text = str(each.pattern)
    if isinstance(each.pattern, RoutePattern):
        return ARGUMENT.sub(r"{\1}", text)
    text = GROUP.sub(r"{\1}", text)
    text = text.removeprefix("^").removesuffix("$").replace("(?:.*/)?", "")
    return text.replace("\\", "")
