// One chat on one phone: its messages in order, where it is scrolled to, and what a tap does.

import { api } from "./api.js";
import { blocksOf, drawBlock } from "./bubble.js";
import { dayName, ofMessage } from "./clock.js";
import { h, icon, iconButton, reconcile } from "./dom.js";
import { askedReply, latestReplyKeyboard } from "./keyboard.js";
import { summary } from "./media.js";
import { language, t } from "./words.js";

const NEAR_BOTTOM = 48;

export class Thread {
  /** `scene`: what the phone does when something in the thread is tapped (see Phone.sceneOf). */
  constructor(chat, scene) {
    this.chat = chat;
    this.scene = { ...scene, group: chat.type !== "private", busy: new Set() };
    this.messages = new Map();
    this.waiting = [];
    this.late = null;
    this.unreadFrom = null;
    this.kept = new Map();
    this.loaded = false;
    this.build();
  }

  build() {
    this.list = h("div", { class: "list" });
    this.welcome = h("div", { class: "welcome", hidden: true });
    this.scroller = h("div", { class: "scroller", role: "log", "aria-live": "polite", "aria-label": t("Messages"), "aria-busy": "true", tabindex: "0", "data-testid": "messages" }, this.welcome, this.list);
    this.downCount = h("span", { class: "count", hidden: true });
    this.down = iconButton("down", t("To the newest message"), () => this.toBottom(true), { class: "icon-button to-bottom", hidden: true });
    this.down.append(this.downCount);
    this.pinned = h("div", { class: "pinned", hidden: true, "data-testid": "pinned" });
    this.element = h("div", { class: "thread" }, this.pinned, h("div", { class: "stage" }, this.scroller, this.down));
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => { if (this.stuck) this.toBottom(); }).observe(this.list);
    new ResizeObserver(() => { if (this.stuck) this.toBottom(); }).observe(this.scroller);
    this.stuck = true;
  }

  get ordered() {
    return [...this.messages.values()].sort((one, other) => one.message_id - other.message_id);
  }

  /** Reads the whole chat; events that arrive meanwhile are applied after it, so that none is lost or undone. */
  async sync() {
    this.late ??= [];
    try {
      const read = await api.messages(this.scene.user, this.chat.id);
      this.messages = new Map(read.map((message) => [message.message_id, message]));
      this.loaded = true;
      this.scroller.setAttribute("aria-busy", "false");
      const late = this.late ?? [];
      this.late = null;
      for (const change of late) change();
      if (this.chat.unread > 0 && this.unreadFrom === null) this.unreadFrom = this.firstUnread(this.chat.unread);
    } finally {
      this.late = null;
      this.render();
      this.offerReply();
    }
  }

  firstUnread(count) {
    return this.ordered.filter((message) => !message.out).at(-count)?.message_id ?? null;
  }

  put(message) {
    if (this.late) { this.late.push(() => this.put(message)); return; }
    const fresh = !this.messages.has(message.message_id);
    this.messages.set(message.message_id, message);
    if (message.out) this.settle(message);
    this.render();
    if (fresh && askedReply(message)) this.offerReply();
  }

  remove(ids) {
    if (this.late) { this.late.push(() => this.remove(ids)); return; }
    for (const id of ids) this.messages.delete(id);
    this.render();
  }

  /** A text on its way: shown at once, replaced by the real message when that comes. */
  expect(draft) {
    this.waiting.push(draft);
    this.unreadFrom = null;
    this.stuck = true;
    this.render();
  }

  settle(message) {
    const index = this.waiting.findIndex((draft) => draft === message || (!draft.failed && draft.text === message.text));
    if (index >= 0) this.waiting.splice(index, 1);
  }

  forget(draft) {
    this.waiting = this.waiting.filter((other) => other !== draft);
    this.render();
  }

  setBusy(place, waiting) {
    if (waiting) this.scene.busy.add(place);
    else this.scene.busy.delete(place);
    this.render();
  }

  render() {
    const anchor = this.stuck ? null : this.anchor();
    const blocks = blocksOf([...this.ordered, ...this.waiting], this.unreadFrom);
    reconcile(this.list, blocks.map((block) => ({
      key: block.key ?? "", signature: this.signature(block), draw: () => drawBlock(block, this.scene),
    })), this.kept);
    if (this.stuck) this.toBottom();
    else this.restore(anchor);
    this.scene.onRendered(this);
  }

  signature(block) {
    const messages = block.messages ?? [];
    const busy = [...this.scene.busy].filter((place) => messages.some((message) => place.startsWith(`${message.message_id}:`)));
    return JSON.stringify([block.kind, language(), block.first, block.last, busy, block.kind === "day" ? dayName(ofMessage(block.message)) : block.messages ?? block.message]);
  }

  /** The first visible message and where it stands, so that changes above it do not move what is being read. */
  anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    const element = [...this.list.children].find((child) => child.getBoundingClientRect().bottom > top);
    return element && { id: element.dataset.messageId, offset: element.getBoundingClientRect().top - top };
  }

  restore(anchor) {
    const element = anchor?.id && this.find(anchor.id);
    if (!element) return;
    const moved = element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - anchor.offset;
    if (Math.abs(moved) > 1) this.scroller.scrollTop += moved;
  }

  find(id) {
    return this.list.querySelector(`[data-ids~="${CSS.escape(String(id))}"], [data-message-id="${CSS.escape(String(id))}"]`);
  }

  scrolled() {
    this.stuck = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_BOTTOM;
    this.showDown();
    if (this.stuck) this.scene.onBottom(this);
  }

  showDown() {
    this.down.hidden = this.stuck;
    this.downCount.hidden = this.chat.unread === 0;
    this.downCount.textContent = String(this.chat.unread);
  }

  toBottom(smoothly = false) {
    this.stuck = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  /** Scrolls to a message and lights it up; false when it is not here any more. */
  jumpTo(id) {
    const element = this.find(id);
    if (!element) return false;
    this.stuck = false;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.remove("lit");
    requestAnimationFrame(() => element.classList.add("lit"));
    element.addEventListener("animationend", () => element.classList.remove("lit"), { once: true });
    return true;
  }

  offerReply() {
    const asked = askedReply(this.ordered.at(-1));
    if (asked) this.scene.onAsked(asked);
  }

  replyKeyboard() { return latestReplyKeyboard(this.ordered); }

  showPinned(message) {
    this.pinned.hidden = !message;
    if (!message) return;
    this.pinned.replaceChildren(h("button", { type: "button", class: "pinned-words", onclick: () => this.scene.onQuote(message.message_id) },
      h("span", { class: "quoted-name" }, t("Pinned message")), h("span", { class: "quoted-text" }, summary(message))), icon("pin"));
  }

  showWelcome(bot) {
    this.welcome.hidden = !bot;
    if (!bot) return;
    this.welcome.replaceChildren(h("span", { class: "welcome-seal", "aria-hidden": "true" }, [...bot.name][0]), h("strong", {}, bot.name),
      h("p", {}, bot.description || t("Tap START to begin.")));
  }
}
