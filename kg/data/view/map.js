// The map: marks on the ground, moved by hand, wheel or keyboard; a click opens what happened there.

const SIZES = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
const MOST_SAMPLE = 14;
const DRAG = 4;
const map = { isOpen: false, marks: [], frame: 0, hands: new Map(), isDragged: false };

/** Start the map, once: it opens on the events that are shown. */
function openMap(select) {
  if (map.isOpen) return;
  map.isOpen = true;
  const place = groundOfMap();
  measureMap();
  fitMap();
  new ResizeObserver(() => { measureMap(); askForMap(); }).observe(place);
  place.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = place.getBoundingClientRect();
    zoomAround(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
    askForMap();
  }, { passive: false });
  place.addEventListener("click", (event) => {
    // A drag ends in a click, too; that of a screen reader has no count.
    if (map.isDragged && event.detail) return;
    openMark(markOf(event.target), select);
  });
  byId("map").addEventListener("keydown", (event) => workByKey(event, select));
  listenToHands(place);
}

const groundOfMap = () => byId("map").firstElementChild;

function measureMap() {
  const place = groundOfMap();
  [eye.width, eye.height] = [place.clientWidth, place.clientHeight];
}

/** Draw in the next frame, however often it is asked for. */
function askForMap() {
  if (map.frame) return;
  map.frame = requestAnimationFrame(() => {
    map.frame = 0;
    if (current.view === "map") drawMap();
  });
}

function markOf(target) {
  const element = target.closest("[data-key]");
  return element && map.marks.find((mark) => mark.key === element.dataset.key);
}

/** Drag with one finger or the mouse, pinch with two. */
function listenToHands(place) {
  const hands = map.hands;
  const spread = () => {
    const [one, other] = [...hands.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!hands.size) map.isDragged = false;
    hands.set(event.pointerId, event);
    map.start = event;
  });
  place.addEventListener("pointermove", (event) => {
    const before = hands.get(event.pointerId);
    if (!event.buttons) hands.delete(event.pointerId); // let go outside the window
    if (!before || !event.buttons) return;
    const isFar = Math.hypot(event.clientX - map.start.clientX, event.clientY - map.start.clientY) > DRAG;
    if (!map.isDragged && !isFar) return;
    // Taken only now: a captured pointer would take the click away from the mark under it.
    if (!map.isDragged) place.setPointerCapture(event.pointerId);
    map.isDragged = true;
    const width = hands.size === 2 ? spread() : 0;
    hands.set(event.pointerId, event);
    if (hands.size === 2) {
      const box = place.getBoundingClientRect();
      const [one, other] = [...hands.values()];
      zoomAround(spread() / width, (one.clientX + other.clientX) / 2 - box.left, (one.clientY + other.clientY) / 2 - box.top);
    } else moveMap(before.clientX - event.clientX, before.clientY - event.clientY);
    askForMap();
  });
  const lift = (event) => hands.delete(event.pointerId);
  place.addEventListener("pointerup", lift);
  place.addEventListener("pointercancel", lift);
}

function moveMap(right, down) {
  eye.x += right / eye.scale;
  eye.y += down / eye.scale;
  keepInWorld();
}

function workByKey(event, select) {
  if (event.target.closest(".key") || event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
  const mark = markOf(event.target);
  if (steps[event.key]) moveMap(...steps[event.key]);
  else if (event.key === "+" || event.key === "=") zoomAround(1.3);
  else if (event.key === "-") zoomAround(1 / 1.3);
  else if (event.key === "0") fitMap();
  else if (mark && (event.key === "Enter" || event.key === " ")) openMark(mark, select);
  else return;
  event.preventDefault();
  askForMap();
}

function openMark(mark, select) {
  select(mark ? { kind: "site", things: mark.things } : null);
  uncover();
}

/** In a narrow window the panel lies over the map: move what it tells of from under it. */
function uncover() {
  const seen = byId("panel").getBoundingClientRect().left - groundOfMap().getBoundingClientRect().left;
  const rightmost = Math.max(...[...litMarks(current.selection)].map((mark) => mark.x + mark.radius));
  if (!byId("panel").offsetWidth || seen >= eye.width || !(rightmost > seen)) return;
  moveMap(rightmost - seen / 2, 0);
  drawMap();
}

function zoomMap(factor) {
  zoomAround(factor);
  drawMap();
}

/** Bring all places with events that are shown into view. */
function fitMap() {
  const shown = shownEvents();
  const found = sites.filter((site) => shownSite(site, shown));
  lookAt((found.length ? found : sites).map((site) => site.at));
}

/** Draw everything anew; where the keyboard was, it stays. */
function drawMap() {
  const [canvas, svg] = groundOfMap().children;
  const shown = shownEvents();
  const focused = document.activeElement.closest("#map [data-key]");
  map.marks = gatherMarks(shown);
  const lit = litMarks(current.selection);
  const pen = canvas.getContext("2d");
  pen.font = MARK_FONT;
  const taken = [boxOfTools()];
  const labels = placeLabels(map.marks, lit, taken, (text) => pen.measureText(text).width);
  drawWorld(canvas, (box) => !taken.some((other) => overlaps(box, other)));
  const look = (mark) => ({ isLit: lit.has(mark), isFaint: lit.size > 0 && !lit.has(mark) });
  svg.replaceChildren(
    ...map.marks.map((mark) => drawMark(mark, look(mark))),
    ...labels.map((label) => drawLabel(label, look(label.mark).isFaint)),
  );
  const again = focused && svg.querySelector(`[data-key="${CSS.escape(focused.dataset.key)}"]`);
  if (again) again.focus({ preventScroll: true });
  drawKey(shown);
}

/** Where the buttons lie over the map. */
function boxOfTools() {
  const ground = groundOfMap().getBoundingClientRect();
  const { left, right, top, bottom } = document.querySelector(".zoom").getBoundingClientRect();
  return { mark: null, left: left - ground.left, right: right - ground.left, top: top - ground.top, bottom: bottom - ground.top };
}

function drawLabel({ mark, text, left, top }, isFaint) {
  const label = drawn("text", { x: left.toFixed(1), y: (top + 12).toFixed(1), class: isFaint ? "label faint" : "label", "data-key": mark.key, "aria-hidden": "true" });
  label.textContent = text;
  return label;
}

/** The marks of a selection: of the place itself, or of where its events happened. */
function litMarks(selection) {
  if (!selection) return new Set();
  const places = new Set(selection.kind === "site" ? selection.things : selection.kind === "thing" ? [selection.index] : []);
  const own = map.marks.filter((mark) => mark.things.some((thing) => places.has(thing)));
  if (own.length || selection.kind === "site") return new Set(own);
  const events = eventsOfSelection(selection);
  return new Set(map.marks.filter((mark) => events.some((event) => mark.events.has(event))));
}

function eventsOfSelection(selection) {
  if (selection.kind === "event") return [selection.index];
  if (selection.kind === "thing") return eventsOfThing[selection.index];
  if (selection.kind === "edge") return data.drawings[selection.view].edges.find((edge) => edge.id === selection.id).events;
  return [];
}

/** Show where the selection is, unless all of it is seen already. */
function centreMap(selection) {
  const lit = [...litMarks(selection)];
  const isSeen = ({ x, y }) => x > 0 && y > 0 && x < eye.width && y < eye.height;
  if (!lit.every(isSeen)) {
    lookAt(lit.flatMap((mark) => mark.sites.map((site) => site.at)));
    drawMap();
  }
  uncover();
}

/** Events of which no place can be drawn. */
function eventsNowhere(shown) {
  return [...shown].filter((index) => !data.events[index].places.some((thing) => siteOfThing.has(thing)));
}

/** How many events the marks stand for, how many are not on the map, and how to read it. */
function drawKey(shown) {
  const drawnEvents = new Set(map.marks.flatMap((mark) => [...mark.events]));
  const placeCount = map.marks.reduce((sum, mark) => sum + mark.things.length, 0);
  const missing = eventsNowhere(shown).length;
  const largest = Math.max(1, ...map.marks.map((mark) => mark.events.size));
  const sizes = [1, SIZES.findLast((size) => size <= largest && radiusOf(size) <= MOST_SAMPLE)].filter(Boolean);
  const isUnsure = [...drawnEvents].some((event) => statusOf(data.events[event].status).drawn === "dashed");
  const looks = [["", "town or site"], ["ring", "region or country"], ...(isUnsure ? [["unsure", "not said to have happened"]] : [])];
  byId("map").lastElementChild.replaceChildren(...[
    make("p", { textContent: `${plural(drawnEvents.size, "event")} at ${plural(placeCount, "place")}` }),
    missing ? make("button", {
      type: "button", className: "quiet-button", click: () => select({ kind: "nowhere" }),
      textContent: `${plural(missing, "event")} ${missing === 1 ? "has" : "have"} no place with coordinates`,
    }) : null,
    make("p", { className: "samples" }, ...looks.flatMap(([look, words]) => [sample(6, look), words])),
    make("p", { className: "samples" }, ...sizes.flatMap((size) => [sample(radiusOf(size), "size"), plural(size, "event")])),
  ].filter(Boolean));
}

function sample(radius, look) {
  const size = Math.ceil(radius * 2 + 3);
  return drawn("svg", { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" },
    drawn("circle", { r: look === "ring" ? radius - 1 : radius, class: `sample ${look}` }));
}
