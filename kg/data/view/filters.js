// Legend and filters: one list of checkboxes serves as both.

// Beyond this the words cover the picture; a click still brings those of one node.
const MOST_WORDED_LINES = 400;
const mostSources = Math.max(1, ...data.events.map((event) => event.sourceCount));
const filter = {
  types: new Set(),
  statuses: new Set(),
  groups: new Set(),
  ties: new Set(),
  from: null,
  to: null,
  undated: true,
  minSources: 1,
  minConfidence: 0,
  unnamed: true,
  words: true,
};
// Each step back is a set of things; an empty stack shows everything.
const focusStack = [];

function resetFilter() {
  filter.types = new Set(data.types.map((type) => type.id));
  filter.statuses = new Set(data.statuses.filter((status) => status.shown).map((status) => status.id));
  filter.groups = new Set(data.groups.map((group) => group.id));
  filter.ties = new Set(data.tieTypes.map((type) => type.id));
  filter.from = null;
  filter.to = null;
  filter.undated = true;
  filter.minSources = 1;
  filter.minConfidence = 0;
  filter.unnamed = true;
  filter.words = data.drawings.actors.edges.length <= MOST_WORDED_LINES;
  // Were nothing left to see, the page would open blank.
  if (!data.events.some((event) => filter.statuses.has(event.status))) {
    filter.statuses = new Set(data.statuses.map((status) => status.id));
  }
}

function inDates(event) {
  if (!event.earliest) return filter.undated;
  return (!filter.from || event.latest >= filter.from) && (!filter.to || event.earliest <= filter.to);
}

function isShown(event) {
  return (
    filter.types.has(event.type) &&
    filter.statuses.has(event.status) &&
    event.sourceCount >= filter.minSources &&
    (event.confidence === null || Math.round(event.confidence * 100) >= filter.minConfidence) &&
    inDates(event)
  );
}

const isGroupShown = (thing) => filter.groups.has(data.things[thing].group);

/** Which events pass, as a set of indices. */
function shownEvents() {
  const focus = focusStack.at(-1);
  const shown = new Set();
  data.events.forEach((event, index) => {
    if (!isShown(event)) return;
    const parties = [...event.actors, ...event.recipients, ...event.places];
    if (focus && !parties.some((thing) => focus.core.has(thing))) return;
    shown.add(index);
  });
  return shown;
}

function checkbox(checked, parts, change) {
  const input = make("input", { type: "checkbox", checked });
  input.addEventListener("change", () => change(input.checked));
  return { input, line: make("label", { className: "check" }, input, ...parts) };
}

function toggle(set, key, on) {
  if (on) set.add(key);
  else set.delete(key);
}

function field(title, ...children) {
  return make("fieldset", {}, make("legend", { textContent: title }), ...children);
}

function name(text) {
  return make("span", { className: "name", textContent: text });
}

function number(count) {
  return make("span", { className: "number", textContent: String(count) });
}

function countBy(key) {
  const counts = new Map();
  data.events.forEach((event) => counts.set(event[key], (counts.get(event[key]) || 0) + 1));
  return counts;
}

function drawFilters(changed) {
  const place = byId("filters");
  place.replaceChildren(typeField(changed), statusField(changed), kindField(changed), ...tieField(changed), moreField(changed));
}

function typeField(changed) {
  const counts = countBy("type");
  const list = make("div");
  for (const quad of data.quads) {
    const types = data.types.filter((type) => type.quad === quad.id);
    if (!types.length) continue;
    const boxes = types.map((type) =>
      checkbox(filter.types.has(type.id), [name(capital(type.label)), number(counts.get(type.id) || 0)], (on) => {
        toggle(filter.types, type.id, on);
        whole.input.checked = types.every((each) => filter.types.has(each.id));
        changed();
      }),
    );
    const whole = checkbox(
      types.every((type) => filter.types.has(type.id)),
      [swatch(quad.color), name(quad.label)],
      (on) => {
        types.forEach((type) => toggle(filter.types, type.id, on));
        boxes.forEach((box) => (box.input.checked = on));
        changed();
      },
    );
    const items = boxes.map((box) => make("li", {}, box.line));
    list.append(make("div", { className: "quad" }, whole.line, make("ul", {}, ...items)));
  }
  return field("Events", list);
}

function statusField(changed) {
  const counts = countBy("status");
  const lines = data.statuses
    .filter((status) => counts.has(status.id))
    .map((status) => {
      const parts = [swatch("#78716c", status.drawn), name(status.label), number(counts.get(status.id))];
      return checkbox(filter.statuses.has(status.id), parts, (on) => {
        toggle(filter.statuses, status.id, on);
        changed();
      }).line;
    });
  return field("Did it happen?", ...lines);
}

function kindField(changed) {
  const used = new Set(data.things.map((thing) => thing.group));
  const lines = data.groups
    .filter((group) => used.has(group.id))
    .map((group) => {
      const symbol = make("span", { className: "symbol", textContent: group.symbol, "aria-hidden": "true" });
      symbol.style.color = group.color;
      return checkbox(filter.groups.has(group.id), [symbol, name(group.label)], (on) => {
        toggle(filter.groups, group.id, on);
        changed();
      }).line;
    });
  if (data.events.some((event) => !event.actors.length && event.recipients.length)) {
    const symbol = make("span", { className: "symbol", textContent: "◌", "aria-hidden": "true" });
    lines.push(checkbox(filter.unnamed, [symbol, name("Actor not named by the source")], (on) => {
      filter.unnamed = on;
      changed();
    }).line);
  }
  return field("Actors and places", ...lines);
}

/** Relations between actors, apart from events; no field where the page has none. */
function tieField(changed) {
  if (!data.ties.length) return [];
  const lines = data.tieTypes.map((type) => {
    const count = data.ties.filter((tie) => tie.type === type.id).length;
    const parts = [swatch(type.color, "dashed"), name(type.label), number(count)];
    return checkbox(filter.ties.has(type.id), parts, (on) => {
      toggle(filter.ties, type.id, on);
      changed();
    }).line;
  });
  return [field("Relations between actors", ...lines)];
}

function isTieShown(tie) {
  return filter.ties.has(tie.type) && tie.sourceCount >= filter.minSources &&
    (tie.confidence === null || Math.round(tie.confidence * 100) >= filter.minConfidence);
}

function moreField(changed) {
  const words = checkbox(filter.words, [name("Words on lines")], (on) => {
    filter.words = on;
    changed();
  }).line;
  const reset = make("button", {
    type: "button",
    className: "quiet-button",
    textContent: "Reset all filters",
    click: () => {
      resetFilter();
      drawFilters(changed);
      drawTimeline(changed);
      changed();
    },
  });
  const legend = [
    data.links.length ? ["#1c1917", "One event answers, causes or is part of another"] : null,
    data.events.some((event) => event.places.length) ? ["#d6d3d1", "Where it happened"] : null,
  ].filter(Boolean).map(([color, text]) => make("div", { className: "check" }, swatch(color), name(text)));
  const sliders = [];
  if (mostSources > 1) {
    sliders.push(slider("minSources", 1, mostSources, 1, changed, (value) => `Told by at least ${plural(value, "article")}`));
  }
  if (data.events.some((event) => event.confidence !== null)) {
    sliders.push(slider("minConfidence", 0, 100, 5, changed, (value) => `Confidence at least ${value} %`));
  }
  return field("More", ...legend, ...sliders, words, reset);
}

/** A slider for one number of the filter, with its meaning above it. */
function slider(key, least, most, step, changed, say) {
  const label = make("span", { textContent: say(filter[key]) });
  const input = make("input", { type: "range", className: "slider", min: least, max: most, step });
  input.value = filter[key];
  input.addEventListener("input", () => {
    filter[key] = Number(input.value);
    label.textContent = say(filter[key]);
    changed();
  });
  return make("label", { className: "apart" }, label, input);
}
