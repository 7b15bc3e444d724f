// What lies above a phone's screen for a while: toasts, alerts, menus, sheets; and photos over the whole page.

import { h, icon, iconButton } from "./dom.js";
import { t } from "./words.js";
import { photoAddress } from "./media.js";

const TOAST_MS = 3500;

export function toast(screen, text, tone = "plain") {
  screen.querySelector(".toast")?.remove();
  const element = h("div", { class: `toast ${tone}`, role: "status", "data-testid": "toast" }, text);
  screen.append(element);
  setTimeout(() => element.remove(), Math.max(TOAST_MS, text.length * 90));
}

/** Shows `content` above the screen; everything below it sleeps until `close` is called or Escape pressed. */
export function modal(screen, content, { role = "dialog", label, onClose } = {}) {
  const before = document.activeElement;
  const asleep = [...screen.children].filter((child) => !child.inert && !child.matches(".toast"));
  const veil = h("div", { class: "veil", onpointerdown: (event) => { if (event.target === veil) close(); } }, content);
  content.setAttribute("role", role);
  content.setAttribute("aria-modal", "true");
  content.setAttribute("aria-label", label);
  function close() {
    if (!veil.isConnected) return;
    veil.remove();
    for (const child of asleep) child.inert = false;
    if (before?.isConnected) before.focus({ preventScroll: true });
    onClose?.();
  }
  veil.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  for (const child of asleep) child.inert = true;
  screen.append(veil);
  (content.querySelector("[data-first]") ?? content.querySelector("button, textarea, input"))?.focus({ preventScroll: true });
  return close;
}

export function alertBox(screen, title, text) {
  screen.querySelector(".toast")?.remove();
  const done = h("button", { type: "button", class: "sheet-button", "data-first": true, onclick: () => close() }, t("OK"));
  const box = h("div", { class: "alert", "data-testid": "alert" }, h("strong", {}, title), h("p", {}, text), done);
  const close = modal(screen, box, { role: "alertdialog", label: text });
}

/** `items`: [{icon, label, run, href, tone}]; opens beside the point and stays inside the screen. */
export function contextMenu(screen, items, x, y, label) {
  const list = h("div", { class: "context-menu", "data-testid": "menu" }, items.filter(Boolean).map((item) => entry(item, () => close())));
  const close = modal(screen, list, { role: "menu", label });
  list.parentElement.classList.add("clear");
  const frame = screen.getBoundingClientRect();
  const left = Math.min(Math.max(8, x - frame.left), frame.width - list.offsetWidth - 8);
  const top = Math.min(Math.max(8, y - frame.top), frame.height - list.offsetHeight - 8);
  list.style.translate = `${left}px ${top}px`;
  list.addEventListener("keydown", (event) => walk(event, list));
}

function entry(item, close) {
  const inside = [icon(item.icon), h("span", {}, item.label)];
  const properties = { class: `menu-item ${item.tone ?? ""}`, role: "menuitem" };
  if (item.href) return h("a", { ...properties, href: item.href, target: "_blank", rel: "noopener", onclick: close }, inside);
  return h("button", { ...properties, type: "button", onclick: () => { close(); item.run(); } }, inside);
}

export function walk(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [...list.querySelectorAll("button, a")];
  const next = (entries.indexOf(document.activeElement) + step + entries.length) % entries.length;
  entries[next].focus();
}

/** The photos one by one over the whole page. */
export function viewer(messages, first) {
  let index = first;
  const image = h("img", { alt: "" });
  const count = h("span", { class: "viewer-count" });
  const words = h("p", { class: "viewer-words" });
  const step = (by) => { index = (index + by + messages.length) % messages.length; show(); };
  const several = messages.length > 1;
  const dialog = h("dialog", { class: "viewer", "aria-label": t("Photo"), "data-testid": "viewer", onclick: (event) => { if (event.target === dialog || event.target === stage) dialog.close(); } });
  const stage = h("div", { class: "viewer-stage" }, several ? iconButton("back", t("Previous"), () => step(-1)) : null, image,
    several ? iconButton("back", t("Next"), () => step(1), { class: "icon-button flipped" }) : null);
  dialog.append(h("header", {}, count, iconButton("close", t("Close"), () => dialog.close())), stage, words);
  function show() {
    image.src = photoAddress(messages[index]);
    count.textContent = several ? `${index + 1} / ${messages.length}` : "";
    words.textContent = messages[index].caption ?? "";
  }
  dialog.addEventListener("keydown", (event) => { if (event.key === "ArrowLeft") step(-1); if (event.key === "ArrowRight") step(1); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  show();
  dialog.showModal();
}
