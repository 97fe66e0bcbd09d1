"""Our own ES modules in Chromium without a server: what is asked of one address comes from the static files."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from playwright.sync_api import BrowserContext, Page, Route

# A secure context, and nobody listens there: only what is routed answers.
ADDRESS = "http://127.0.0.1:9"
_BLANK = "<!doctype html><html lang=en><title>Modules</title><link rel=icon href=data:,></html>"


def open_modules(context: BrowserContext, pages: Mapping[str, str] | None = None, at: str = "/") -> Page:
    """Return a page at an address of ours: {path: html} for pages, our files for /static/, else a blank page."""
    answers = dict(pages or {})

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0].partition("#")[0]
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if file:
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            route.fulfill(body=Path(file).read_bytes(), content_type=kind)
        elif path.startswith("/static/"):
            route.fulfill(status=404, body="")
        else:
            route.fulfill(body=answers.get(path, answers.get("*", _BLANK)), content_type="text/html; charset=utf-8")

    context.route(f"{ADDRESS}/**", answer)
    page = context.new_page()
    page.goto(f"{ADDRESS}{at}")
    return page


def run_module(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Return what a function body makes of `module` (a file under static/relais/js) and of `given`."""
    script = f"async ({{path, given}}) => {{ const module = await import(path); {body} }}"
    return page.evaluate(script, {"path": f"/static/relais/js/{module}", "given": argument})
