// The same events as a table: for reading, for the keyboard and for screen readers.

const FIRST_ROWS = 500;
const order = { column: 0, down: true };

const columns = [
  ["Date", (event) => event.earliest || ""],
  ["Type", (event) => capital(event.coding)],
  ["Who", (event) => event.actors.map(nameOf).join(", ")],
  ["To whom", (event) => event.recipients.map(nameOf).join(", ")],
  ["Where", (event) => event.places.map(nameOf).join(", ")],
  ["Did it happen?", (event) => statusOf(event.status).label],
  ["Articles", (event) => event.sourceCount],
];

function drawTable(select, selection) {
  const read = columns[order.column][1];
  const compare = (one, other) => {
    const [first, second] = [read(data.events[one]), read(data.events[other])];
    const result = typeof first === "number" ? first - second : first.localeCompare(second);
    return (order.down ? -result : result) || one - other;
  };
  const events = [...shownEvents()].sort(compare);
  const rows = events.slice(0, FIRST_ROWS).map((index) => tableRow(index, select, selection));
  const caption = events.length > FIRST_ROWS
    ? `The first ${FIRST_ROWS} of ${plural(events.length, "event")}; narrow the filters to see the others.`
    : plural(events.length, "event");
  byId("table").replaceChildren(make("table", {},
    make("caption", { textContent: caption }),
    make("thead", {}, make("tr", {}, ...columns.map(([title], column) => headCell(title, column, select)))),
    make("tbody", {}, ...rows)));
}

function headCell(title, column, select) {
  const isSorted = order.column === column;
  const mark = isSorted ? (order.down ? " ↓" : " ↑") : "";
  const button = make("button", {
    type: "button",
    textContent: title + mark,
    click: () => {
      order.down = isSorted ? !order.down : column === 0;
      order.column = column;
      drawTable(select, current.selection);
      byId("table").querySelectorAll("th button")[column].focus();
    },
  });
  return make("th", { scope: "col", "aria-sort": isSorted ? (order.down ? "descending" : "ascending") : "none" }, button);
}

function tableRow(index, select, selection) {
  const event = data.events[index];
  const isSelected = selection && selection.kind === "event" && selection.index === index;
  const type = make("td", { className: "type" }, swatch(quadOf(event).color), make("button", {
    type: "button", className: "open", textContent: capital(event.coding),
    click: () => select({ kind: "event", index }),
  }));
  const cells = columns.slice(2).map(([title, read]) => {
    const value = String(read(event));
    return make("td", { textContent: value || (title === "Who" ? "not named" : "") });
  });
  return make("tr", { "aria-selected": isSelected ? "true" : "false" },
    make("td", { className: "day", textContent: event.day || "undated" }), type, ...cells);
}
