"""What the page for devices needs to be shown without a network: read from the page, no list kept by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import translation

from sync.packs.content import digest

_IN_PAGE = re.compile(r"""\s(?:src|href|data-[\w-]+)=["']([^"']+)["']""")
# `import … from "./x.js"`, `export … from "./x.js"`, `import "./x.js"` and `import("./x.js")`, but no type of JSDoc.
_IN_MODULE = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+)["'](?!\)\.[A-Z])""")
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(frozen=True, slots=True)
class Assets:
    """The page for devices and the one that checks certificates, by language; what each loads; a name for this state.

    Whoever learns keeps the first, and `files`. The second, and what it loads beyond those, is kept by
    whoever opened it: nobody's slow line carries what nobody there asked for.
    """

    shells: dict[str, str]
    verifiers: dict[str, str]
    # Where the button that leaves a page leads: it must be there at once, with a network or without.
    refuges: dict[str, str]
    files: tuple[str, ...]
    verifier_files: tuple[str, ...]
    version: str


@cache
def shell_assets() -> Assets:
    """Return what a device keeps. Pages and static files change with a release only: found once a process."""
    shells, verifiers = _addresses("sync:shell"), _addresses("certificates:verify")
    refuges = _addresses("courses:measures")
    found: dict[str, bytes] = {}
    pages = [_add(address, found) for address in (*shells.values(), *refuges.values())]
    files = tuple(sorted(found))
    pages += [_add(address, found) for address in verifiers.values()]
    parts = [*pages, *(f"{address} {digest(data)}" for address, data in sorted(found.items()))]
    more = tuple(sorted(set(found) - set(files)))
    return Assets(shells, verifiers, refuges, files, more, digest("\n".join(parts).encode())[:16])


def _addresses(name: str) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = reverse(name)
    return found


def _add(address: str, found: dict[str, bytes]) -> str:
    """Return a page, and add what it loads."""
    with translation.override(translation.get_language_from_path(address)):
        page = _render(address)
    for each in _static(_IN_PAGE.findall(page), "/"):
        _follow(each, found)
    return page


def _render(address: str) -> str:
    """Return the page as somebody gets it who is not signed in."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.user = AnonymousUser()
    request.resolver_match = found = resolve(address)
    response = found.func(request, *found.args, **found.kwargs)
    if hasattr(response, "render"):
        response.render()
    page: str = response.content.decode()
    return page


def _follow(address: str, found: dict[str, bytes]) -> None:
    """Add a static file and all that it loads."""
    if address in found:
        return
    found[address] = data = _read(address)
    named: list[str] = []
    if address.endswith(".js"):
        named = _IN_MODULE.findall(data.decode())
    elif address.endswith(".css"):
        named = _IN_STYLE.findall(data.decode())
    for each in _static(named, address):
        _follow(each, found)


def _static(addresses: list[str], base: str) -> Iterator[str]:
    """Yield those that are static files of ours, as whole paths."""
    for address in addresses:
        path = urldefrag(urljoin(base, address)).url
        if path.startswith(settings.STATIC_URL):
            yield path


def _read(address: str) -> bytes:
    """Return a static file by its address, collected and hashed or as it stands in the sources."""
    name = address.removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            data: bytes = file.read()
        return data
    path = finders.find(name)
    if path is None:
        msg = f"the page for devices names {address}, and there is no such static file"
        raise FileNotFoundError(msg)
    return Path(path).read_bytes()
