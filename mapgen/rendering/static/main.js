// Starts the page, each part in the order in which the next needs it.

import { startCard } from "./card.js";
import { startEdge } from "./edge.js";
import { startFragment } from "./fragment.js";
import { label, startLabels } from "./labels.js";
import { startLegend } from "./legend.js";
import { startList } from "./list.js";
import { startMarkers } from "./markers.js";
import { startOutlines } from "./outlines.js";
import { startPanes } from "./panes.js";
import { startPrint } from "./print.js";
import { map, showScene, startMap } from "./stage.js";
import { startText } from "./text.js";

startPanes();
startText();
startLegend();
startMap();
showScene(false);
startMarkers();
startOutlines();
startCard();
startList();
if (!startFragment()) showScene(false);
startLabels();
startEdge();
startPrint();
label();
document.documentElement.dataset.ready = "true";

// Layers that were added to the map in Python find it under this name.
Object.assign(window, { map_mapgen: map });
