// What stands on the map: places with the events there, drawn as one mark where they would overlap.

const LEAST_RADIUS = 5;
const LEAST_BY_LOOK = { disc: LEAST_RADIUS, ring: 7, both: 11 };
// Marks join when less than a quarter of the space that they need is left between them.
const CROWDED = 0.75;
const RING = 4;
const MOST_RADIUS = 36;
const MARK_FONT = "12px system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";

const eventsAt = data.things.map(() => []);
data.events.forEach((event, index) => event.places.forEach((thing) => eventsAt[thing].push(index)));

/** Points of the map with the places drawn there; a country stands for all that is known only by it. */
const sites = (() => {
  const siteByKey = new Map();
  data.things.forEach(({ spot }, thing) => {
    if (!spot) return;
    const key = `${spot.extent === "site" ? "site" : "area"} ${spot.lat} ${spot.lon}`;
    const site = siteByKey.get(key) || { key, spot, at: onPlane(eastOfCut(spot.lon), spot.lat), isExact: spot.extent === "site", things: [] };
    site.things.push(thing);
    siteByKey.set(key, site);
  });
  return [...siteByKey.values()];
})();
const siteOfThing = new Map(sites.flatMap((site) => site.things.map((thing) => [thing, site])));

// The area of a mark tells how many events it stands for; all of them in one are as large as can be.
const locatedCount = new Set(sites.flatMap((site) => site.things.flatMap((thing) => eventsAt[thing]))).size;
const radiusOf = (count) => Math.max(LEAST_RADIUS, Math.min(6, MOST_RADIUS / Math.sqrt(locatedCount)) * Math.sqrt(count));

/** A site with what passes the filters; null when that is nothing. */
function shownSite(site, shown) {
  const things = site.things
    .map((thing) => [thing, eventsAt[thing].filter((event) => shown.has(event))])
    .filter(([thing, events]) => events.length && isGroupShown(thing))
    .sort((one, other) => other[1].length - one[1].length || one[0] - other[0]);
  if (!things.length) return null;
  return { ...site, things: things.map(([thing]) => thing), events: new Set(things.flatMap(([, events]) => events)) };
}

/** The marks at this zoom, the largest first; a site that would cover one joins it. */
function gatherMarks(shown) {
  const found = sites.map((site) => shownSite(site, shown)).filter(Boolean);
  found.sort((one, other) => other.events.size - one.events.size || one.key.localeCompare(other.key));
  const marks = [];
  for (const site of found) {
    const [x, y] = toScreen(site.at);
    const near = marks.find((mark) =>
      Math.hypot(mark.x - x, mark.y - y) < CROWDED * (radiusOf(mark.events.size) + radiusOf(site.events.size)));
    if (near) {
      near.sites.push(site);
      site.events.forEach((event) => near.events.add(event));
    } else marks.push({ key: site.key, x, y, sites: [site], events: new Set(site.events) });
  }
  marks.forEach((mark) => {
    const isExact = mark.sites.every((site) => site.isExact);
    const isArea = !mark.sites.some((site) => site.isExact);
    mark.look = isExact ? "disc" : isArea ? "ring" : "both";
    mark.radius = Math.max(radiusOf(mark.events.size), LEAST_BY_LOOK[mark.look]);
    mark.things = mark.sites.flatMap((site) => site.things);
  });
  return marks;
}

/** What to call a site: its busiest place, or the country when that is all that is known. */
function nameOfSite(site) {
  if (site.spot.extent !== "country") return nameOf(site.things[0]);
  const state = site.things.find((thing) => data.things[thing].kind === "state");
  if (state !== undefined) return nameOf(state);
  const code = data.things[site.things[0]].country;
  return data.world.countries.find((country) => country.id === code).name;
}

function nameOfMark(mark) {
  const rest = mark.sites.length - 1;
  return rest ? `${nameOfSite(mark.sites[0])} + ${rest}` : nameOfSite(mark.sites[0]);
}

/** Make an element of a drawing. */
function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

/** Events by quad class, those that happened before those that did not. */
function partsOf(events) {
  return data.quads.flatMap((quad) => [true, false].map((isAffirmed) => {
    const count = [...events].filter((index) => {
      const event = data.events[index];
      return quadOf(event) === quad && (statusOf(event.status).drawn !== "dashed") === isAffirmed;
    }).length;
    return { quad, isAffirmed, count };
  })).filter((part) => part.count);
}

/** Stretches of a circle for these events, each as large as its share. */
function slicesOf(events, draw) {
  const parts = partsOf(events);
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  let turn = 0;
  return parts.map((part) => {
    const from = turn;
    turn += part.count / total;
    return draw(part, from, turn);
  });
}

/** The line along a circle from one share of the turn to another, clockwise from the top. */
function bow(from, to, radius) {
  if (to - from > 0.9999) return `M0,${-radius}A${radius},${radius} 0 1 1 0,${radius}A${radius},${radius} 0 1 1 0,${-radius}`;
  const [start, end] = [from, to].map((turn) => {
    const angle = turn * 2 * Math.PI;
    return `${(Math.sin(angle) * radius).toFixed(2)},${(-Math.cos(angle) * radius).toFixed(2)}`;
  });
  return `M${start}A${radius},${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${end}`;
}

const UNSURE = { "stroke-dasharray": "2.5 2" };

/** A disc for sites: pale and dashed where nothing is said to have happened. */
function disc(events, radius) {
  return slicesOf(events, ({ quad, isAffirmed }, from, to) => drawn("path", {
    d: to - from > 0.9999 ? bow(from, to, radius) : `${bow(from, to, radius)}L0,0Z`,
    ...(isAffirmed ? { fill: quad.color, stroke: "#fff" } : { fill: quad.tint, stroke: quad.color, ...UNSURE }),
  }));
}

/** A ring for regions and countries: they are not where it is drawn, but around it. */
function ring(events, radius) {
  return slicesOf(events, ({ quad, isAffirmed }, from, to) => drawn("path", {
    d: bow(from, to, radius - RING / 2), fill: "none", stroke: quad.color, "stroke-width": RING, ...(isAffirmed ? {} : UNSURE),
  }));
}

function drawMark(mark, { isLit, isFaint }) {
  const { look, radius } = mark;
  const of = (isExact) => new Set(mark.sites.filter((site) => site.isExact === isExact).flatMap((site) => [...site.events]));
  const told = partsOf(mark.events).map(({ quad, isAffirmed, count }) =>
    `${count} ${quad.label.toLowerCase()}${isAffirmed ? "" : ", not said to have happened"}`);
  return drawn("g", {
    class: `mark${isLit ? " lit" : ""}${isFaint ? " faint" : ""}`, "data-key": mark.key,
    transform: `translate(${mark.x.toFixed(1)},${mark.y.toFixed(1)})`, tabindex: 0, role: "button",
  },
  titled(`${listed(mark.things, 4)}\n${plural(mark.events.size, "event")}: ${told.join("; ")}`),
  drawn("circle", { r: radius + 3, class: "halo" }),
  drawn("circle", { r: radius, class: look === "ring" ? "inside hollow" : "inside" }),
  ...(look === "disc" ? [] : ring(of(false), radius)),
  ...(look === "ring" ? [] : disc(of(true), look === "both" ? radius - RING - 1.5 : radius)));
}

function titled(text) {
  const title = drawn("title");
  title.textContent = text;
  return title;
}

const overlaps = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Names beside marks, those of `first` before the others, where they cover no mark, name or box of `taken`. */
function placeLabels(marks, first, taken, measure) {
  marks.forEach((mark) => taken.push({
    mark, left: mark.x - mark.radius, right: mark.x + mark.radius, top: mark.y - mark.radius, bottom: mark.y + mark.radius,
  }));
  const labels = [];
  const ordered = [...marks.filter((mark) => first.has(mark)), ...marks.filter((mark) => !first.has(mark))];
  for (const mark of ordered) {
    const text = nameOfMark(mark);
    const width = measure(text);
    const away = mark.radius + 6;
    const box = [
      [mark.x + away, mark.y - 8], [mark.x - away - width, mark.y - 8],
      [mark.x - width / 2, mark.y + away - 1], [mark.x - width / 2, mark.y - away - 15],
    ].map(([left, top]) => ({ mark, text, left, top, right: left + width, bottom: top + 16 }))
      .find((each) => each.left > 4 && each.right < eye.width - 4 && !taken.some((other) => other.mark !== mark && overlaps(each, other)));
    if (!box) continue;
    labels.push(box);
    taken.push({ ...box, mark: null });
  }
  return labels;
}
