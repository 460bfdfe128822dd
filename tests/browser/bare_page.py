"""A bare Leaflet page with one marker, and how long pages take to be used, in turns with it."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from mapgen.rendering.assets import leaflet_script, leaflet_style

BARE = f"""<!doctype html><meta charset="utf-8"><style>{leaflet_style()}</style><style>#map{{height:600px}}</style>
<div id="map"></div><script>{leaflet_script()}</script><script>
L.marker([35, 38], {{icon: L.divIcon()}}).addTo(L.map('map').setView([35, 38], 6));</script>"""

USED = """new MutationObserver((_, observer) => {
  if (!document.querySelector(%r)) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => console.debug('usable', performance.now()), 0));
}).observe(document, { attributes: true, childList: true, subtree: true });"""


def usable(browser: Any, file: Path, sign: str) -> float:
    """Milliseconds from the navigation until the frame is done that shows an element.

    The page tells it on its console: asking it in the meantime would run a script of the driver's in the middle.

    Args:
        browser: that opens it.
        file: the page.
        sign: a selector of the element.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.add_init_script(USED % sign)
    with page.expect_console_message(lambda message: message.text.startswith("usable")) as told:
        page.goto(file.as_uri(), wait_until="commit")
    took = float(told.value.text.split()[1])
    context.close()
    return took


def times_bare(browser: Any, folder: Path, html: str, sign: str, rounds: int = 9) -> float:
    """The page's time until it shows an element, in times of a bare Leaflet page's; in turns, the middle of each."""
    files = {folder / "bare.html": (BARE, ".leaflet-marker-icon"), folder / "full.html": (html, sign)}
    for file, (content, _) in files.items():
        file.write_text(content, encoding="utf-8", newline="")
    taken: dict[Path, list[float]] = {file: [] for file in files}
    for _ in range(rounds):
        for file, (_, own) in files.items():
            taken[file].append(usable(browser, file, own))
    bare, full = (statistics.median(each) for each in taken.values())
    return full / bare
