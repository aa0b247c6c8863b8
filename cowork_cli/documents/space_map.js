"use strict";
// A map in Web Mercator without a library: places by name, pins, and map images only if they are wanted.
// Nothing is fetched before the box is ticked. Text goes in as text, never as HTML.
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const map = document.getElementById("map");
  const layers = { tiles: document.getElementById("tiles"), towns: document.getElementById("towns"),
    pins: document.getElementById("pins") };
  const rows = [...document.querySelectorAll("#list li")];
  const filter = document.getElementById("filter");
  const onlyOpen = document.getElementById("only-open");
  const images = document.getElementById("images");
  const said = document.getElementById("said");
  const TILE = 256, DEEPEST = 18;
  const now = () => { // #at=2026-11-25T17:00:00Z looks at another time
    const asked = new Date(new URLSearchParams(location.hash.slice(1)).get("at") || NaN);
    return isNaN(asked) ? new Date() : asked;
  };
  let zoom = 6, middle = [0.5, 0.5], chosen = -1;

  // ---- where things are: the world is 1 × 1, north-west is 0, 0

  const project = (lat, lon) => {
    const sin = Math.sin(Math.max(-85, Math.min(85, lat)) * Math.PI / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
  };
  const size = () => TILE * 2 ** zoom;
  const place = ([x, y]) => [(x - middle[0]) * size() + map.clientWidth / 2,
    (y - middle[1]) * size() + map.clientHeight / 2];
  const spots = page.spots.map((spot, index) => ({ ...spot, index,
    point: spot.lat === null ? null : project(spot.lat, spot.lon) }));
  const towns = page.towns.map(([name, lat, lon]) => ({ name, point: project(lat, lon) }));

  // ---- opening hours: the pattern of a week, and the days that differ

  function local(zone, at) {
    const parts = {};
    for (const { type, value } of new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric",
      month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(at))
      parts[type] = value;
    return { day: `${parts.year}-${parts.month}-${parts.day}`, minute: parts.hour * 60 + +parts.minute };
  }
  const shifted = (day, by) => new Date(Date.parse(day + "T12:00:00Z") + by * 864e5).toISOString().slice(0, 10);
  function spans(hours, day) {
    if (day < hours.first || day > hours.last) return null;
    if (day in hours.exceptions) return hours.exceptions[day];
    return hours.days[(new Date(day + "T12:00:00Z").getUTCDay() + 6) % 7];
  }
  const clock = minute => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  function state(hours, at) {
    if (!hours) return { state: "unknown", text: "" };
    const { day, minute } = local(hours.zone, at);
    const today = spans(hours, day), night = spans(hours, shifted(day, -1)) || [];
    if (today === null) return { state: "unknown", text: "hours of today are not known" };
    const all = [...night.map(([a, b]) => [a - 1440, b - 1440]), ...today].sort((a, b) => a[0] - b[0]);
    const running = all.find(([a, b]) => a <= minute && minute < b);
    if (running) return until(hours, day, running[1]);
    for (let ahead = 0; ahead < 8; ahead++) {
      const next = spans(hours, shifted(day, ahead));
      if (next === null) break;
      const first = next.find(([a]) => ahead || a > minute);
      if (first) return { state: "closed", text: `closed now, opens ${weekday(shifted(day, ahead), ahead)}${clock(first[0])}` };
    }
    return { state: "closed", text: "closed now" };
  }
  function until(hours, day, end) {
    for (let ahead = 1; ahead < 9 && end >= ahead * 1440; ahead++) { // on over midnight
      const on = (spans(hours, shifted(day, ahead)) || []).find(([a, b]) => a === 0 && end === ahead * 1440);
      if (!on) break;
      end = ahead * 1440 + on[1];
      if (ahead > 6) return { state: "open", text: "open now, day and night" };
    }
    const days = Math.floor((end - 1) / 1440);
    const hour = end % 1440 ? clock(end) : "24:00";
    return { state: "open", text: `open now, until ${weekday(shifted(day, days), days)}${hour}` };
  }
  const weekday = (day, ahead) => ahead < 1 ? ""
    : new Date(day + "T12:00:00Z").toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" }) + " ";

  // ---- drawing

  function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  }
  for (const spot of spots) {
    if (!spot.point) continue;
    spot.pin = element("button", { class: "pin", type: "button", tabindex: "-1" });
    spot.pin.addEventListener("click", () => choose(spot.index, false));
    layers.pins.append(spot.pin);
  }
  for (const town of towns) layers.towns.append(town.label = element("span", {}, town.name));

  function draw() {
    for (const spot of spots) if (spot.pin) put(spot.pin, place(spot.point));
    const taken = [];
    for (const town of towns) { // the largest first; a name that would touch another is left out
      const [x, y] = place(town.point), wide = town.name.length * 4 + 8;
      const free = taken.every(([a, b, w]) => Math.abs(a - x) > w + wide || Math.abs(b - y) > 18);
      town.label.hidden = !free || x < 0 || y < 0 || x > map.clientWidth || y > map.clientHeight;
      if (!town.label.hidden) { taken.push([x, y, wide]); put(town.label, [x, y]); }
    }
    drawScale();
    drawTiles();
  }
  const put = (thing, [x, y]) => { thing.style.left = `${x}px`; thing.style.top = `${y}px`; };
  function drawScale() {
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * middle[1])));
    const metre = size() / (40075016.7 * Math.cos(lat));
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6]
      .filter(length => length * metre <= 140).pop() || 1;
    const scale = document.getElementById("scale");
    scale.style.width = `${step * metre}px`;
    scale.textContent = step < 1000 ? `${step} m` : `${step / 1000} km`;
  }
  function drawTiles() {
    const wanted = images.checked && page.tiles !== null;
    map.classList.toggle("tiled", wanted);
    if (!wanted) { layers.tiles.replaceChildren(); return; }
    const last = 2 ** zoom, kept = new Map([...layers.tiles.children].map(tile => [tile.dataset.key, tile]));
    const from = [middle[0] * size() - map.clientWidth / 2, middle[1] * size() - map.clientHeight / 2];
    for (let x = Math.floor(from[0] / TILE); x * TILE < from[0] + map.clientWidth; x++)
      for (let y = Math.max(0, Math.floor(from[1] / TILE)); y < last && y * TILE < from[1] + map.clientHeight; y++) {
        const key = `${zoom}/${x}/${y}`;
        let tile = kept.get(key);
        kept.delete(key);
        if (!tile) {
          tile = element("img", { alt: "", draggable: "false", referrerpolicy: "origin" });
          tile.dataset.key = key;
          tile.addEventListener("error", () => { tile.hidden = true; say("Map images could not be loaded."); });
          tile.src = page.tiles.replace("{z}", zoom).replace("{x}", ((x % last) + last) % last).replace("{y}", y);
          layers.tiles.append(tile);
        }
        put(tile, [x * TILE - from[0], y * TILE - from[1]]);
      }
    for (const tile of kept.values()) tile.remove();
  }
  function say(text) { said.textContent = text; }

  // ---- moving

  function move(x, y) { middle = [middle[0] + x / size(), Math.max(0, Math.min(1, middle[1] + y / size()))]; draw(); }
  function zoomTo(level, x = map.clientWidth / 2, y = map.clientHeight / 2) {
    level = Math.max(2, Math.min(DEEPEST, Math.round(level)));
    const at = [x - map.clientWidth / 2, y - map.clientHeight / 2], before = size();
    const fixed = [middle[0] + at[0] / before, middle[1] + at[1] / before];
    zoom = level;
    middle = [fixed[0] - at[0] / size(), fixed[1] - at[1] / size()];
    draw();
  }
  function fit() {
    const points = spots.filter(spot => spot.pin && !spot.pin.hidden).map(spot => spot.point);
    if (!points.length) { draw(); return; }
    const xs = points.map(point => point[0]), ys = points.map(point => point[1]);
    const ends = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    middle = [(ends[0] + ends[1]) / 2, (ends[2] + ends[3]) / 2];
    for (zoom = 15; zoom > 2; zoom--)
      if ((ends[1] - ends[0]) * size() < map.clientWidth - 90 && (ends[3] - ends[2]) * size() < map.clientHeight - 90) break;
    draw();
  }
  function choose(index, centre) {
    chosen = index;
    for (const spot of spots) {
      rows[spot.index].classList.toggle("chosen", spot.index === index);
      rows[spot.index].querySelector("button").setAttribute("aria-pressed", spot.index === index);
      if (spot.pin) spot.pin.classList.toggle("chosen", spot.index === index);
    }
    if (centre && spots[index].point) { middle = spots[index].point; zoom = Math.max(zoom, 13); draw(); }
    else rows[index].scrollIntoView({ block: "nearest" });
  }

  // ---- what is shown

  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/ß/g, "ss").replace(/ae/g, "a").replace(/oe/g, "o").replace(/ue/g, "u");
  const words = rows.map(row => plain(row.textContent));
  function refresh() {
    const wanted = plain(filter.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const spot of spots) {
      const is = state(spot.hours, now()), row = rows[spot.index], cell = row.querySelector(".state");
      cell.textContent = is.text;
      cell.className = `state ${is.state}`;
      const fits = wanted.every(word => words[spot.index].includes(word)) && (!onlyOpen.checked || is.state === "open");
      row.hidden = !fits;
      shown += fits;
      if (!spot.pin) continue;
      spot.pin.hidden = !fits;
      spot.pin.className = `pin ${is.state}${spot.index === chosen ? " chosen" : ""}`;
      spot.pin.setAttribute("aria-label", is.text ? `${spot.name}, ${is.text}` : spot.name);
      spot.pin.title = spot.name;
    }
    say(shown === spots.length ? `${shown} shown` : `${shown} of ${spots.length} shown`);
  }

  rows.forEach((row, index) => row.querySelector("button").addEventListener("click", () => choose(index, true)));
  filter.addEventListener("input", () => { refresh(); fit(); });
  onlyOpen.addEventListener("change", refresh);
  images.addEventListener("change", draw);
  addEventListener("hashchange", refresh);
  addEventListener("online", drawTiles);
  addEventListener("resize", draw);
  document.getElementById("in").addEventListener("click", () => zoomTo(zoom + 1));
  document.getElementById("out").addEventListener("click", () => zoomTo(zoom - 1));
  document.getElementById("all").addEventListener("click", fit);
  const KEYS = { ArrowLeft: () => move(-80, 0), ArrowRight: () => move(80, 0), ArrowUp: () => move(0, -80),
    ArrowDown: () => move(0, 80), "+": () => zoomTo(zoom + 1), "=": () => zoomTo(zoom + 1), "-": () => zoomTo(zoom - 1), 0: fit };
  map.addEventListener("keydown", event => {
    if (event.target !== map || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  map.addEventListener("wheel", event => {
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoomTo(zoom - Math.sign(event.deltaY), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  const fingers = new Map();
  let apart = 0;
  map.addEventListener("pointerdown", event => {
    if (event.target.closest("button, a")) return;
    fingers.set(event.pointerId, event);
    map.setPointerCapture(event.pointerId);
    apart = 0;
  });
  map.addEventListener("pointermove", event => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) { move(before.clientX - event.clientX, before.clientY - event.clientY); return; }
    const [one, other] = [...fingers.values()];
    const length = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    apart = apart || length;
    if (length > apart * 1.6 || length < apart / 1.6) { zoomTo(zoom + Math.sign(length - apart)); apart = length; }
  });
  for (const end of ["pointerup", "pointercancel"]) map.addEventListener(end, event => fingers.delete(event.pointerId));

  document.documentElement.classList.add("ready");
  refresh();
  fit();
  setInterval(refresh, 60000);
})();
