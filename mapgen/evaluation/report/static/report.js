// The map of the errors: a line from where a name was placed to where it truly lies. Reads the page's data; asks nothing
// of any network.

const data = JSON.parse(document.getElementById("data").textContent);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const byId = (id) => document.getElementById(id);

const map = L.map("map", { preferCanvas: true, worldCopyJump: true, minZoom: 1, maxZoom: 12, attributionControl: false });
map.setView([25, 10], 2);

/** Draws coasts and borders; latitude first, as Leaflet has it. */
function drawWorld() {
  const points = (lines) =>
    lines.map((line) => {
      const pairs = [];
      let [x, y] = [0, 0];
      for (let at = 0; at < line.length; at += 2) {
        x += line[at];
        y += line[at + 1];
        pairs.push([y / data.steps, x / data.steps]);
      }
      return pairs;
    });
  const land = { stroke: true, color: colour("--coast"), weight: 0.6, fillColor: colour("--land"), fillOpacity: 1 };
  for (const ring of points(data.land)) L.polygon(ring, { ...land, interactive: false }).addTo(map);
  const border = { color: colour("--coast"), weight: 0.7, dashArray: "3 3", interactive: false };
  L.polyline(points(data.borders), border).addTo(map);
}

drawWorld();

const good = colour("--good");
const bad = colour("--bad");
const radius = (error) => 3 + 2 * Math.log2(error.count);
const layer = L.layerGroup().addTo(map);
const chosen = L.layerGroup().addTo(map);
let shown = data.errors;
let current = -1;

/** An element with text and children. */
function make(tag, text = "", ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function drawAll() {
  layer.clearLayers();
  for (const error of shown) {
    const options = { radius: radius(error), color: bad, weight: 1, fillColor: bad, fillOpacity: 0.35 };
    const dot = L.circleMarker([error.truth.lat, error.truth.lon], options);
    dot.on("click", () => choose(shown.indexOf(error)));
    dot.bindTooltip(document.createTextNode(`${error.name} ×${error.count}`));
    layer.addLayer(dot);
  }
}

function list() {
  const items = shown.map((error, index) => {
    const button = make("button", "", make("b", error.name), make("span", distance(error)));
    button.type = "button";
    button.addEventListener("click", () => choose(index));
    return make("li", "", button);
  });
  byId("errors").replaceChildren(...items);
  byId("position").textContent = `${shown.length} errors`;
}

function distance(error) {
  const times = error.count > 1 ? `×${error.count} ` : "";
  return times + (error.km === null ? "no place" : `${Math.round(error.km).toLocaleString("en")} km`);
}

function choose(index) {
  if (!shown.length) return;
  current = (index + shown.length) % shown.length;
  const error = shown[current];
  byId("position").textContent = `${current + 1} of ${shown.length}`;
  byId("errors").querySelectorAll("button").forEach((button, at) => {
    button.setAttribute("aria-current", String(at === current));
    if (at === current) button.scrollIntoView({ block: "nearest" });
  });
  tell(error);
  draw(error);
}

function tell(error) {
  const facts = make("dl");
  const fact = (term, text) => facts.append(make("dt", term), make("dd", text));
  const where = (place) => `${place.about ? place.about + " " : ""}(${place.lat}, ${place.lon})`;
  fact("truly", where(error.truth));
  fact("placed", error.answer ? where(error.answer) : "nowhere");
  if (error.answer) fact("off by", distance({ ...error, count: 1 }));
  if (error.answer && error.probability !== null) fact("probability", error.probability.toFixed(2));
  if (error.covered !== null) fact("candidates", error.covered ? "the right place was among them" : "without the right place");
  const words = error.examples.map(([id, before, name, after]) => {
    const quote = make("blockquote", "", before, make("mark", name), after);
    quote.title = id;
    quote.dir = "auto";
    return quote;
  });
  byId("error").replaceChildren(make("h3", `${error.name}: ${error.sort}`), facts, ...words);
}

function draw(error) {
  chosen.clearLayers();
  const truth = [error.truth.lat, error.truth.lon];
  chosen.addLayer(L.circleMarker(truth, { radius: 8, color: good, weight: 2, fillColor: good, fillOpacity: 0.8 }));
  if (!error.answer) {
    map.setView(truth, Math.max(map.getZoom(), 5));
    return;
  }
  const answer = [error.answer.lat, error.answer.lon];
  chosen.addLayer(L.polyline([truth, answer], { color: bad, weight: 2, dashArray: "5 5" }));
  chosen.addLayer(L.circleMarker(answer, { radius: 8, color: bad, weight: 2, fill: false }));
  map.fitBounds([truth, answer], { padding: [50, 50], maxZoom: 9 });
}

byId("previous").addEventListener("click", () => choose(current - 1));
byId("next").addEventListener("click", () => choose(current + 1));
byId("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  shown = data.errors.filter((error) => error.name.toLowerCase().includes(wanted));
  current = -1;
  drawAll();
  list();
});
document.querySelector(".side").addEventListener("keydown", (event) => {
  if (event.target.id === "filter") return;
  if (event.key === "ArrowRight" || event.key === "ArrowDown") choose(current + 1);
  else if (event.key === "ArrowLeft" || event.key === "ArrowUp") choose(current < 0 ? 0 : current - 1);
  else return;
  event.preventDefault();
});

drawAll();
list();
document.documentElement.dataset.ready = "";
