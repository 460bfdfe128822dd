// Starts the parts of the page of an archive; each needs those before it.

import { act } from "../actions.js";
import { find, tell } from "../dom.js";
import { startBrush } from "./brush.js";
import { loadCounts, words } from "./data.js";
import { startDecisions } from "./decisions.js";
import { startFiles } from "./files.js";
import { startFragment } from "./fragment.js";
import { startList } from "./list.js";
import { startMap } from "./map.js";
import { startSentences } from "./sentences.js";
import { startCounts } from "./state.js";
import { startTexts } from "./texts.js";

async function start() {
  if (typeof DecompressionStream === "undefined") {
    tell(find(".found"), words.too_old);
    return;
  }
  await loadCounts();
  startCounts();
  startMap();
  startBrush();
  startList();
  startTexts();
  startSentences();
  startDecisions();
  startFiles();
  startFragment();
  document.addEventListener("click", act);
  document.documentElement.dataset.ready = "true";
}

start();
