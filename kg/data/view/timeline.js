// How many events per day, month or year, and the range of dates to show.

const SVG = "http://www.w3.org/2000/svg";
const MOST_BARS = 70;

const dated = data.events.filter((event) => event.earliest);
const firstDay = dated.reduce((least, event) => (event.earliest < least ? event.earliest : least), "9999");
const lastDay = dated.reduce((most, event) => (event.latest > most ? event.latest : most), "0000");

/** The bars: each a stretch of days, none left out, so that gaps are seen as gaps. */
function binsOf(first, last) {
  for (const [grain, length] of [["day", 10], ["month", 7], ["year", 4]]) {
    const bins = [];
    const date = new Date(`${first}T00:00:00Z`);
    if (grain !== "day") date.setUTCDate(1);
    if (grain === "year") date.setUTCMonth(0);
    while (date.toISOString().slice(0, 10) <= last && bins.length <= 400) {
      const start = date.toISOString().slice(0, 10);
      if (grain === "day") date.setUTCDate(date.getUTCDate() + 1);
      else if (grain === "month") date.setUTCMonth(date.getUTCMonth() + 1);
      else date.setUTCFullYear(date.getUTCFullYear() + 1);
      const end = new Date(date.getTime() - 86400000).toISOString().slice(0, 10);
      bins.push({ start, end, label: start.slice(0, length) });
    }
    if (bins.length <= MOST_BARS || grain === "year") return bins;
  }
  return [];
}

function drawTimeline(changed) {
  const place = byId("timeline");
  if (!dated.length) {
    place.replaceChildren(make("p", { className: "dates", textContent: "No event has a date." }));
    return;
  }
  const bins = binsOf(firstDay, lastDay);
  const from = dateInput("From", filter.from || firstDay);
  const to = dateInput("to", filter.to || lastDay);
  const undatedCount = data.events.length - dated.length;
  const undated = checkbox(filter.undated, [`include ${undatedCount} undated`], (on) => {
    filter.undated = on;
    changed();
  });
  const chart = make("div", { className: "chart" });
  const low = rangeInput("First date", bins.length, 0);
  const high = rangeInput("Last date", bins.length, bins.length);

  const apply = (start, end) => {
    filter.from = start > firstDay ? start : null;
    filter.to = end < lastDay ? end : null;
    changed();
    paintBars(chart, bins);
  };
  const fromSliders = () => {
    const [left, right] = [Number(low.value), Number(high.value)];
    if (left >= right) {
      if (document.activeElement === low) low.value = right - 1;
      else high.value = left + 1;
      return;
    }
    from.input.value = left === 0 ? firstDay : bins[left].start;
    to.input.value = right === bins.length ? lastDay : bins[right - 1].end;
    low.setAttribute("aria-valuetext", from.input.value);
    high.setAttribute("aria-valuetext", to.input.value);
    apply(from.input.value, to.input.value);
  };
  const fromDates = () => {
    const start = from.input.value || firstDay;
    const end = to.input.value || lastDay;
    const left = bins.findIndex((bin) => bin.end >= start);
    const right = bins.findLastIndex((bin) => bin.start <= end);
    low.value = Math.max(left, 0);
    high.value = right + 1;
    apply(start, end);
  };
  low.addEventListener("input", fromSliders);
  high.addEventListener("input", fromSliders);
  from.input.addEventListener("change", fromDates);
  to.input.addEventListener("change", fromDates);
  place.replaceChildren(
    make("div", { className: "dates" }, from.line, to.line, make("span", { className: "spring" }), undatedCount ? undated.line : null),
    chart,
  );
  chart.append(document.createElementNS(SVG, "svg"), ...ticks(bins), low, high);
  paintBars(chart, bins);
}

function dateInput(label, value) {
  const input = make("input", { type: "date", value, min: firstDay, max: lastDay });
  return { input, line: make("label", {}, `${label} `, input) };
}

function rangeInput(label, most, value) {
  return make("input", { type: "range", min: 0, max: most, step: 1, value, "aria-label": label });
}

function ticks(bins) {
  const every = Math.max(1, Math.ceil(bins.length / 8));
  return bins
    .map((bin, index) => [bin, index])
    .filter(([, index]) => index % every === 0)
    .map(([bin, index]) => {
      const tick = make("span", { className: "tick", textContent: bin.label });
      tick.style.left = `${((index + 0.5) / bins.length) * 100}%`;
      return tick;
    });
}

/** Stacked bars by quad class; what lies outside the range is pale. */
function paintBars(chart, bins) {
  const svg = chart.querySelector("svg");
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${bins.length} 100`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const stacks = bins.map((bin) =>
    data.quads.map((quad) => dated.filter((event) =>
      quadOf(event) === quad && event.earliest <= bin.end && event.earliest >= bin.start &&
      filter.types.has(event.type) && filter.statuses.has(event.status)).length));
  const highest = Math.max(1, ...stacks.map((stack) => stack.reduce((sum, count) => sum + count, 0)));
  stacks.forEach((stack, index) => {
    const isInside = (!filter.from || bins[index].end >= filter.from) && (!filter.to || bins[index].start <= filter.to);
    let base = 100;
    stack.forEach((count, quad) => {
      const height = (count / highest) * 92;
      base -= height;
      if (!count) return;
      const bar = document.createElementNS(SVG, "rect");
      const shape = { x: index + 0.1, y: base, width: 0.8, height, fill: data.quads[quad].color, "fill-opacity": isInside ? 0.85 : 0.2 };
      Object.entries(shape).forEach(([key, value]) => bar.setAttribute(key, value));
      svg.append(bar);
    });
  });
}
