// The data of the page, what is selected, and helpers that put text into the page as text.

const data = JSON.parse(document.getElementById("page-data").textContent);

const typeById = new Map(data.types.map((type) => [type.id, type]));
const quadById = new Map(data.quads.map((quad) => [quad.id, quad]));
const groupById = new Map(data.groups.map((group) => [group.id, group]));
const statusById = new Map(data.statuses.map((status) => [status.id, status]));

const eventsOfThing = data.things.map(() => []);
data.events.forEach((event, index) => {
  const parties = new Set([...event.actors, ...event.recipients, ...event.places, ...event.weapons]);
  parties.forEach((thing) => eventsOfThing[thing].push(index));
});

const tieTypeById = new Map(data.tieTypes.map((type) => [type.id, type]));
const tiesOfThing = data.things.map(() => []);
data.ties.forEach((tie, index) => [tie.from, tie.to].forEach((thing) => tiesOfThing[thing].push(index)));

const byId = (id) => document.getElementById(id);
const quadOf = (event) => quadById.get(typeById.get(event.type).quad);
const nameOf = (thing) => data.things[thing].label;
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/** Make an element. `fill` maps property names to values; children are elements or text. */
function make(tag, fill = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fill)) {
    if (name === "click") element.addEventListener("click", value);
    else if (name.startsWith("aria-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A coloured stroke as in the picture: solid, dotted or dashed. */
function swatch(color, drawn = "solid") {
  const stroke = make("span", { className: `swatch ${drawn}`, "aria-hidden": "true" });
  stroke.style.borderTopColor = color;
  return stroke;
}

function shortened(text, longest) {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

/** Names in one line; of many, the first. */
function listed(things, most = 2) {
  const names = things.slice(0, most).map(nameOf).join(", ");
  return things.length > most ? `${names} and ${things.length - most} more` : names;
}

/** Who did it to whom, in one line; an unnamed party is said to be unnamed. */
function partiesOf(event, most = 2) {
  const names = (things) => listed(things, most);
  const who = event.actors.length ? names(event.actors) : "actor not named";
  return event.recipients.length ? `${who} → ${names(event.recipients)}` : who;
}

/** An event in one line; one that is not affirmed says so first. */
function titleOf(event) {
  const { word } = statusOf(event.status);
  return `${word ? `${word}: ` : ""}${event.words}: ${partiesOf(event)}${event.day ? ` (${event.day})` : ""}`;
}

/** A relation between actors in one line. */
function tieTitle(tie) {
  const words = tie.offices.join(", ") || tieTypeById.get(tie.type).word;
  const arrow = tie.symmetric ? "–" : "→";
  return `${nameOf(tie.from)} ${arrow} ${nameOf(tie.to)}: ${tie.isOver ? "formerly " : ""}${words}`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const statusOf = (id) => statusById.get(id) || { label: id, word: id, drawn: "dashed" };

/** Newest first; undated events last. */
function byDay(one, other) {
  const first = data.events[one].earliest || "";
  const second = data.events[other].earliest || "";
  return second.localeCompare(first) || one - other;
}
