// Start the page: views, search, focus and the way back.

const current = { view: "actors", selection: null };

function refresh() {
  const events = shownEvents();
  const picture = pictures.get(current.view);
  if (picture) updatePicture(picture, events);
  if (current.view === "table") drawTable(select, current.selection);
  if (current.view === "map") drawMap();
  const hidden = data.events.length - events.size;
  byId("count").textContent =
    `${plural(events.size, "event")} shown` + (hidden ? `, ${hidden} hidden by filters` : "") +
    ` · ${plural(data.sources.length, "article")}`;
  byId("no-match").hidden = events.size > 0;
  byId("back").hidden = focusStack.length === 0;
  document.body.classList.toggle("focused", focusStack.length > 0);
  byId("everything").hidden = focusStack.length === 0;
}

function changed() {
  refresh();
  showPanel(current.selection, select);
  const picture = pictures.get(current.view);
  if (picture) pointAt(picture, current.selection);
}

/** Show something in the panel, and where it is if `centre` asks for it. */
function select(selection, { centre = false } = {}) {
  current.selection = selection;
  showPanel(selection, select);
  if (current.view === "table") drawTable(select, selection);
  if (current.view === "map") {
    drawMap();
    if (centre) centreMap(selection);
  }
  const picture = pictures.get(current.view);
  if (!picture) return;
  pointAt(picture, selection);
  const node = selection && nodeOfSelection(selection);
  if (centre && node) centreOn(picture, node);
}

function show(view) {
  current.view = view;
  document.querySelectorAll(".views button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  });
  ["actors", "events"].forEach((each) => (byId(`canvas-${each}`).hidden = each !== view));
  byId("table").hidden = view !== "table";
  byId("map").hidden = view !== "map";
  document.querySelector(".zoom").hidden = view === "table";
  if (view === "map") openMap(select);
  else if (view !== "table") openPicture(view, select);
  refresh();
  const picture = pictures.get(view);
  if (picture) pointAt(picture, current.selection);
}

/** The things one step away from those of `core`, over the events that are shown. */
function withNeighbours(core) {
  const all = new Set(core);
  data.events.forEach((event) => {
    if (!isShown(event)) return;
    const parties = [...event.actors, ...event.recipients, ...event.places];
    if (parties.some((thing) => core.has(thing))) parties.forEach((thing) => all.add(thing));
  });
  data.ties.filter(isTieShown).forEach((tie) => {
    if (core.has(tie.from) || core.has(tie.to)) [tie.from, tie.to].forEach((thing) => all.add(thing));
  });
  return all;
}

function pushFocus(core) {
  focusStack.push({ core, all: withNeighbours(core) });
  refocused();
}

function focusOn(thing) {
  pushFocus(new Set([thing]));
}

function expandFocus() {
  pushFocus(focusStack.at(-1).all);
}

function refocused() {
  changed();
  fit();
}

/** Bring everything that is shown into view. */
function fit() {
  const picture = pictures.get(current.view);
  if (picture) frame(picture);
  if (current.view !== "map") return;
  fitMap();
  drawMap();
}

function zoom(factor) {
  if (current.view === "map") {
    zoomMap(factor);
    return;
  }
  const { network } = pictures.get(current.view);
  network.moveTo({ scale: network.getScale() * factor });
}

function startSearch() {
  const thingByName = new Map();
  const names = [];
  data.things.forEach((thing, index) => {
    if (!eventsOfThing[index].length && !tiesOfThing[index].length) return;
    [thing.label, ...thing.aliases].forEach((each) => {
      const key = each.toLowerCase();
      if (thingByName.has(key)) return;
      thingByName.set(key, index);
      names.push(make("option", { value: each, label: each === thing.label ? thing.kind : `${thing.label}, ${thing.kind}` }));
    });
  });
  byId("names").append(...names);
  const find = (text, isExact) => {
    const key = text.trim().toLowerCase();
    if (!key) return undefined;
    if (thingByName.has(key) || isExact) return thingByName.get(key);
    const starting = [...thingByName.keys()].find((each) => each.startsWith(key));
    return thingByName.get(starting || [...thingByName.keys()].find((each) => each.includes(key)));
  };
  const go = (isExact) => {
    const thing = find(byId("search").value, isExact);
    if (thing !== undefined) select({ kind: "thing", index: thing }, { centre: true });
    else if (!isExact && byId("search").value.trim()) byId("count").textContent = `Nothing is called “${byId("search").value.trim()}”.`;
  };
  byId("search").addEventListener("input", () => go(true));
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") go(false);
  });
}

function start() {
  resetFilter();
  drawFilters(changed);
  drawTimeline(changed);
  startSearch();
  document.querySelectorAll(".views button").forEach((button) => {
    button.addEventListener("click", () => show(button.dataset.view));
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);
  byId("back").addEventListener("click", () => { focusStack.pop(); refocused(); });
  byId("everything").addEventListener("click", () => { focusStack.length = 0; refocused(); });
  byId("open-filters").addEventListener("click", () => {
    const isOpen = byId("filters").classList.toggle("open");
    byId("open-filters").setAttribute("aria-expanded", String(isOpen));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    byId("filters").classList.remove("open");
    select(null);
  });
  show(data.view);
  showPanel(null, select);
  // For tests and for those who script the page from the console.
  window.kgPage = { data, pictures, map, eye, select, show, filter, shownEvents };
}

start();
