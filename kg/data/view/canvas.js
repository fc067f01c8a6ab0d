// The two pictures. Positions are fixed; filters hide and show, so that nothing jumps.

const pictures = new Map();
const LEAST_READABLE_ZOOM = 0.45;
const MOST_ZOOM = 1.2;

/** Draw one picture into its place, once. */
function openPicture(view, select) {
  if (pictures.has(view)) return pictures.get(view);
  const drawing = data.drawings[view];
  const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, title: nodeTitle(node.id) })));
  const edges = new vis.DataSet(drawing.edges.map((edge) => ({ ...edge, baseWidth: edge.width, label: " " })));
  const shown = { nodes: new Set(), edges: new Set() };
  const nodesView = new vis.DataView(nodes, { filter: (node) => shown.nodes.has(node.id) });
  const edgesView = new vis.DataView(edges, { filter: (edge) => shown.edges.has(edge.id) });
  const picture = { view, drawing, nodes, edges, nodesView, edgesView, shown, spoken: new Set(), applied: new Map(), network: null };
  updatePicture(picture, shownEvents());
  picture.network = new vis.Network(
    byId(`canvas-${view}`), { nodes: nodesView, edges: edgesView }, data.options,
  );
  picture.network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) select(selectionOfNode(node));
    else if (edge !== undefined) select({ kind: "edge", view, id: edge });
    else select(null);
  });
  picture.network.on("doubleClick", ({ nodes: [node] }) => {
    if (node && node.startsWith("t")) focusOn(Number(node.slice(1)));
  });
  pictures.set(view, picture);
  frameFirst(picture);
  return picture;
}

function selectionOfNode(node) {
  const index = Number(node.slice(1));
  if (node.startsWith("e")) return { kind: "event", index };
  if (node.startsWith("u")) return { kind: "unnamed", index };
  return { kind: "thing", index };
}

function nodeOfSelection(selection) {
  const letter = { event: "e", unnamed: "u", thing: "t" }[selection.kind];
  return letter ? `${letter}${selection.index}` : null;
}

/** The whole name on hover; vis-network shows strings as text. */
function nodeTitle(node) {
  const index = Number(node.slice(1));
  if (node.startsWith("u")) return "No source names who did this; these events need not have one author.";
  if (node.startsWith("e")) return titleOf(data.events[index]);
  const thing = data.things[index];
  return `${thing.label}\n${thing.kind}`;
}

/** Show what passes the filters, with counts of what is shown. */
function updatePicture(picture, events) {
  const { drawing, shown } = picture;
  const focus = focusStack.at(-1);
  const things = new Set();
  const isWanted = (node) => {
    if (node.startsWith("e")) return events.has(Number(node.slice(1)));
    if (node.startsWith("u") && !filter.unnamed) return false;
    const thing = Number(node.slice(1));
    return isGroupShown(thing) && (!focus || focus.all.has(thing));
  };
  shown.edges.clear();
  const changes = [];
  for (const edge of drawing.edges) {
    const isRelation = Boolean(edge.link);
    const passing = edge.events.filter((event) => events.has(event));
    if (edge.tie !== undefined) continue;
    const isStanding = !edge.events.length;
    const passes = isRelation ? passing.length === edge.events.length : isStanding || passing.length > 0;
    if (!passes || !isWanted(edge.from) || !isWanted(edge.to)) continue;
    shown.edges.add(edge.id);
    if (!isStanding) [edge.from, edge.to].forEach((node) => things.add(node));
    const change = edgeChange(picture, edge, isRelation ? 1 : passing.length);
    // Each update costs vis-network a pass over the edge, so only what differs is sent.
    const mark = `${change.label}|${change.width}`;
    if (picture.applied.get(edge.id) !== mark) changes.push(change);
    picture.applied.set(edge.id, mark);
  }
  showTies(picture, events, { things, isWanted, changes });
  shown.nodes.clear();
  for (const node of drawing.nodes) {
    const isParty = node.id.startsWith("t") && takesPart(Number(node.id.slice(1)), events);
    if (isWanted(node.id) && (node.id.startsWith("e") || things.has(node.id) || isParty)) shown.nodes.add(node.id);
  }
  for (const edge of drawing.edges) {
    if (!shown.nodes.has(edge.from) || !shown.nodes.has(edge.to)) shown.edges.delete(edge.id);
  }
  picture.edges.update(changes);
  picture.nodesView.refresh();
  picture.edgesView.refresh();
}

/** Show the relations of actors that are shown, with who stands at the other end. */
function showTies({ drawing, shown, spoken, applied }, events, { things, isWanted, changes }) {
  const isParty = (node) => things.has(node) || takesPart(Number(node.slice(1)), events);
  const ties = drawing.edges.filter((edge) =>
    edge.tie !== undefined && isTieShown(data.ties[edge.tie]) &&
    isWanted(edge.from) && isWanted(edge.to) && (isParty(edge.from) || isParty(edge.to)));
  for (const edge of ties) {
    shown.edges.add(edge.id);
    [edge.from, edge.to].forEach((node) => things.add(node));
    const isSpoken = filter.words && edge.labelled || spoken.has(edge.id);
    const change = { id: edge.id, label: isSpoken ? edge.words : " ", title: edge.words };
    if (applied.get(edge.id) !== change.label) changes.push(change);
    applied.set(edge.id, change.label);
  }
}

function takesPart(thing, events) {
  return eventsOfThing[thing].some((event) => {
    const { actors, recipients } = data.events[event];
    return events.has(event) && (actors.includes(thing) || recipients.includes(thing));
  });
}

function edgeChange(picture, edge, count) {
  const words = edge.quiet ? "" : edge.words;
  const counted = count > 1 ? `${words} ×${count}` : words;
  const isSpoken = filter.words && edge.labelled || picture.spoken.has(edge.id);
  const width = edge.quiet || edge.link ? edge.width : 1.4 + 1.3 * Math.sqrt(count - 1);
  // vis-network keeps an old label when the new one is empty.
  return { id: edge.id, label: isSpoken && words ? counted : " ", width, title: counted || undefined };
}

/** Bring everything that is shown into view. */
function frame(picture) {
  const ids = picture.nodesView.getIds();
  if (ids.length) picture.network.fit({ nodes: ids, animation: false, maxZoomLevel: MOST_ZOOM, minZoomLevel: 0.02 });
}

/** Open on everything, or, where that would be too small to read, on the busiest node. */
function frameFirst(picture) {
  frame(picture);
  if (picture.network.getScale() >= LEAST_READABLE_ZOOM) return;
  const things = picture.drawing.nodes.filter((node) => node.id.startsWith("t") && picture.shown.nodes.has(node.id));
  const busiest = things.reduce((most, node) => (node.size > most.size ? node : most), things[0]);
  if (busiest) picture.network.moveTo({ position: { x: busiest.x, y: busiest.y }, scale: LEAST_READABLE_ZOOM + 0.15 });
}

/** Mark what the panel shows, with the words of all its lines. */
function pointAt(picture, selection) {
  picture.network.unselectAll();
  picture.spoken.clear();
  if (selection && selection.kind === "edge") {
    if (selection.view === picture.view && picture.shown.edges.has(selection.id)) {
      picture.network.selectEdges([selection.id]);
      picture.spoken.add(selection.id);
    }
  } else if (selection) {
    const node = nodeOfSelection(selection);
    if (picture.shown.nodes.has(node)) {
      picture.network.selectNodes([node]);
      picture.network.getConnectedEdges(node).forEach((edge) => picture.spoken.add(edge));
    }
  }
  updatePicture(picture, shownEvents());
}

function centreOn(picture, node) {
  if (!picture.shown.nodes.has(node)) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scale = Math.max(picture.network.getScale(), 0.8);
  picture.network.focus(node, { scale, animation: isStill ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
}
