// The chain view: cards in columns, ribbons between them. Where things stand came from Python (views/layout.py).
const WIDE = 164, PAD = 18, NARROW_GAP = 98, WIDE_GAP = 150, ROOMY_GAP = 210, HEAD = 11;
const ROOM = 640, SMALLEST = 0.84, SMALLEST_WHOLE = 0.72, SMALLEST_ON_PHONE = 0.74, PHONE = 560;
const STACKED = 1000;
const STEP_DOWN = 46, VERB_BESIDE = 70;
const VIEWS = new WeakMap();

class ChainView {
  constructor(root) {
    this.root = root;
    this.zoom = 1;
    this.picked = "";
    this.watch = new ResizeObserver(() => this.fit());
  }

  update(data, pick) {
    this.pick = pick;
    this.watch.observe(this.root);
    if (this.data?.hash !== data.hash) {
      this.data = data;
      this.width = 0;
      this.frame();
      this.fit();
      this.lookAtFocus();
    }
    this.data = data;
    this.choose(data.picked || "", false);
  }

  frame() {
    this.stage = make("div", `stage${this.data.roomy ? " roomy" : ""}`);
    if (this.data.bare) {
      this.root.replaceChildren(this.stage);
      return;
    }
    const zoom = make("div", "tools");
    const scale = make("div", "tools zoom");
    scale.append(
      button("−", "Smaller", () => this.zoomBy(1 / 1.2)),
      button("Fit", "Fit the width", () => { this.zoom = 1; this.redraw(); this.lookAtFocus(); }),
      button("+", "Larger", () => this.zoomBy(1.2)),
    );
    zoom.append(scale, takeAway(this.data.name || "kinetrace", () => this.svg, () => this.data.csv));
    const top = make("div", "top");
    top.append(make("span", "hint", this.data.hint || ""), zoom);
    this.root.replaceChildren(...this.heading(), top, this.stage, this.legend());
    if (!this.data.cards.length) this.stage.append(make("div", "empty", this.data.empty));
  }

  // The question that the drawing answers, and one chain of it as a sentence that opens as a walk.
  heading() {
    if (!this.data.title) return [];
    const parts = [make("h1", "question", this.data.title)];
    if (this.data.lead) {
      const lead = make("p", "lead");
      for (const [text, role] of this.data.lead.segments) lead.append(role ? make(role === "strong" ? "b" : "span", role, text) : text);
      const walk = () => this.pick({ id: this.data.lead.id, kind: "walk" });
      if (this.data.lead.id) lead.append(" ", button("Walk it", "Walk this chain step by step", walk));
      parts.push(lead);
    }
    return parts;
  }

  legend() {
    const legend = make("div", "legend");
    const entry = (words, className, dashed) => {
      const glyph = draw("svg", { width: 34, height: 12, "aria-hidden": "true" });
      const arrow = draw("g", { class: `arrow ${className}` });
      arrow.append(draw("path", { class: "line", d: "M0 6H24", "stroke-width": 3, ...(dashed ? { "stroke-dasharray": "6 4" } : {}) }));
      arrow.append(this.tip(32, 6, 1, className === "lowers", 3));
      glyph.append(arrow);
      const span = make("span");
      span.append(glyph, words);
      return span;
    };
    legend.append(entry("raises", "raises"), entry("lowers", "lowers"), entry("hedged: “may”, “can”", "raises", true),
      make("span", "", `thicker = more ${this.data.thicker || "belief"}`));
    if (this.data.note) legend.append(make("span", "note", this.data.note));
    return legend;
  }

  zoomBy(factor) {
    this.zoom = Math.min(2.5, Math.max(0.4, this.zoom * factor));
    this.redraw();
  }

  fit() {
    const width = Math.floor(this.stage?.clientWidth || 0);
    if (!width || Math.abs(width - this.width) < 2 || !this.data.cards.length) return;
    this.width = width;
    this.redraw();
  }

  lookAtFocus() {
    const focus = this.data.cards.find((card) => card.focus);
    if (!focus) {
      // What is widest known stands in the middle; on a narrow screen the left edge alone says little.
      this.stage.scrollLeft = (this.stage.scrollWidth - this.stage.clientWidth) / 2;
      this.stage.scrollTop = (this.stage.scrollHeight - this.stage.clientHeight) / 2;
      return;
    }
    if (focus.column > 0) this.stage.scrollLeft = this.stage.scrollWidth;
    const box = this.spots?.get(focus.id)?.node.getBoundingClientRect(), stage = this.stage.getBoundingClientRect();
    if (box) this.stage.scrollTop += box.top + box.height / 2 - stage.top - stage.height / 2;
  }

  // One card per column and no room for them beside each other: a chain then reads from top to bottom.
  get upright() {
    const { columns, cards } = this.data;
    return columns > 1 && cards.length === columns && this.width < SMALLEST * (2 * PAD + columns * WIDE + (columns - 1) * NARROW_GAP);
  }

  redraw() {
    const { columns, height } = this.data;
    this.standing = this.upright;
    const free = (this.width - 2 * PAD - columns * WIDE) / Math.max(1, columns - 1);
    this.gap = Math.min(this.data.roomy ? ROOMY_GAP : WIDE_GAP, Math.max(NARROW_GAP, free));
    const natural = this.standing ? 2 * PAD + WIDE + VERB_BESIDE : 2 * PAD + columns * WIDE + (columns - 1) * this.gap;
    const low = this.data.roomy ? ROOM / (height + 2 * PAD) : 1;
    const fits = this.width / natural;
    // A slightly smaller whole says more than one that is cut off.
    const least = this.width < PHONE ? SMALLEST_ON_PHONE : fits >= SMALLEST_WHOLE ? SMALLEST_WHOLE : SMALLEST;
    const scale = Math.max(least, Math.min(1, Math.max(low, SMALLEST), fits)) * this.zoom;
    this.spread = this.data.roomy && this.width > 700 ? Math.min(1.7, Math.max(1, 470 / height)) : 1;
    this.tops = new Map();
    let down = 0;
    for (const card of this.data.cards) {
      this.tops.set(card.id, this.standing ? down : card.top * this.spread);
      down += card.height + STEP_DOWN;
    }
    const lowest = Math.max(...this.data.cards.map((card) => this.tops.get(card.id) + card.height));
    const tall = Math.max(lowest, this.standing ? 0 : height * this.spread - 20) + 2 * PAD;
    const held = this.root.getRootNode().activeElement?.dataset?.id;
    this.svg = draw("svg", { viewBox: `0 0 ${natural} ${tall}`, width: Math.round(natural * scale), height: Math.round(tall * scale),
      role: "group", "aria-label": this.data.label });
    this.spots = new Map();
    const arrows = draw("g"), cards = draw("g");
    this.verbs = draw("g", { "aria-hidden": "true" });
    this.taken = [];
    for (const arrow of this.data.arrows) arrows.append(this.drawArrow(arrow));
    for (const card of this.data.cards) cards.append(this.drawCard(card));
    this.svg.append(arrows, this.verbs, cards);
    this.svg.addEventListener("click", (event) => { if (event.target === this.svg) this.choose("", true); });
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.stage.replaceChildren(this.svg);
    this.choose(this.picked, false);
    if (held) this.spots.get(held)?.node.focus();
  }

  x(column) { return this.standing ? PAD : PAD + column * (WIDE + this.gap); }

  // A small drawing in a large frame is spread: cards move apart and take their ports along.
  at(id, y) {
    const card = this.data.cards.find((each) => each.id === id);
    return card.top * this.spread + (y - card.top);
  }

  drawCard(card) {
    const x = this.x(card.column), y = PAD + this.tops.get(card.id);
    const node = draw("g", { class: `card${card.focus ? " focus" : ""}`, role: "button", tabindex: -1, "data-id": card.id,
      "aria-label": card.label, "aria-pressed": "false", transform: `translate(${x} ${y})` });
    node.style.setProperty("--kind", `var(--k-kind-${card.kind})`);
    const high = card.height, down = (high - 32 - 18 * card.lines.length) / 2;
    node.append(
      draw("title", {}, card.label),
      draw("rect", { class: "ground", width: WIDE, height: high, rx: 11 }),
      draw("path", { class: "edge", d: `M11 0A11 11 0 0 0 0 11V${high - 11}A11 11 0 0 0 11 ${high}C7 ${high} 5 ${high - 4} 5 ${high - 11}V11C5 4 7 0 11 0Z` }),
      draw("text", { class: "kind", x: 15, y: down + 19 }, card.kindWord.toUpperCase()),
    );
    card.lines.forEach((line, i) => node.append(draw("text", { class: "name", x: 15, y: down + 37 + 18 * i }, line)));
    node.addEventListener("click", () => this.choose(card.id, true));
    this.spots.set(card.id, { node, x: x + WIDE / 2, y: y + high / 2, card });
    return node;
  }

  // Straight through columns, an S between them: so it never runs through a card.
  way(arrow) {
    if (this.standing) return this.wayDown(arrow);
    const points = arrow.way.map(([column, y]) => ({ column, y: PAD + y * this.spread }));
    const first = points[0], last = points[points.length - 1];
    const [left, right] = arrow.backwards ? [arrow.effect, arrow.cause] : [arrow.cause, arrow.effect];
    first.y = PAD + this.at(left, arrow.way[0][1]);
    last.y = PAD + this.at(right, arrow.way[arrow.way.length - 1][1]);
    const short = HEAD + 3;
    let x = this.x(first.column) + WIDE + (arrow.backwards ? short : 2), y = first.y;
    let path = `M${x} ${y}`;
    const gaps = [];
    for (const point of points.slice(1)) {
      const end = point === last;
      const to = this.x(point.column) - (end && !arrow.backwards ? short : end ? 2 : 0);
      const bend = (to - x) * 0.5;
      path += `C${x + bend} ${y} ${to - bend} ${point.y} ${to} ${point.y}`;
      gaps.push([x, y, to, point.y]);
      x = to;
      y = point.y;
      if (!end) { x += WIDE; path += `H${x}`; }
    }
    const tip = arrow.backwards ? [this.x(first.column) + WIDE + 2, first.y, -1] : [this.x(last.column) - 2, last.y, 1];
    return { path, gaps, tip };
  }

  wayDown(arrow) {
    const [above, below] = (arrow.backwards ? [arrow.effect, arrow.cause] : [arrow.cause, arrow.effect])
      .map((id) => this.data.cards.find((card) => card.id === id));
    const x = PAD + WIDE / 2, y = PAD + this.tops.get(above.id) + above.height + 2, end = PAD + this.tops.get(below.id) - 2;
    const short = HEAD + 3;
    const path = arrow.backwards ? `M${x} ${end}V${y + short}` : `M${x} ${y}V${end - short}`;
    return { path, gaps: [[x, y, x, end]], tip: [x, arrow.backwards ? y : end, arrow.backwards ? -1 : 1] };
  }

  tip(x, y, direction, bar, width) {
    const back = x - direction * HEAD, half = Math.max(5, width * 0.95 + 2);
    if (bar) return draw("path", { class: "bar", d: `M${back} ${y}H${x - direction * 4}M${x - direction * 3} ${y - half - 2}V${y + half + 2}`, "stroke-width": Math.max(2.5, width * 0.7) });
    return draw("path", { class: "head", d: `M${x} ${y}L${back} ${y - half}V${y + half}Z` });
  }

  drawArrow(arrow) {
    const { path, gaps, tip } = this.way(arrow);
    const width = 1.6 + 5.4 * arrow.belief;
    const node = draw("g", { class: `arrow ${arrow.sign > 0 ? "raises" : "lowers"}`, role: "button", tabindex: -1, "data-id": arrow.id,
      "aria-label": arrow.label, "aria-pressed": "false" });
    node.append(
      draw("title", {}, arrow.label),
      draw("path", { class: "hit", d: path }),
      draw("path", { class: "halo", d: path, "stroke-width": width + 9 }),
      draw("path", { class: "line", d: path, "stroke-width": width, ...(arrow.hedged ? { "stroke-dasharray": `${6 + width} ${3 + width * 0.6}` } : {}) }),
      this.standing ? draw("g", { transform: `translate(${tip[0]} ${tip[1]}) rotate(90)` }, this.tip(0, 0, tip[2], arrow.sign < 0, width))
        : this.tip(tip[0], tip[1], tip[2], arrow.sign < 0, width),
    );
    const spot = this.verb(node, arrow, arrow.backwards ? gaps[0] : gaps[gaps.length - 1], this.places(arrow));
    node.addEventListener("click", () => this.choose(arrow.id, true));
    this.spots.set(arrow.id, { node, ...spot, arrow });
    return node;
  }

  // Where many arrows meet their verbs stand near the other end, where the ribbons are apart.
  places(arrow) {
    const many = (end) => this.data.arrows.filter((each) => each[end] === arrow[end]).length > 3;
    const [right, left] = arrow.backwards ? ["cause", "effect"] : ["effect", "cause"];
    if (many(right)) return [0.36, 0.3, 0.42, 0.5, 0.25];
    if (many(left)) return [0.64, 0.7, 0.58, 0.5, 0.75];
    return [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
  }

  // The author's verb on its ribbon, where no other stands; else it shows on hover and focus.
  verb(node, arrow, [x1, y1, x2, y2], places) {
    const words = arrow.verb, room = this.standing ? WIDE / 2 + VERB_BESIDE - 6 : this.gap - 12, letters = Math.floor((room - 12) / 6);
    const text = words.length > letters ? words.slice(0, letters - 1).trimEnd() + "…" : words;
    const wide = Math.min(room, text.length * 6 + 14), high = 19;
    const inGap = (x) => Math.min(x2 - wide / 2 - 2, Math.max(x1 + wide / 2 + 2, x));
    const at = (t) => (this.standing ? { x: x1 + 12 + wide / 2, y: (y1 + y2) / 2 } : { x: inGap(x1 + (x2 - x1) * (1.5 * t * (1 - t) + t * t * t)), y: y1 + (y2 - y1) * t * t * (3 - 2 * t) });
    const free = places.map(at).find((spot) =>
      !this.taken.some((other) => Math.abs(other.x - spot.x) < (other.wide + wide) / 2 + 2 && Math.abs(other.y - spot.y) < high + 1));
    const spot = free || at(0.5);
    if (free) this.taken.push({ ...free, wide });
    if (!text) return spot;
    const label = draw("g", { class: `verb ${arrow.sign > 0 ? "raises" : "lowers"}${free ? "" : " crowded"}` },
      draw("rect", { x: spot.x - wide / 2, y: spot.y - high / 2, width: wide, height: high, rx: 9.5 }),
      draw("text", { x: spot.x, y: spot.y + 4, "text-anchor": "middle" }, text));
    label.addEventListener("click", () => this.choose(arrow.id, true));
    for (const [event, shown] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]]) {
      node.addEventListener(event, () => label.classList.toggle("shown", shown));
    }
    this.verbs.append(label);
    return { ...spot, label };
  }

  // Everything on the way through what was picked: its causes, their causes, its effects, theirs; a loop ends at the focus.
  pathOf(id) {
    const on = new Set([id]);
    const arrow = this.data.arrows.find((each) => each.id === id);
    const focus = this.data.cards.find((card) => card.focus)?.id;
    const walk = (card, from, to) => {
      const seen = new Set([card]), open = [card];
      while (open.length) {
        const at = open.pop();
        on.add(at);
        if (at === focus && id !== focus) continue;
        for (const each of this.data.arrows) {
          if (each[from] !== at) continue;
          on.add(each.id);
          if (!seen.has(each[to])) open.push(each[to]);
          seen.add(each[to]);
        }
      }
    };
    walk(arrow ? arrow.cause : id, "effect", "cause");
    walk(arrow ? arrow.effect : id, "cause", "effect");
    return on;
  }

  choose(id, tell) {
    if (!this.svg || (id && !this.spots.has(id))) id = "";
    if (tell && id === this.picked) id = "";
    this.picked = id;
    const on = id ? this.pathOf(id) : new Set();
    this.svg?.classList.toggle("picking", Boolean(id));
    for (const [each, spot] of this.spots || []) {
      for (const node of [spot.node, spot.label]) {
        node?.classList.toggle("on", on.has(each));
        node?.classList.toggle("picked", each === id);
      }
      spot.node.setAttribute("aria-pressed", String(each === id));
      spot.node.setAttribute("tabindex", -1);
    }
    const entry = id || this.data?.cards.find((card) => card.focus)?.id || this.data?.cards[0]?.id;
    this.spots?.get(entry)?.node.setAttribute("tabindex", 0);
    if (!tell) {
      if (id && id !== this.shown) this.lookAt(id);
      this.shown = id;
      return;
    }
    this.shown = id;
    this.pick({ id, kind: id && this.spots.get(id).arrow ? "arrow" : "card" });
    // On a narrow page what was picked is told below the drawing: both come into sight.
    if (id && window.innerWidth <= STACKED) this.stage.scrollIntoView({ block: "start" });
  }

  // What the address or a button picked may stand outside a narrow frame.
  lookAt(id) {
    const box = this.spots.get(id)?.node.getBoundingClientRect(), stage = this.stage.getBoundingClientRect();
    if (!box || (box.left >= stage.left && box.right <= stage.right)) return;
    this.stage.scrollLeft += box.left + box.width / 2 - stage.left - stage.width / 2;
  }

  key(event) {
    const id = event.target.closest?.("[data-id]")?.dataset.id;
    const spot = this.spots.get(id);
    if (!spot) return;
    const go = (other) => {
      const next = this.spots.get(other);
      if (!next) return;
      spot.node.setAttribute("tabindex", -1);
      next.node.setAttribute("tabindex", 0);
      next.node.focus();
      next.node.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    const strongest = (end) => this.data.arrows.filter((each) => each[end] === id).sort((a, b) => b.belief - a.belief)[0]?.id;
    const moves = {
      ArrowLeft: () => go(spot.arrow ? spot.arrow.cause : strongest("effect")),
      ArrowRight: () => go(spot.arrow ? spot.arrow.effect : strongest("cause")),
      ArrowUp: () => (this.standing ? moves.ArrowLeft() : go(this.beside(spot, -1))),
      ArrowDown: () => (this.standing ? moves.ArrowRight() : go(this.beside(spot, 1))),
      Enter: () => this.choose(id, true),
      " ": () => this.choose(id, true),
      Escape: () => { if (this.picked) this.choose("", true); },
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  // The next card in the column, or the next arrow at the same card.
  beside(spot, step) {
    const peers = spot.card
      ? this.data.cards.filter((card) => card.column === spot.card.column)
      : this.data.arrows.filter((arrow) => arrow.effect === spot.arrow.effect);
    const ordered = peers.map((peer) => peer.id).sort((a, b) => this.spots.get(a).y - this.spots.get(b).y);
    return ordered[ordered.indexOf((spot.card || spot.arrow).id) + step];
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".chain");
  if (!VIEWS.has(root)) VIEWS.set(root, new ChainView(root));
  const view = VIEWS.get(root);
  view.update(data, (picked) => setTriggerValue("picked", picked));
  return () => view.watch.disconnect();
}
