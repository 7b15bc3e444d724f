// Elements and icons, made node by node: nothing a person or a bot wrote ever becomes markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  dots: "M6 12h.01M12 12h.01M18 12h.01",
  send: "M4 12l16-8-6 16-3-6.5zM11 13.5L20 4",
  attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.8 17a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  menu: "M4 7h16M4 12h16M4 17h10",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
  braces: "M9 4c-3 0-2 3-2 5s-1 3-3 3c2 0 3 1 3 3s-1 5 2 5M15 4c3 0 2 3 2 5s1 3 3 3c-2 0-3 1-3 3s1 5-2 5",
  down: "M6 9l6 6 6-6",
  check: "M5 13l4.5 4.5L19 7",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
  mute: "M6 16V11a6 6 0 0 1 9-5.2M18 11v5l1.5 2H8M10 21h4M4 4l16 16",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 20a8 8 0 0 1 16 0",
  place: "M12 21s-7-6.5-7-11a7 7 0 0 1 14 0c0 4.5-7 11-7 11M12 12.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  panel: "M4 6h9M17 6h3M4 12h3M11 12h9M4 18h11M19 18h1M15 4v4M9 10v4M17 16v4",
  forward: "M14 6l6 6-6 6M20 12h-9a7 7 0 0 0-7 7",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  warn: "M12 4l9 16H3zM12 10v4M12 17v.01",
  stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.700l12.6 12.6",
  phone: "M8 3h8v18H8zM11 18h2",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  truck: "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 18.500v.01M17 18.500v.01",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
};

/** An element with its properties and children; text stays text. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) assign(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function assign(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
  else if (name === "value" || name === "checked") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round or square button that shows an icon and says its name to screen readers and on hover. */
export function iconButton(name, label, onclick, properties = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

/** Makes `parent` show exactly `items` ({key, signature, draw}), keeping the elements that did not change. */
export function reconcile(parent, items, kept) {
  const first = kept.size === 0;
  const wanted = new Set(items.map((item) => item.key));
  for (const [key, old] of kept) if (!wanted.has(key)) { old.element.remove(); kept.delete(key); }
  let place = parent.firstElementChild;
  for (const item of items) {
    const old = kept.get(item.key);
    if (old && old.signature === item.signature) {
      if (old.element === place) place = place.nextElementSibling;
      else parent.insertBefore(old.element, place);
      continue;
    }
    const element = item.draw();
    if (old) {
      if (old.element === place) place = place.nextElementSibling;
      replaceKeepingFocus(old.element, element);
    } else {
      if (!first) element.classList.add("arriving");
      parent.insertBefore(element, place);
    }
    kept.set(item.key, { signature: item.signature, element });
  }
}

function replaceKeepingFocus(old, element) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  old.replaceWith(element);
  if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** The colour tile of a person, a bot or a group: the same name always has the same hue. */
export function avatar(name, seed = 0, bot = false) {
  const hue = [12, 168, 38, 262, 205, 330, 95][Math.abs(Number(seed)) % 7];
  const letter = [...(name || "?").trim()][0] ?? "?";
  return h("span", { class: bot ? "avatar bot" : "avatar", style: { "--hue": String(hue) }, "aria-hidden": "true" }, letter);
}
