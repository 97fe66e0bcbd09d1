"""Draw the icons of the installed app from the favicon, in Debian's Chromium (python -m scripts.draw_icons)."""

from playwright.sync_api import sync_playwright

from scripts.places import ROOT

_SOURCE = ROOT / "static" / "relais" / "favicon.svg"
_FOLDER = ROOT / "static" / "relais" / "icons"
# name, pixels, and how much of it the mark fills: a mask may cut away the outer tenth on each side.
_ICONS = (("app-192.png", 192, 1.0), ("app-512.png", 512, 1.0), ("app-maskable-512.png", 512, 0.72))
_GROUND = "#0b3b46"


def main() -> None:
    """Write every icon."""
    _FOLDER.mkdir(exist_ok=True)
    drawing = _SOURCE.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, pixels, fill in _ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            ground = _GROUND if fill < 1 else "transparent"
            style = f"margin:0;display:grid;place-items:center;block-size:100vh;background:{ground}"
            svg = drawing.replace("<svg ", f'<svg style="inline-size:{fill:.0%};block-size:{fill:.0%}" ', 1)
            page.set_content(f'<body style="{style}">{svg}</body>')
            page.screenshot(path=_FOLDER / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
