// The ground of the map: outlines of the countries, and where the reader looks.
// The projection is equirectangular, true to scale at the latitude where most events are.

const LEAST_SPAN = 8;
const [NORTH, SOUTH] = [85, -60];
// Beyond so many pixels to a degree the outlines are cruder than the screen.
const MOST_SCALE = 900;
const COUNTRY_FONT = "11px system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";

// What is looked at: the middle in degrees of latitude, and pixels to a degree.
const eye = { x: 0, y: 0, scale: 4, width: 0, height: 0 };
const shrink = (() => {
  const latitudes = data.things.filter((thing) => thing.spot).map((thing) => Math.abs(thing.spot.lat));
  const middle = latitudes.sort((one, other) => one - other)[Math.floor(latitudes.length / 2)] || 0;
  return Math.cos((Math.min(middle, 60) * Math.PI) / 180);
})();

/** A point of the globe on the plane of the map; y grows downwards as on the screen. */
const onPlane = (lon, lat) => [lon * shrink, -lat];
const eastOfCut = (lon) => (lon < data.world.west ? lon + 360 : lon);
const toScreen = ([x, y]) => [(x - eye.x) * eye.scale + eye.width / 2, (y - eye.y) * eye.scale + eye.height / 2];

/** Whole numbers out of Google's encoded polyline format: five bits to a character. */
function decoded(text) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const letter of text) {
    const bits = letter.charCodeAt(0) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? ~(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

let outlines = null;

/** The outlines as paths on the plane, made when the map is first opened. */
function readOutlines() {
  const { scale, arcs, countries } = data.world;
  const lines = arcs.map((text) => {
    const line = [];
    const steps = decoded(text);
    let [lon, lat] = [0, 0];
    for (let index = 0; index < steps.length; index += 2) {
      lon += steps[index];
      lat += steps[index + 1];
      line.push(onPlane(lon / scale, lat / scale));
    }
    return line;
  });
  const uses = lines.map(() => 0);
  const land = new Path2D();
  const names = countries.map(({ id, name, at, rings }) => {
    let widest = 0;
    for (const ring of rings) {
      const points = ring.flatMap((arc) => (arc < 0 ? [...lines[~arc]].reverse() : lines[arc]));
      ring.forEach((arc) => (uses[arc < 0 ? ~arc : arc] += 1));
      points.forEach(([x, y], index) => (index ? land.lineTo(x, y) : land.moveTo(x, y)));
      land.closePath();
      const across = points.map(([x]) => x);
      widest = Math.max(widest, Math.max(...across) - Math.min(...across));
    }
    return { id, name, width: widest, at: onPlane(at[0] / scale, at[1] / scale) };
  });
  // A line that two countries share is a border, any other a coast.
  const [coast, border] = [new Path2D(), new Path2D()];
  lines.forEach((line, arc) => {
    const path = uses[arc] > 1 ? border : coast;
    line.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
  });
  return { land, coast, border, names };
}

/** Paint the ground; `isFree` tells whether a box is free of marks and their labels. */
function drawWorld(canvas, isFree) {
  outlines = outlines || readOutlines();
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(eye.width * density);
  canvas.height = Math.round(eye.height * density);
  const pen = canvas.getContext("2d");
  pen.fillStyle = data.map.sea;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const zoom = eye.scale * density;
  pen.setTransform(zoom, 0, 0, zoom, (eye.width / 2 - eye.x * eye.scale) * density, (eye.height / 2 - eye.y * eye.scale) * density);
  pen.fillStyle = data.map.land;
  pen.fill(outlines.land, "evenodd");
  pen.lineJoin = "round";
  pen.lineWidth = 1 / eye.scale;
  pen.strokeStyle = data.map.border;
  pen.stroke(outlines.border);
  pen.strokeStyle = data.map.coast;
  pen.stroke(outlines.coast);
  pen.setTransform(density, 0, 0, density, 0, 0);
  nameCountries(pen, isFree);
}

function nameCountries(pen, isFree) {
  pen.font = COUNTRY_FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = data.map.name;
  for (const country of outlines.names) {
    const width = pen.measureText(country.name).width;
    const [x, y] = toScreen(country.at);
    const box = { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y - 8, bottom: y + 8 };
    if (width > country.width * eye.scale || !isFree(box)) continue;
    pen.fillText(country.name, x, y);
  }
}

/** Look so that all `points` of the plane are seen, with room for marks and labels. */
function lookAt(points) {
  if (!points.length) return;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  eye.x = (left + right) / 2;
  eye.y = (top + bottom) / 2;
  const across = Math.max(right - left, LEAST_SPAN * shrink);
  const down = Math.max(bottom - top, LEAST_SPAN);
  eye.scale = Math.min((eye.width * 0.76) / across, (eye.height * 0.7) / down);
  keepInWorld();
}

/** Zoom by `factor` around a point of the screen, which stays where it is. */
function zoomAround(factor, x = eye.width / 2, y = eye.height / 2) {
  const before = eye.scale;
  eye.scale *= factor;
  keepInWorld();
  const gain = 1 / before - 1 / eye.scale;
  eye.x += (x - eye.width / 2) * gain;
  eye.y += (y - eye.height / 2) * gain;
  keepInWorld();
}

function keepInWorld() {
  const { west } = data.world;
  const least = Math.min(eye.width / (360 * shrink), eye.height / (NORTH - SOUTH));
  eye.scale = Math.min(MOST_SCALE, Math.max(least, eye.scale));
  const within = (value, low, high, seen) =>
    high - low <= seen ? (low + high) / 2 : Math.min(high - seen / 2, Math.max(low + seen / 2, value));
  eye.x = within(eye.x, west * shrink, (west + 360) * shrink, eye.width / eye.scale);
  eye.y = within(eye.y, -NORTH, -SOUTH, eye.height / eye.scale);
}
