// The body map: muscles coloured by their part in the chain, numbered cards in the margin, arrows between regions.
const VIEWS = new WeakMap();
const MARGIN = 196, HALF = 232, TOP = -6, TALL = 1016;
const NARROW = 380;
const CLOSE = { y: 168, high: 560 };
const ROLES = [["start", "where it begins"], ["between", "passes it on"], ["target", "where it ends"], ["helped", "helped by a remedy"]];

// Where a region is on one side of the body (-1 left, 1 right): the mean of its shapes, seen from `view` if it is seen there.
function placeOf(region, view, side) {
  const anchor = FIGURE.anchors[region];
  if (anchor) return { x: anchor[0] * side, y: anchor[1] };
  const all = FIGURE.shapes.filter((shape) => shape.region === region);
  const seen = all.filter((shape) => shape.view === view);
  const here = (seen.length ? seen : all).filter((shape) => shape.centre[0] * side >= 0);
  if (!here.length) return null;
  const mean = (axis) => here.reduce((sum, shape) => sum + shape.centre[axis], 0) / here.length;
  return { x: mean(0), y: mean(1) };
}

function seenFrom(region, view) {
  return FIGURE.shapes.some((shape) => shape.region === region && shape.view === view);
}

function linesOf(text, letters) {
  const rows = [];
  for (const word of text.split(" ")) {
    if (rows.length && rows[rows.length - 1].length + 1 + word.length <= letters) rows[rows.length - 1] += " " + word;
    else rows.push(word);
  }
  const cut = rows.slice(0, 2).map((row) => (row.length > letters + 1 ? row.slice(0, letters) + "…" : row));
  if (rows.length > 2) cut[1] = cut[1].slice(0, letters - 1) + "…";
  return cut;
}

class BodyMap {
  constructor(root) {
    this.root = root;
    this.watch = new ResizeObserver(() => {
      if (this.data && this.compact !== this.narrow) { this.redraw(); this.choose(this.picked, false); }
    });
  }

  // Too narrow for cards in the margin: numbers on the body, the cards as a list below.
  get narrow() { return this.root.clientWidth > 0 && this.root.clientWidth < NARROW; }

  update(data, pick) {
    this.pick = pick;
    this.watch.observe(this.root);
    const fresh = this.data?.hash !== data.hash;
    this.data = data;
    if (fresh) {
      this.view = data.side || data.view;
      this.frame();
      this.redraw();
    } else if (data.side && data.side !== this.view) this.see(data.side);
    this.choose(data.picked || "", false);
  }

  see(view) {
    this.view = view;
    this.redraw();
    this.choose(this.picked, false);
  }

  frame() {
    const top = make("div", "top"), views = make("div", "tools");
    this.switches = [["back", "Back"], ["front", "Front"], ["close", "Close-up"]].map(([view, name]) => {
      const node = button(name, `${name} of the body`, () => { this.see(view); this.pick({ id: view, kind: "side" }); });
      node.dataset.view = view;
      views.append(node);
      return node;
    });
    top.append(views);
    if (this.data.cards.length) top.append(takeAway(this.data.name || "body-map", () => this.svg));
    this.stage = make("div", "stage");
    this.list = make("div", "list");
    const foot = make("div", "foot");
    const present = new Set(this.data.regions.map((region) => region.role));
    for (const [role, words] of ROLES) {
      if (!present.has(role)) continue;
      const entry = make("span", role);
      entry.append(make("i"), words);
      foot.append(entry);
    }
    if (this.data.note) foot.append(make("span", "", this.data.note));
    this.root.replaceChildren(top, this.stage, this.list, foot);
  }

  // Figure coordinates to the drawing's.
  spot({ x, y }) {
    if (this.view !== "close") return { x, y, out: false };
    const scale = TALL / CLOSE.high;
    const inside = Math.max(-HALF + 12, Math.min(HALF - 12, x * scale));
    const high = (y - CLOSE.y) * scale + TOP;
    return { x: inside, y: Math.max(TOP + 14, Math.min(TOP + TALL - 14, high)), out: high < TOP || high > TOP + TALL };
  }

  get side() { return this.view === "front" ? "front" : "back"; }

  redraw() {
    for (const node of this.switches) node.setAttribute("aria-pressed", String(node.dataset.view === this.view));
    this.compact = this.narrow;
    const margin = this.data.cards.length && !this.compact ? MARGIN : 10;
    const wide = 2 * (HALF + margin);
    this.svg = draw("svg", { viewBox: `${-wide / 2} ${TOP - 6} ${wide} ${TALL + 12}`, role: "group", "aria-label": this.data.label });
    this.nodes = new Map();
    const note = (id, node) => this.nodes.set(id, [...(this.nodes.get(id) || []), node]);
    const arrows = draw("g"), leaders = this.leaders(note);
    // Above every arrow: a ribbon must not cross the words of another.
    this.verbs = draw("g", { "aria-hidden": "true" });
    this.arrows(arrows, note);
    this.svg.append(this.figure(note), ...(this.compact ? [arrows, leaders] : [leaders, arrows]), this.verbs);
    this.list.replaceChildren();
    const numbered = [...this.cards].sort((a, b) => a.number - b.number);
    for (const card of numbered) {
      if (this.compact) this.list.append(this.listed(card, note));
      else this.svg.append(this.drawCard(card, note));
    }
    this.svg.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.picked) this.choose("", true); });
    this.stage.replaceChildren(this.svg);
  }

  figure(note) {
    const clip = `clip-${Math.random().toString(36).slice(2)}`;
    const figure = draw("g", { "clip-path": `url(#${clip})` });
    const inner = draw("g");
    if (this.view === "close") {
      const scale = TALL / CLOSE.high;
      inner.setAttribute("transform", `translate(0 ${TOP - CLOSE.y * scale}) scale(${scale})`);
    }
    for (const look of ["outline", "skin"]) for (const path of FIGURE.outline) inner.append(draw("path", { class: look, d: path }));
    const told = new Map(this.data.regions.map((region) => [region.region, region]));
    const groups = new Map();
    const rank = (shape) => (shape.view !== this.side ? 2 : shape.over ? 1 : 0);
    for (const shape of [...FIGURE.shapes].sort((a, b) => rank(a) - rank(b))) {
      const region = told.get(shape.region), here = shape.view === this.side;
      if (!here && (!region?.role || seenFrom(shape.region, this.side))) continue;
      if (shape.over && !region?.role) continue;
      if (!groups.has(shape.region)) {
        groups.set(shape.region, this.group(region, shape.region, note));
        inner.append(groups.get(shape.region));
      }
      groups.get(shape.region).append(draw("path", { class: `muscle${shape.over ? " over" : ""}${shape.quiet ? " quiet" : ""}${here ? "" : " behind"}`, d: shape.path }));
    }
    figure.append(draw("clipPath", { id: clip }, draw("rect", { x: -HALF, y: TOP - 4, width: 2 * HALF, height: TALL + 8, rx: 24 })), inner);
    return figure;
  }

  group(region, name, note) {
    const node = draw("g", { class: `region ${region?.role ? `told ${region.role}` : region ? "open" : ""}` });
    if (!region) return node;
    node.append(draw("title", {}, region.label));
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", 0);
    node.setAttribute("aria-label", region.label);
    this.listen(node, name, "region");
    note(name, node);
    return node;
  }

  listen(node, id, kind) {
    node.addEventListener("click", () => this.choose(id, true, kind));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(id, true, kind);
    });
  }

  // Cards left and right by turns from top to bottom, pushed apart, so leader lines of a side never cross.
  leaders(note) {
    const layer = draw("g");
    const last = { "-1": -1e4, 1: -1e4 };
    const ordered = [...this.data.cards].map((card) => ({ ...card, at: this.spot(placeOf(card.region, this.side, 1) || { x: 0, y: 0 }) }))
      .sort((a, b) => a.at.y - b.at.y);
    for (const card of ordered) {
      card.side = card.at.y - last[1] >= card.at.y - last[-1] ? 1 : -1;
      last[card.side] = card.at.y;
      card.name = linesOf(card.title, 12);
      card.said = linesOf(card.note || "", 13);
      card.high = 18 + 25 * card.name.length + (card.note ? 22 * card.said.length : 0) + 6;
    }
    this.cards = ordered;
    for (const side of [-1, 1]) {
      const cards = ordered.filter((card) => card.side === side);
      let y = TOP;
      for (const card of cards) { card.y = Math.max(y, card.at.y - card.high / 2); y = card.y + card.high + 14; }
      let floor = TOP + TALL;
      for (const card of [...cards].reverse()) { card.y = Math.min(card.y, floor - card.high); floor = card.y - 14; }
      for (const card of cards) {
        const at = this.spot(placeOf(card.region, this.side, side) || { x: 0, y: 0 });
        const from = side * (HALF + 6), middle = card.y + card.high / 2;
        const knee = side * Math.min(HALF - 6, Math.abs(at.x) + 70);
        if (this.compact) {
          const badge = draw("g", { class: `card badge ${card.role}`, transform: `translate(${at.x} ${at.y})`, "aria-hidden": "true" },
            draw("circle", { r: 19 }), draw("text", { class: "number", y: 7.5, "text-anchor": "middle" }, String(card.number)));
          badge.addEventListener("click", () => this.choose(card.region, true));
          note(card.region, badge);
          layer.append(badge);
          continue;
        }
        const line = draw("path", { class: "leader", d: `M${from} ${middle}L${knee} ${at.out ? middle : at.y}H${at.x}` });
        const dot = draw("circle", { class: "anchor", cx: at.x, cy: at.y, r: 5.5 });
        for (const node of [line, dot]) note(card.region, node);
        layer.append(line, ...(at.out ? [] : [dot]));
      }
    }
    return layer;
  }

  drawCard(card, note) {
    const x = card.side > 0 ? HALF + 6 : -HALF - MARGIN + 4, wide = MARGIN - 10;
    const node = draw("g", { class: `card ${card.role}`, role: "button", tabindex: 0, "aria-label": card.label,
      transform: `translate(${x} ${card.y})` });
    node.append(draw("title", {}, card.label), draw("rect", { width: wide, height: card.high, rx: 14 }),
      draw("circle", { cx: 24, cy: card.high / 2, r: 16 }),
      draw("text", { class: "number", x: 24, y: card.high / 2 + 7.5, "text-anchor": "middle" }, String(card.number)));
    card.name.forEach((row, i) => node.append(draw("text", { class: "name", x: 48, y: 32 + 25 * i }, row)));
    if (card.note) card.said.forEach((row, i) => node.append(draw("text", { class: "said", x: 48, y: 31 + 25 * card.name.length + 22 * i - 2 }, row)));
    this.listen(node, card.region, "region");
    note(card.region, node);
    return node;
  }

  listed(card, note) {
    const node = make("button", `entry ${card.role}`);
    node.type = "button";
    node.setAttribute("aria-label", card.label);
    const words = make("span");
    words.append(make("b", "", card.title), make("small", "", card.note || ""));
    node.append(make("i", "", String(card.number)), words);
    this.listen(node, card.region, "region");
    note(card.region, node);
    return node;
  }

  // Arcs on the outer side, long ones further out: nested arcs don't cross; those that would go to the other half.
  arrows(layer, note) {
    this.taken = [];
    this.ends = new Map();
    const spans = { "-1": [], 1: [] };
    const crosses = (a, b) => (a[0] < b[0] && b[0] < a[1] && a[1] < b[1]) || (b[0] < a[0] && a[0] < b[1] && b[1] < a[1]);
    const ordered = this.data.arrows.map((arrow) => {
      const [from, to] = [arrow.from, arrow.to].map((region) => placeOf(region, this.side, 1));
      return { ...arrow, span: from && to ? [Math.min(from.y, to.y), Math.max(from.y, to.y)] : null };
    }).filter((arrow) => arrow.span).sort((a, b) => (a.span[1] - a.span[0]) - (b.span[1] - b.span[0]));
    for (const arrow of ordered) {
      const cost = (side) => spans[side].filter((span) => crosses(span, arrow.span)).length * 10 + spans[side].length;
      const side = cost(1) <= cost(-1) ? 1 : -1;
      const nested = spans[side].filter((span) => span[0] < arrow.span[1] && arrow.span[0] < span[1]).length;
      spans[side].push(arrow.span);
      layer.append(this.drawArrow(arrow, side, nested, ordered.length <= (this.view === "close" ? 6 : 3), note));
    }
  }

  // Arrows that touch one region on one side touch it side by side, the first in its middle.
  touch(region, side) {
    const name = `${region} ${side}`, count = this.ends.get(name) || 0;
    this.ends.set(name, count + 1);
    const spot = this.spot(placeOf(region, this.side, side));
    return { ...spot, y: spot.y + (count % 2 ? 1 : -1) * Math.ceil(count / 2) * 19 };
  }

  drawArrow(arrow, side, nested, calm, note) {
    const from = this.touch(arrow.from, side), to = this.touch(arrow.to, side);
    const reach = Math.max(Math.abs(from.x), Math.abs(to.x)) + 34 + 26 * nested + Math.abs(to.y - from.y) * 0.16;
    const bow = side * Math.min(HALF - 8, reach);
    const width = 3.5 + 4.5 * arrow.belief;
    const slope = Math.atan2(to.y - (from.y + (to.y - from.y) * 0.78), to.x - bow);
    const end = { x: to.x - Math.cos(slope) * 20, y: to.y - Math.sin(slope) * 20 };
    const path = `M${from.x} ${from.y}C${bow} ${from.y + (to.y - from.y) * 0.2} ${bow} ${from.y + (to.y - from.y) * 0.78} ${end.x} ${end.y}`;
    const node = draw("g", { class: `arrow ${arrow.sign > 0 ? "raises" : "lowers"}`, role: "button", tabindex: 0, "aria-label": arrow.label });
    const turn = `translate(${to.x} ${to.y}) rotate(${slope * 180 / Math.PI})`, half = 8 + width * 0.7;
    node.append(draw("title", {}, arrow.label), draw("path", { class: "hit", d: path }),
      draw("path", { class: "halo", d: path, "stroke-width": width + 5 }),
      draw("path", { class: "line", d: path, "stroke-width": width, ...(arrow.hedged ? { "stroke-dasharray": "13 8" } : {}) }),
      arrow.sign > 0
        ? draw("path", { class: "head", d: `M2 0L-22 ${-half}V${half}Z`, transform: turn })
        : draw("path", { class: "bar", d: `M-18 ${-half - 4}V${half + 4}`, "stroke-width": 7, transform: turn }));
    this.verb(node, arrow, [from, { x: bow, y: from.y + (to.y - from.y) * 0.2 }, { x: bow, y: from.y + (to.y - from.y) * 0.78 }, end], calm, note);
    this.listen(node, arrow.id, "arrow");
    note(arrow.id, node);
    return node;
  }

  // The author's verb on its arc, where no other stands; where there is no room it shows on hover and focus.
  verb(node, arrow, [a, b, c, d], calm, note) {
    if (!arrow.verb) return;
    const words = arrow.verb.length > 18 ? arrow.verb.slice(0, 17) + "…" : arrow.verb, wide = words.length * 10.5 + 24;
    const on = (t, axis) => (1 - t) ** 3 * a[axis] + 3 * t * (1 - t) ** 2 * b[axis] + 3 * t * t * (1 - t) * c[axis] + t ** 3 * d[axis];
    const spots = [0.5, 0.4, 0.6, 0.3, 0.7].map((t) => ({ x: on(t, "x"), y: on(t, "y") }));
    const free = spots.find(({ x, y }) => !this.taken.some((other) => Math.abs(other.x - x) < (other.wide + wide) / 2 + 4 && Math.abs(other.y - y) < 38));
    const { x, y } = free || spots[0];
    if (free) this.taken.push({ x, y, wide });
    const label = draw("g", { class: `verb${calm && free ? " calm" : ""}`, transform: `translate(${x} ${y})` },
      draw("rect", { x: -wide / 2, y: -17, width: wide, height: 34, rx: 17 }), draw("text", { y: 7, "text-anchor": "middle" }, words));
    for (const [event, shown] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]]) {
      node.addEventListener(event, () => label.classList.toggle("shown", shown));
    }
    note(arrow.id, label);
    this.verbs.append(label);
  }

  choose(id, tell, kind = "region") {
    if (tell && id === this.picked) id = "";
    this.picked = id;
    const arrow = this.data.arrows.find((each) => each.id === id);
    const on = new Set(id ? [id] : []);
    for (const each of this.data.arrows) {
      if (arrow ? each.id === id : each.from === id || each.to === id) for (const name of [each.id, each.from, each.to]) on.add(name);
    }
    this.svg.classList.toggle("picking", Boolean(id) && this.data.cards.length > 0 && this.nodes.has(id));
    for (const [name, nodes] of this.nodes) {
      for (const node of nodes) {
        node.classList.toggle("on", on.has(name));
        node.classList.toggle("picked", name === id);
      }
    }
    if (tell) this.pick({ id, kind });
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".body");
  if (!VIEWS.has(root)) VIEWS.set(root, new BodyMap(root));
  const map = VIEWS.get(root);
  map.update(data, (picked) => setTriggerValue("picked", picked));
  return () => map.watch.disconnect();
}
