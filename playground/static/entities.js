// Text with Telegram's entities -> nodes. JavaScript counts in UTF-16 units, as Telegram does.

import { fullMoment, hourAndMinute, relative, shortDay } from "./clock.js";
import { h, icon } from "./dom.js";
import { t } from "./words.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** `doors`: what happens when a link, a command or a mention is tapped. */
export function richText(text, entities = [], doors = {}) {
  const outermostFirst = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, outermostFirst, doors);
}

function span(text, from, to, entities, doors) {
  const nodes = [];
  let here = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, here);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) { rest = others; continue; }
    if (start > here) nodes.push(text.slice(here, start));
    const inside = others.filter((other) => other.offset < end);
    nodes.push(wrap(entity, text.slice(start, end), span(text, start, end, inside, doors), doors));
    here = end;
    if (BLOCKS.has(entity.type) && text[here] === "\n" && here < to) here += 1;
    rest = others.filter((other) => other.offset + other.length > end);
  }
  if (here < to) nodes.push(text.slice(here, to));
  return nodes;
}

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote" };

function wrap(entity, text, inside, doors) {
  if (entity.type in PLAIN) return h(PLAIN[entity.type], {}, inside);
  switch (entity.type) {
    case "code": return copiable(h("code", { class: "inline-code" }, inside), text, doors);
    case "pre": return preformatted(entity, text, inside, doors);
    case "spoiler": return spoiler(inside);
    case "expandable_blockquote": return expandable(inside);
    case "text_link": return link(entity.url, inside, doors);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, inside, doors);
    case "email": return link(`mailto:${text}`, inside, doors);
    case "phone_number": return link(`tel:${text.replace(/[^+\d]/g, "")}`, inside, doors);
    case "bot_command": return textButton("command", inside, () => doors.onCommand?.(text));
    case "mention": return link(`https://t.me/${text.slice(1)}`, inside, doors);
    case "text_mention": return link(`tg://user?id=${entity.user?.id}`, inside, doors);
    case "hashtag": case "cashtag": return h("span", { class: "tag" }, inside);
    case "date_time": return moment(entity, inside);
    default: return h("span", {}, inside);
  }
}

function textButton(kind, inside, onclick, properties = {}) {
  return h("button", { type: "button", class: `text-button ${kind}`, onclick, ...properties }, inside);
}

function copiable(element, text, doors) {
  element.title = t("Tap to copy");
  element.addEventListener("click", () => doors.onCopy?.(text));
  return element;
}

function preformatted(entity, text, inside, doors) {
  const head = h("span", { class: "pre-head" }, entity.language ?? "", icon("copy"));
  const block = h("pre", {}, head, h("code", {}, inside));
  return copiable(block, text, doors);
}

function spoiler(inside) {
  const shown = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("Hidden text, tap to show") },
    h("span", { class: "spoiler-text" }, inside));
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (!shown.classList.contains("shown")) event.preventDefault();
    shown.classList.add("shown");
    shown.removeAttribute("aria-label");
  };
  shown.addEventListener("click", show);
  shown.addEventListener("keydown", show);
  return shown;
}

function expandable(inside) {
  const words = h("div", { class: "quote-text" }, inside);
  const toggle = h("button", { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": t("Show all") }, icon("down"));
  const quote = h("blockquote", { class: "expandable", "data-testid": "expandable-quote" }, words, toggle);
  const flip = () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", open ? t("Show less") : t("Show all"));
  };
  new ResizeObserver(() => { toggle.hidden = !quote.classList.contains("open") && words.scrollHeight <= words.clientHeight + 2; }).observe(words);
  quote.addEventListener("click", (event) => { if (!event.target.closest("a, .command")) flip(); });
  return quote;
}

/** Only addresses a browser may safely open become links; the rest stays text. */
function link(address, inside, doors) {
  if (!/^(https?|tg|mailto|tel|ton):/i.test(address ?? "")) return h("span", { class: "tag" }, inside);
  const open = (event) => { if (doors.onLink?.(address)) event.preventDefault(); };
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", onclick: open }, inside);
}

function moment(entity, inside) {
  const at = new Date(entity.unix_time * 1000);
  const form = entity.date_time_format ?? "";
  if (!form) return h("time", { class: "moment", datetime: at.toISOString(), title: fullMoment(at) }, inside);
  const words = form === "r" ? relative(at) : written(at, form);
  return h("time", { class: "moment", datetime: at.toISOString(), title: fullMoment(at) }, words);
}

function written(at, form) {
  const day = /[dDw]/.test(form) ? shortDay(at) : "";
  const time = /[tT]/.test(form) ? hourAndMinute(at) : "";
  return [day, time].filter(Boolean).join(" ");
}
