// On paper: the map, then every place with its passages.

import { passages, quote } from "./card.js";
import { places, words } from "./data.js";
import { find, make } from "./dom.js";
import { coordinates, kindName, percent, whereabouts } from "./format.js";
import { map } from "./stage.js";
import { isShown, visibleMentions } from "./store.js";

function fillPaper() {
  const items = places.filter(isShown).map((place) =>
    make(
      "section",
      {},
      make("h3", {}, make("bdi", {}, place.name)),
      make("p", {}, [kindName(place.kind), whereabouts(place), coordinates(...place.at), place.decided ? words.decided : percent(place.p)].filter(Boolean).join(" · ")),
      ...passages(visibleMentions(place)).map(({ span, inside }) => {
        const line = make("blockquote", {});
        line.append(quote(span, inside, null));
        return line;
      }),
    ),
  );
  find("#print").replaceChildren(make("h2", {}, words.print_places), ...items);
}

export function startPrint() {
  window.addEventListener("beforeprint", () => {
    fillPaper();
    map.invalidateSize({ animate: false });
  });
  window.addEventListener("afterprint", () => find("#print").replaceChildren());
}
