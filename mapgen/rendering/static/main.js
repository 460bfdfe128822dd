// Starts the parts of the page; each needs those before it.

import { startCard } from "./card.js";
import { restore } from "./correct.js";
import { startCorrections } from "./corrections.js";
import { body, html, listen } from "./dom.js";
import { startFollow } from "./follow.js";
import { readView, startFragment } from "./fragment.js";
import { startKeys } from "./keys.js";
import { startLabels } from "./labels.js";
import { startLegend } from "./legend.js";
import { startList } from "./list.js";
import { startMarkers } from "./markers.js";
import { startNotice } from "./notice.js";
import { startOutlines } from "./outlines.js";
import { startPanes } from "./panes.js";
import { startPlacer } from "./placing.js";
import { startPointing } from "./pointing.js";
import { startPrint } from "./print.js";
import { startReview } from "./review.js";
import { startSave } from "./save.js";
import { startShare } from "./share.js";
import { frames, startGround, map } from "./stage.js";
import { startText } from "./text.js";
import { startTiles } from "./tiles.js";
import { startTools } from "./tools.js";
import { startMap } from "./views.js";

startMap();
readView();
startMarkers();

/** Let the browser draw and answer the reader between two steps; without frames there is nothing to let through. */
const pause = () => frames && new Promise((resolve) => setTimeout(resolve));

async function second() {
  body.classList.remove("late");
  startLegend();
  restore();
  startPanes();
  startCard();
  startText();
  startList();
  startSave();
  startNotice();
  startTiles();
  startTools();
  startPlacer();
  startCorrections();
  startPrint();
  startPointing();
  startReview();
  startKeys();
  startFollow();
  startFragment();
  startShare();
  await pause();
  startOutlines();
  await pause();
  await startGround();
  await pause();
  startLabels();
  html.dataset.ready = "true";
}

/** Run the second part when the whole page is parsed. */
function whole() {
  if (document.readyState === "loading") listen(document, "DOMContentLoaded", second);
  else second();
}
if (frames) requestAnimationFrame(() => requestAnimationFrame(whole));
else whole();

// Layers that were added in Python use this name of the map.

Object.assign(window, { map_mapgen: map });
