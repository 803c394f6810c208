"""Make the README's pictures of the built site: `make screenshots`."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SHOTS = (
    ("home", "", 1280, 800, "light"),
    ("timeline", "timeline/", 1280, 860, "light"),
    ("places", "places/", 1280, 860, "light"),
    ("event", "events/2026-02-11-dar-araghchi-call/", 900, 1000, "light"),
    ("phone", "chronology/2026/#m02", 390, 844, "dark"),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    """Take each picture from site/ into docs/images/."""
    handler = functools.partial(_Quiet, directory=str(ROOT / "site"))
    target = ROOT / "docs/images"
    target.mkdir(exist_ok=True)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as tools:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = tools.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, width, height, scheme in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.wait_for_timeout(500)
            page.screenshot(path=target / f"{name}.png")
        browser.close()
        server.shutdown()


main()
