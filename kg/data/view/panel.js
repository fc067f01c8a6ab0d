// What is known of the selection: sentences as they were printed, who printed them, who said it.

const FIRST_ACCOUNTS = 2;
const FIRST_EVENTS = 30;
const FIRST_PLACES = 10;

function showPanel(selection, select) {
  const panel = byId("panel");
  const content = {
    thing: () => thingPanel(selection.index, select),
    unnamed: () => unnamedPanel(selection.index, select),
    event: () => eventPanel(selection.index, select),
    edge: () => edgePanel(selection, select),
    site: () => sitePanel(selection.things, select),
    nowhere: () => nowherePanel(select),
  };
  const parts = selection ? content[selection.kind]() : overview(select);
  const close = selection
    ? make("button", { type: "button", className: "close", textContent: "×", "aria-label": "Close", click: () => select(null) })
    : null;
  panel.replaceChildren(...[close, ...parts].filter(Boolean));
  panel.classList.toggle("open", Boolean(selection));
  panel.scrollTop = 0;
}

function heading(text, sub) {
  return [make("h2", { textContent: text }), sub ? make("p", { className: "sub", textContent: sub }) : null];
}

function overview(select) {
  const shown = shownEvents();
  const parts = heading("At a glance");
  for (const notice of data.notices) parts.push(make("p", { className: "notice", textContent: notice }));
  const hints = make("p", {
    className: "sub",
    textContent:
      "Click an actor, a line, an event or a mark on the map to read the sentences behind it. Lines carry what happened; " +
      "what was only planned, feared or denied is dashed and shown on request.",
  });
  const counts = data.things
    .map((_, thing) => [thing, eventsOfThing[thing].filter((event) => shown.has(event)).length])
    .filter(([thing, count]) => count && isGroupShown(thing))
    .sort((one, other) => other[1] - one[1] || one[0] - other[0])
    .slice(0, 8);
  const ranked = counts.map(([thing, count]) =>
    make("li", {},
      make("button", { type: "button", textContent: nameOf(thing), click: () => select({ kind: "thing", index: thing }, { centre: true }) }),
      make("span", { className: "number", textContent: plural(count, "event") })),
  );
  parts.push(hints, make("h3", { textContent: "Most often involved" }), make("ul", { className: "ranked" }, ...ranked));
  const answers = data.links.filter((link) => shown.has(link.from) && shown.has(link.to) && link.type !== "same_as" && link.type !== "part_of");
  if (answers.length) {
    parts.push(make("h3", { textContent: "Responses and causes" }));
    answers.slice(0, FIRST_EVENTS).forEach((link) => parts.push(linkLine(link, select)));
  }
  parts.push(make("h3", { textContent: "Articles" }));
  parts.push(make("ul", {}, ...data.sources.slice(0, FIRST_EVENTS).map((source) => make("li", { className: "cite" }, ...cited(source)))));
  if (data.sources.length > FIRST_EVENTS) {
    parts.push(make("p", { className: "cite", textContent: `and ${plural(data.sources.length - FIRST_EVENTS, "more article")}` }));
  }
  return parts;
}

function thingPanel(index, select) {
  const thing = data.things[index];
  const about = [thing.kind, thing.role, thing.country].filter(Boolean).join(" · ");
  const parts = heading(thing.label, about);
  if (thing.aliases.length) {
    parts.push(make("p", { className: "sub", textContent: `Also: ${shortened(thing.aliases.join(", "), 200)}` }));
  }
  const actions = make("div", { className: "actions" },
    make("button", { type: "button", textContent: "Neighbours only", click: () => focusOn(index) }));
  if (focusStack.length) {
    actions.append(make("button", { type: "button", textContent: "Expand one step", click: () => expandFocus(index) }));
  }
  parts.push(actions);
  const shown = shownEvents();
  const all = eventsOfThing[index];
  parts.push(...tieList(index, select));
  return [...parts, ...eventList(all.filter((event) => shown.has(event)), all.length, select)];
}

/** What happened at places that are one mark on the map. */
function sitePanel(things, select) {
  const shown = shownEvents();
  const [first] = things;
  const all = [...new Set(things.flatMap((thing) => eventsAt[thing]))];
  const { spot, kind, country } = data.things[first];
  const parts = things.length === 1
    ? heading(nameOf(first), [kind, country, coordinates(spot)].filter(Boolean).join(" · "))
    : heading(listed(things, 3), plural(things.length, "place"));
  const rough = things.filter((thing) => data.things[thing].spot.extent === "country" && data.things[thing].kind !== "state");
  if (rough.length) {
    parts.push(make("p", {
      className: "notice",
      textContent: `Drawn in the middle of the country, since no coordinates are known: ${listed(rough, 6)}.`,
    }));
  }
  if (things.length > 1) {
    const counts = things
      .map((thing) => [thing, eventsAt[thing].filter((event) => shown.has(event)).length])
      .sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    parts.push(make("ul", { className: "ranked apart" }, ...counts.slice(0, FIRST_PLACES).map(([thing, count]) => make("li", {},
      make("button", { type: "button", textContent: nameOf(thing), click: () => select({ kind: "site", things: [thing] }, { centre: true }) }),
      make("span", { className: "number", textContent: plural(count, "event") })))));
    const rest = counts.length - FIRST_PLACES;
    if (rest > 0) parts.push(make("p", { className: "cite", textContent: `and ${plural(rest, "more place")}: zoom in to tell them apart.` }));
  } else {
    parts.push(make("div", { className: "actions" },
      make("button", { type: "button", textContent: "All that involves it", click: () => select({ kind: "thing", index: first }) })));
  }
  return [...parts, ...eventList(all.filter((event) => shown.has(event)), all.length, select)].filter(Boolean);
}

/** Latitude and longitude as they are known: to a tenth of a degree, or finer. */
function coordinates({ lat, lon, extent }) {
  if (extent === "country") return "";
  const degrees = (value, [above, below]) => `${Math.abs(value)}° ${value < 0 ? below : above}`;
  return `${degrees(lat, "NS")}, ${degrees(lon, "EW")}`;
}

/** What happened at no place that the map could show. */
function nowherePanel(select) {
  const events = eventsNowhere(shownEvents());
  const silent = events.filter((event) => !data.events[event].places.length).length;
  const reasons = [[silent, "no place is stated"], [events.length - silent, "neither coordinates nor country of the place are known"]];
  return [
    ...heading("Not on the map"),
    ...reasons.filter(([count]) => count).map(([count, reason]) =>
      make("p", { className: "notice", textContent: `${plural(count, "event")}: ${reason}.` })),
    ...eventList(events, events.length, select),
  ];
}

function unnamedPanel(index, select) {
  const events = data.events
    .map((event, number) => [event, number])
    .filter(([event]) => !event.actors.length && event.recipients.includes(index))
    .map(([, number]) => number);
  const shown = shownEvents();
  return [
    ...heading("Actor not named", `To: ${nameOf(index)}`),
    make("p", {
      className: "notice",
      textContent: "The sources do not say who did this. These events need not have the same author.",
    }),
    ...eventList(events.filter((event) => shown.has(event)), events.length, select),
  ];
}

function edgePanel({ view, id }, select) {
  const edge = data.drawings[view].edges.find((each) => each.id === id);
  if (edge.tie !== undefined) return tiePanel(edge.tie, select);
  const end = (node) => {
    if (node.startsWith("u")) return "actor not named";
    return node.startsWith("e") ? data.events[Number(node.slice(1))].words : nameOf(Number(node.slice(1)));
  };
  const shown = shownEvents();
  const passing = edge.events.filter((event) => shown.has(event));
  const arrow = edge.arrows === "to" ? "→" : "–";
  if (edge.link) return linkPanel(edge, select);
  const parts = heading(`${end(edge.from)} ${arrow} ${end(edge.to)}`, edge.words);
  return [...parts, ...eventList(passing, edge.events.length, select)];
}

/** A relation between two actors: the sentences that state it. */
function tiePanel(index, select) {
  const tie = data.ties[index];
  const go = (thing) => make("button", {
    type: "button", textContent: nameOf(thing), click: () => select({ kind: "thing", index: thing }, { centre: true }),
  });
  const told = `Told by ${plural(tie.sourceCount, "article")}${tie.independentCount < tie.sourceCount ? `, ${tie.independentCount} of them independent` : ""}`;
  const sure = tie.confidence === null ? "" : `, confidence ${Math.round(tie.confidence * 100)} %`;
  return [
    ...heading(tieTitle(tie), `Relation between actors: ${tieTypeById.get(tie.type).label.toLowerCase()}. ${told}${sure}`),
    make("div", { className: "actions" }, go(tie.from), go(tie.to)),
    make("h3", { textContent: plural(tie.accounts.length, "account") }),
    ...tie.accounts.map((account) => make("div", { className: "card" }, tieAccount(account))),
  ];
}

function tieAccount(account) {
  const block = accountBlock(account, { status: account.status });
  if (account.status === "historical") block.append(make("p", { className: "cite", textContent: "Said of the past." }));
  return block;
}

/** The relations of an actor that pass the filters, each with its first sentence. */
function tieList(thing, select) {
  const shown = tiesOfThing[thing].filter((index) => isTieShown(data.ties[index]));
  if (!shown.length) return [];
  const cards = shown.slice(0, FIRST_EVENTS).map((index) => {
    const tie = data.ties[index];
    const other = tie.from === thing ? tie.to : tie.from;
    const go = () => select({ kind: "thing", index: other }, { centre: true });
    const card = make("article", { className: "card" },
      make("button", { type: "button", className: "title", textContent: tieTitle(tie), click: go }));
    tie.accounts.slice(0, FIRST_ACCOUNTS).forEach((account) => card.append(tieAccount(account)));
    return card;
  });
  return [make("h3", { textContent: plural(shown.length, "relation") }), ...cards];
}

/** A relation between two events: the words that state it, then both events. */
function linkPanel(edge, select) {
  const [from, to] = edge.events;
  const link = data.links.find((each) => each.from === from && each.to === to && each.type === edge.link);
  const [forward] = data.relations[link.type];
  return [
    ...heading(`${capital(data.events[from].words)} ${forward} ${data.events[to].words}`),
    link.sentence ? evidence(link.sentence, null, link.source === null ? null : data.sources[link.source]) : null,
    make("h3", { textContent: "The two events" }),
    eventCard(from, select),
    eventCard(to, select),
  ];
}

function eventList(events, total, select) {
  const hidden = total - events.length;
  const title = plural(events.length, "event") + (hidden ? ` (${hidden} hidden by filters)` : "");
  const ordered = [...events].sort(byDay);
  const cards = ordered.slice(0, FIRST_EVENTS).map((event) => eventCard(event, select));
  const rest = ordered.length - cards.length;
  if (rest > 0) cards.push(make("p", { className: "cite", textContent: `and ${plural(rest, "more event")}: see the table.` }));
  return total ? [make("h3", { textContent: title }), ...cards] : [];
}

function eventHead(event) {
  const status = statusOf(event.status);
  return make("div", { className: "head" },
    swatch(quadOf(event).color, status.drawn),
    make("span", { className: "type", textContent: capital(event.coding) }),
    make("span", { textContent: event.day || "undated" }),
    status.drawn === "solid" ? null : make("span", { className: "badge", textContent: status.label }),
    event.disagreements.includes("happened") ? make("span", { className: "badge", textContent: "Disputed" }) : null);
}

function eventCard(index, select) {
  const event = data.events[index];
  const card = make("article", { className: "card" }, eventHead(event),
    make("button", { type: "button", className: "title", textContent: partiesOf(event, 4), click: () => select({ kind: "event", index }, { centre: true }) }));
  event.accounts.slice(0, FIRST_ACCOUNTS).forEach((account) => card.append(accountBlock(account, event)));
  const more = event.accounts.slice(FIRST_ACCOUNTS);
  if (more.length) {
    card.append(make("details", {},
      make("summary", { textContent: `${plural(more.length, "more account")}` }),
      ...more.map((account) => accountBlock(account, event))));
  }
  return card;
}

function evidence(sentence, trigger, source) {
  const quote = make("blockquote");
  if (trigger) {
    // Offsets count code points, JavaScript strings count UTF-16 units.
    const letters = Array.from(sentence);
    const [start, end] = trigger;
    quote.append(letters.slice(0, start).join(""),
      make("mark", { textContent: letters.slice(start, end).join("") }),
      letters.slice(end).join(""));
  } else quote.textContent = sentence;
  return make("div", { className: "account" }, quote,
    source ? make("p", { className: "cite" }, ...cited(source)) : null);
}

function accountBlock(account, event) {
  const block = evidence(account.sentence || "The graph holds no sentence for this account.", account.trigger, data.sources[account.source]);
  const notes = [];
  if (account.certainty !== "certain") notes.push(account.certainty);
  if (account.status !== event.status) notes.push(statusOf(account.status).label.toLowerCase());
  if (account.polarity === "negative" && account.status !== "negated") notes.push("denied");
  account.counted.forEach(([term, extent, words]) => notes.push(`${term}: ${extent} (${words})`));
  const said = make("p", { className: "cite" });
  if (account.speakers.length) {
    said.append("According to ", make("span", { className: "speaker", textContent: account.speakers.join(", according to ") }));
  }
  if (notes.length) said.append(account.speakers.length ? " · " : "", notes.join(" · "));
  if (said.childNodes.length) block.insertBefore(said, block.lastChild);
  return block;
}

/** Outlet, title and day of an article; a link only to a web address. */
function cited(source) {
  const parts = [];
  if (source.publisher) parts.push(`${source.publisher} · `);
  if (source.url && /^https?:\/\//i.test(source.url)) {
    parts.push(make("a", { href: source.url, rel: "noopener noreferrer", target: "_blank", textContent: source.title }));
  } else parts.push(source.title);
  if (source.published) parts.push(` · ${source.published}`);
  return parts;
}

function eventPanel(index, select) {
  const event = data.events[index];
  const facts = [
    ["Who", event.actors.map(nameOf).join(", ") || "not named"],
    ["To whom", event.recipients.map(nameOf).join(", ")],
    ["Where", event.places.map(nameOf).join(", ")],
    ["With", event.weapons.map(nameOf).join(", ")],
    ["When", event.day || "not stated"],
    ["Told by", `${plural(event.sourceCount, "article")}${event.independentCount < event.sourceCount ? `, ${event.independentCount} of them independent` : ""}`],
    ["Confidence", event.confidence === null ? "" : `${Math.round(event.confidence * 100)} %`],
  ].filter(([, value]) => value);
  return [
    eventHead(event),
    ...heading(capital(event.words), partiesOf(event, 9)),
    make("dl", {}, ...facts.flatMap(([term, value]) => [make("dt", { textContent: term }), make("dd", { textContent: value })])),
    ...answersOf(index, select),
    ...differences(event),
    make("h3", { textContent: plural(event.accounts.length, "account") }),
    ...event.accounts.map((account) => make("div", { className: "card" }, accountBlock(account, event))),
  ].filter(Boolean);
}

function answersOf(index, select) {
  const links = data.links.filter((link) => link.from === index || link.to === index);
  if (!links.length) return [];
  return [make("h3", { textContent: "Other events" }), ...links.map((link) => linkLine(link, select, index))];
}

/** A relation between events as a line; seen from one of them when `from` is given. */
function linkLine(link, select, from = null) {
  const [forward, backward] = data.relations[link.type] || [link.type, link.type];
  const button = (index) => make("button", {
    type: "button",
    textContent: titleOf(data.events[index]),
    click: () => select({ kind: "event", index }, { centre: true }),
  });
  if (from === null) return make("p", { className: "link-line" }, button(link.from), ` ${forward} `, button(link.to));
  const isForward = link.from === from;
  const line = make("div", { className: "link-line" }, `${capital(isForward ? forward : backward)}: `, button(isForward ? link.to : link.from));
  if (link.sentence) line.append(evidence(link.sentence, null, link.source === null ? null : data.sources[link.source]));
  return line;
}

/** Where accounts disagree, each version beside those who give it. */
function differences(event) {
  const said = (values) => values.join(", ");
  const number = (term) => (account) => {
    const bounds = account.counted.filter(([each]) => each === term).map(([, extent]) => extent);
    const found = account.counts.find(([each]) => each === term);
    return bounds.join(" + ") || (found ? String(found[1]) : "");
  };
  const fields = [
    ["actor", "Who did it", (account) => said(account.actors), "not named"],
    ["recipient", "To whom", (account) => said(account.recipients), "not named"],
    ["place", "Where", (account) => said(account.places), "not stated"],
    ["weapon", "With what", (account) => said(account.weapons), "not stated"],
    ["time", "When", (account) => account.when || "", "not stated"],
    ["happened", "Did it happen?", (account) => statusOf(account.status).label, ""],
    ["killed", "Killed", number("killed"), "not stated"],
    ["injured", "Injured", number("injured"), "not stated"],
    ["arrested", "Arrested", number("arrested"), "not stated"],
    ["displaced", "Displaced", number("displaced"), "not stated"],
  ];
  const groups = { "Accounts contradict one another": [], "Accounts vary": [] };
  for (const [field, title, read, silent] of fields) {
    const versions = new Map();
    for (const account of event.accounts) {
      const version = read(account);
      versions.set(version, [...(versions.get(version) || []), account]);
    }
    if ([...versions.keys()].filter(Boolean).length < 2) continue;
    const group = event.disagreements.includes(field) ? "Accounts contradict one another" : "Accounts vary";
    groups[group].push(versionTable(title, versions, silent));
  }
  return Object.entries(groups).flatMap(([title, tables]) =>
    tables.length ? [make("h3", { textContent: title }), ...tables] : []);
}

function versionTable(title, versions, silent) {
  const rows = [...versions].map(([version, accounts]) => make("tr", {},
    make("td", { textContent: version || silent }),
    make("td", { textContent: [...new Set(accounts.map(voiceOf))].join("; ") })));
  return make("table", { className: "versions" },
    make("thead", {}, make("tr", {},
      make("th", { scope: "col", textContent: title }),
      make("th", { scope: "col", textContent: "according to" }))),
    make("tbody", {}, ...rows));
}

function voiceOf(account) {
  const source = data.sources[account.source];
  const outlet = source.publisher || source.title;
  return account.speakers.length ? `${account.speakers[0]} (${outlet})` : outlet;
}
