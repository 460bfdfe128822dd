"""The page in the other engine: Debian's Firefox takes a picture of it, without a network."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import page_samples as samples
import pytest

from mapgen.rendering import render

FIREFOX = os.environ.get("MAPGEN_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(FIREFOX is None, reason="needs Firefox (apt-get install firefox-esr; MAPGEN_FIREFOX names one)"),
    pytest.mark.skipif("MAPGEN_SHARED" not in os.environ, reason="MAPGEN_SHARED is unset: no dispatch to read"),
]

COLOURS = """async (picture) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  const ink = canvas.getContext('2d');
  ink.drawImage(image, 0, 0);
  const { data } = ink.getImageData(0, 0, image.width, image.height);
  const counts = {};
  for (let at = 0; at < data.length; at += 4) {
    const colour = '#' + [0, 1, 2].map((part) => data[at + part].toString(16).padStart(2, '0')).join('');
    counts[colour] = (counts[colour] || 0) + 1;
  }
  return counts;
}"""


def picture(address: str, file: Path, tmp_path: Path) -> bytes:
    """Take a picture of a page, in a profile of its own."""
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(
        'user_pref("network.proxy.type", 1);\nuser_pref("network.proxy.http", "127.0.0.1");\n'
        'user_pref("network.proxy.http_port", 9);\nuser_pref("network.proxy.ssl", "127.0.0.1");\n'
        'user_pref("network.proxy.ssl_port", 9);\nuser_pref("ui.systemUsesDarkTheme", 0);\n',
        encoding="utf-8",
    )
    command = [str(FIREFOX), "--headless", "--no-remote", "--profile", str(profile), "--window-size=1280,800"]
    subprocess.run(
        [*command, "--screenshot", str(file), address],
        env=os.environ | {"HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return file.read_bytes()


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The dispatch's page, as a file or from a server of this machine."""
    html = render(samples.dispatch())
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8", newline="")
    if request.param == "file":
        yield file.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()


@pytest.mark.parametrize("address", ["file", "http"], indirect=True)
def test_firefox_shows_map_text_and_markers(address: str, browser: Any, tmp_path: Path) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    taken = picture(address, ARTIFACTS / f"firefox-{address.split(':')[0]}.png", tmp_path)
    page = browser.new_page()
    counts = page.evaluate(COLOURS, base64.b64encode(taken).decode("ascii"))
    page.close()
    # Colours of base.css: what they are on is drawn by a script, so neither style nor script was refused.
    assert counts.get("#fbf9f4", 0) > 100_000, "no paper: the style was refused"
    assert counts.get("#d9e4ea", 0) > 20_000 and counts.get("#f7f4ed", 0) > 100_000, "no sea or no land: no basemap"
    for kind, colour in {"region": "#6e4d9a", "city": "#0a638d", "facility": "#9a4316", "country": "#4d4d4d"}.items():
        assert counts.get(colour, 0) > 150, f"no markers or names of the kind {kind}"
    assert counts.get("#23211d", 0) > 1000, "no text"
