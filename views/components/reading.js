// The reading view: groups of entries, each with marked text. Python cut the text at the marks; here it becomes text nodes.
const DRAWN = new WeakMap();
const PAGE = 20, PHONE_PAGE = 8, PHONE = 640;
const SHOWN = new Map();  // how many entries of a list are open, by its hash: so coming back finds them open

function onPhone() { return window.innerWidth < PHONE; }

// The number of a citation leads to the quote.
function cite(text, rank) {
  const node = make("button", "cited", text);
  node.type = "button";
  node.setAttribute("aria-label", `Quote ${rank}`);
  node.addEventListener("click", () => {
    const entry = node.getRootNode().querySelector(`article[data-rank="${CSS.escape(rank)}"]`);
    if (!entry) return;
    entry.scrollIntoView({ block: "center" });
    entry.classList.add("shown");
    entry.querySelector("button, a")?.focus({ preventScroll: true });
    setTimeout(() => entry.classList.remove("shown"), 1600);
  });
  return node;
}

function segmentsInto(node, segments, nowAt) {
  for (const [text, role, name] of segments) {
    if (!role) { node.append(text); continue; }
    if (role === "strong" || role === "raises" || role === "lowers") {
      node.append(make(role === "strong" ? "b" : "span", role, text));
      continue;
    }
    if (role === "cited") { node.append(cite(text, name)); continue; }
    const mark = make("mark", role, text);
    if (name) {
      mark.dataset.name = name;
      if (name === nowAt) mark.classList.add("now");
    }
    node.append(mark);
  }
}

// The words of an article have a kind; where `fold` names them they wait behind a line on a phone.
function drawBlocks(entry, data) {
  const drawn = (entry.blocks || []).map((block) => {
    const text = make("p", `text ${block.kind || ""}`);
    segmentsInto(text, block.segments, data.now);
    return [block.kind, text];
  });
  if (!entry.fold || !onPhone()) return drawn.map(([, text]) => text);
  const details = make("details"), own = drawn.filter(([kind]) => !kind), said = drawn.filter(([kind]) => kind);
  details.append(make("summary", "", entry.fold), ...said.map(([, text]) => text));
  return [...own.map(([, text]) => text), ...(said.length ? [details] : [])];
}

// A list of many entries, a page at a time; scrolling panels show all.
function drawGroups(body, data, pick, again) {
  const all = data.groups.reduce((sum, group) => sum + group.entries.length, 0);
  const page = onPhone() ? PHONE_PAGE : PAGE;
  const open = SHOWN.get(data.hash) || page;
  let left = data.tall || all <= open + page / 4 ? all : open;
  for (const group of data.groups) {
    const entries = group.entries.slice(0, left);
    left -= entries.length;
    if (!entries.length && group.entries.length) break;
    if (group.title) body.append(make(data.title ? "h3" : "h2", "group", group.title));
    for (const entry of entries) body.append(drawEntry(entry, data, pick));
  }
  const shown = body.querySelectorAll(".entry").length;
  if (shown >= all) return;
  const more = make("div", "more"), act = make("button", "act", `Show ${Math.min(page, all - shown)} more`);
  act.type = "button";
  act.addEventListener("click", () => { SHOWN.set(data.hash, shown + page); again(shown); });
  more.append(act, make("span", "meta", `${shown} of ${all} shown`));
  body.append(more);
}

// A line that is a button as a whole: a name, what it does, how sure.
function drawPress(entry, pick) {
  const node = make("button", "entry press");
  node.type = "button";
  node.append(make("span", "title", entry.title), make("span", `sign ${entry.sign}`, entry.sign), make("span", "meta", entry.meta));
  node.addEventListener("click", () => pick({ id: entry.press, kind: "press" }));
  return node;
}

function drawEntry(entry, data, pick) {
  if (entry.press) return drawPress(entry, pick);
  const node = make("article", `entry ${entry.style || ""}`);
  if (entry.rank) node.dataset.rank = entry.rank;
  if (entry.title || entry.rank) {
    const head = make("div", "head");
    if (entry.rank) head.append(make("span", "rank", String(entry.rank)));
    if (entry.title) head.append(make("span", "title", entry.title));
    if (entry.meta) head.append(make("span", "meta", entry.meta));
    for (const [word, style] of entry.chips || []) head.append(make("span", `chip ${style}`, word));
    node.append(head);
  }
  if (entry.share !== undefined && entry.share !== null) {
    const bar = make("div", "bar"), fill = make("i");
    fill.style.width = `${Math.round(entry.share * 100)}%`;
    bar.setAttribute("aria-hidden", "true");
    bar.append(fill);
    node.append(bar);
  }
  node.append(...drawBlocks(entry, data));
  if (entry.steps?.length) {
    const details = make("details"), steps = make("ol", "steps");
    details.append(make("summary", "", entry.stepsTitle || "How sure, step by step"));
    for (const step of entry.steps) steps.append(make("li", "", step));
    details.append(steps);
    node.append(details);
  }
  const foot = make("div", "foot");
  for (const action of entry.actions || []) {
    const act = make("button", "act", action.label);
    act.type = "button";
    if (action.title) act.setAttribute("aria-label", action.title);
    act.addEventListener("click", () => pick({ id: action.id, kind: action.kind }));
    foot.append(act);
  }
  if (entry.url) {
    const link = make("a", "", entry.urlWords || `Source: ${new URL(entry.url).hostname}`);
    link.href = entry.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    foot.append(link);
  }
  if (entry.source) foot.append(make("span", "meta", entry.source));
  if (foot.childNodes.length) node.append(foot);
  return node;
}

function drawAll(root, data, pick) {
  const body = make("div", data.tall ? "scroll" : data.print ? "sheet" : "");
  const again = (first) => {
    const redrawn = drawAll(root, data, pick);
    redrawn.querySelectorAll(".entry")[first]?.querySelector("button, a, summary")?.focus({ preventScroll: true });
  };
  if (data.tall) {
    body.style.setProperty("--tall", `${data.tall}px`);
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", data.label);
  }
  const top = make("div", "top");
  if (data.title) top.append(make("h2", "", data.title));
  const tools = data.csv ? takeAway(data.name || "kinetrace", null, () => data.csv) : make("div", "tools");
  if (data.print) tools.append(button("Print", "Print this page", () => window.print()));
  if (tools.childNodes.length) top.append(tools);
  if (top.childNodes.length) body.append(top);
  if (data.kind) body.prepend(make("p", `kind ${data.kind}`, data.kindWord));
  if (data.lead) {
    const lead = make("p", "lead sentence");
    segmentsInto(lead, data.lead);
    body.append(lead);
  }
  if (data.key) {
    const key = make("div", "key");
    for (const role of ["cause", "cue", "effect"]) {
      const word = make("span");
      word.append(make("mark", role, role === "cue" ? "the words that link them" : role));
      key.append(word);
    }
    body.append(key);
  }
  drawGroups(body, data, pick, again);
  if (data.quiet) body.append(make("p", "quiet", data.quiet));
  if (data.alert) root.setAttribute("role", "alert");
  root.replaceChildren(body);
  return body;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".reading");
  if (DRAWN.get(root) === data.hash) return;
  DRAWN.set(root, data.hash);
  const body = drawAll(root, data, (picked) => setTriggerValue("picked", picked));
  const now = data.now && [...root.querySelectorAll("mark.now")][0];
  if (now && data.tall) requestAnimationFrame(() => { body.scrollTop = now.offsetTop - body.offsetTop - data.tall / 3; });
}
