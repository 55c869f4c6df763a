// What every component uses. Text from articles is only ever set as text nodes or attributes, never as markup.
const SVG = "http://www.w3.org/2000/svg";

function draw(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function make(name, className = "", text = "") {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function button(label, title, act) {
  const node = make("button", "tool", label);
  node.type = "button";
  node.title = title;
  node.setAttribute("aria-label", title);
  node.addEventListener("click", act);
  return node;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "opacity", "font-family", "font-size", "font-weight", "letter-spacing", "text-anchor", "paint-order", "display",
  "visibility"];

// A copy of a drawing that looks the same outside the page: every colour and font written into it.
function standAlone(svg, ground) {
  const copy = svg.cloneNode(true);
  const seen = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => {
    const style = getComputedStyle(seen[i]);
    for (const look of LOOKS) if (style.getPropertyValue(look)) node.style.setProperty(look, style.getPropertyValue(look));
    for (const name of ["class", "tabindex", "role"]) node.removeAttribute(name);
  });
  const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.style.removeProperty("opacity");
  copy.prepend(draw("rect", { x, y, width, height, fill: ground }));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function saveSvg(svg, ground, name) {
  save(new Blob([standAlone(svg, ground).text], { type: "image/svg+xml" }), `${name}.svg`);
}

function savePng(svg, ground, name) {
  const { text, width, height } = standAlone(svg, ground);
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, `${name}.png`), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}

async function copyLink(node) {
  const told = node.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    node.textContent = "Copied";
  } catch {
    node.textContent = "Copy it from the address bar";
  }
  setTimeout(() => { node.textContent = told; }, 1800);
}

// Copy link, SVG, PNG and CSV of what is seen.
function takeAway(name, currentSvg, csv) {
  const bar = make("div", "tools");
  const ground = () => getComputedStyle(bar).getPropertyValue("--k-here") || getComputedStyle(bar).backgroundColor;
  if (csv) {
    const link = button("Copy link", "Copy a link to this view", () => copyLink(link));
    bar.append(link);
  }
  if (currentSvg) {
    bar.append(
      button("SVG", "Save this drawing as SVG", () => saveSvg(currentSvg(), ground(), name)),
      button("PNG", "Save this drawing as PNG", () => savePng(currentSvg(), ground(), name)),
    );
  }
  if (csv?.()) {
    bar.append(button("CSV", "Save what is shown as a table", () => save(new Blob([csv()], { type: "text/csv" }), `${name}.csv`)));
  }
  return bar;
}
