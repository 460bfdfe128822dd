// Starts the page, each part in the order in which the next needs it.

import { startCard } from "./card.js";
import { restore } from "./correct.js";
import { startCorrections } from "./corrections.js";
import { readView, startFragment } from "./fragment.js";
import { startLabels } from "./labels.js";
import { startLegend } from "./legend.js";
import { startList } from "./list.js";
import { startMarkers } from "./markers.js";
import { startOutlines } from "./outlines.js";
import { startPanes } from "./panes.js";
import { startPlacer } from "./placing.js";
import { startPointing } from "./pointing.js";
import { startPrint } from "./print.js";
import { startSave } from "./save.js";
import { map, startGround, startMap } from "./stage.js";
import { startText } from "./text.js";
import { startTiles } from "./tiles.js";
import { startTools } from "./tools.js";

// The first frame has the map with its markers; what has to be laid out around it comes with the second, and with it all that
// a reader does not miss in the first. So where the browser waits for us with its first frame: where not, the text has
// been seen already. A page in a hidden tab gets no frames, so there is none to wait for.
const frames = !document.hidden && "blocking" in HTMLLinkElement.prototype;
document.body.classList.toggle("late", frames);
startMap();
readView();
startMarkers();

function second() {
  document.body.classList.remove("late");
  startLegend();
  restore();
  startPanes();
  startCard();
  startText();
  startGround();
  startOutlines();
  startLabels();
  startList();
  startSave();
  startTiles();
  startTools();
  startPlacer();
  startCorrections();
  startPrint();
  startPointing();
  startFragment();
  document.documentElement.dataset.ready = "true";
}

/** When the whole page has been read. */
function whole() {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", second);
  else second();
}
if (frames) requestAnimationFrame(() => requestAnimationFrame(whole));
else whole();

// Layers that were added to the map in Python find it under this name.
Object.assign(window, { map_mapgen: map });
