// The question box: a combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Python suggests, here it is shown.
const BOXES = new WeakMap();
const PAUSE = 90;

function option(box, text, place) {
  const item = make("li", "option", text);
  item.id = `option-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  // A click must not take the focus out of the box before it is heard.
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => box.ask(text));
  return item;
}

function show(box, names) {
  box.at = -1;
  box.list.replaceChildren(...names.map((name, place) => option(box, name, place)));
  const open = names.length > 0;
  box.list.hidden = !open;
  box.input.setAttribute("aria-expanded", String(open));
  box.input.removeAttribute("aria-activedescendant");
}

function move(box, step) {
  const items = [...box.list.children];
  if (!items.length) return;
  // One place before the first: the words as they were typed.
  box.at = ((box.at + 1 + step + items.length + 1) % (items.length + 1)) - 1;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === box.at)));
  const chosen = items[box.at];
  box.input.value = chosen ? chosen.textContent : box.typed;
  if (chosen) {
    box.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else box.input.removeAttribute("aria-activedescendant");
}

function onKey(box, event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") move(box, 1);
  else if (event.key === "ArrowUp") move(box, -1);
  else if (event.key === "Enter") box.ask(box.input.value);
  else if (event.key === "Escape" && !box.list.hidden) show(box, []);
  else return;
  event.preventDefault();
}

function build(root, data) {
  const input = make("input"), list = make("ul"), go = make("button", "go", data.button);
  const label = make("label", "", data.label), field = make("div", "field");
  const box = { input, list, at: -1, typed: data.value, send: null, timer: 0 };
  label.htmlFor = input.id = "question";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  go.type = "button";
  Object.assign(input, { type: "text", value: data.value, placeholder: data.placeholder, autocomplete: "off", maxLength: 10000 });
  const told = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(told)) input.setAttribute(name, value);
  box.ask = (text) => {
    clearTimeout(box.timer);
    input.value = box.typed = text;
    show(box, []);
    if (text.trim()) box.send({ id: text, kind: "ask" });
  };
  input.addEventListener("input", () => {
    box.typed = input.value;
    clearTimeout(box.timer);
    if (!input.value.trim()) show(box, []);
    else box.timer = setTimeout(() => box.send({ id: input.value, kind: "typed" }), PAUSE);
  });
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("blur", () => { clearTimeout(box.timer); show(box, []); });
  go.addEventListener("click", () => box.ask(input.value));
  field.append(input, go, list);
  root.replaceChildren(label, field);
  return box;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".box");
  let box = BOXES.get(root);
  if (!box) {
    box = build(root, data);
    BOXES.set(root, box);
  } else if (data.value !== box.value) {
    box.input.value = box.typed = data.value;
    show(box, []);
  }
  box.value = data.value;
  box.send = (told) => setTriggerValue("picked", told);
  // Suggestions for something typed meanwhile are late: the next are on their way.
  if (data.typed && data.typed === box.typed && root.getRootNode().activeElement === box.input && box.at < 0) show(box, data.names);
}
