// One person's phone: its frame, its chats, what arrives on it and whether that was seen.

import { api } from "./api.js";
import { catchFiles } from "./attach.js";
import { drawChats } from "./chats.js";
import { hourAndMinute, now } from "./clock.js";
import * as deeds from "./deeds.js";
import { avatar, h, icon } from "./dom.js";
import { Banner, drawHead, roleName } from "./head.js";
import { toast } from "./overlays.js";
import { Thread } from "./thread.js";
import { composerFor, sceneOf } from "./wiring.js";
import { t } from "./words.js";

export class Phone {
  constructor(person, app) {
    this.person = person;
    this.app = app;
    this.chats = [];
    this.threads = new Map();
    this.composers = new Map();
    this.commands = {};
    this.open = null;
    this.live = false;
    this.build();
  }

  build() {
    const { id, first_name: name, role } = this.person;
    this.badge = h("span", { class: "badge", hidden: true, "data-testid": "badge" });
    this.time = h("span", { class: "status-time" });
    this.body = h("div", { class: "body" });
    this.banner = new Banner((chat) => this.openChat(chat));
    this.screen = h("div", { class: "screen", "data-testid": "screen" },
      h("div", { class: "status-bar", "aria-hidden": "true" }, this.time, h("span", { class: "status-signs" }, h("i", { class: "signal" }), h("i", { class: "battery" }))),
      this.body, this.banner.element, h("div", { class: "drop-hint", "aria-hidden": "true" }, icon("attach"), t("Let go to send")));
    this.plate = h("header", { class: "nameplate" }, avatar(name, id), h("h2", {}, name), h("span", { class: "role" }, roleName(role)), this.badge);
    this.element = h("section", {
      class: "phone", "data-testid": "phone", "data-user-id": id, "data-role": role ?? "person", "aria-label": t("{name}'s phone", { name }),
    }, this.plate, h("div", { class: "device" }, this.screen));
    this.element.addEventListener("pointerdown", () => this.app.look(this));
    this.element.addEventListener("focusin", () => this.app.look(this));
    catchFiles(this.screen, (files) => { if (this.thread) deeds.sendFiles(this, this.thread, this.composerOf(this.thread), [...files]); });
    this.tick();
  }

  get thread() { return this.threads.get(this.open); }

  composerOf(thread) { return this.composers.get(thread.chat.id); }

  botChat() { return this.chats.find((chat) => chat.bot && chat.type === "private") ?? this.chats.find((chat) => chat.type === "private"); }

  botUsername() { return this.botChat()?.bot?.username ?? this.commands.username ?? ""; }

  botName() { return this.botChat()?.title ?? "Bot"; }

  tick() { this.time.textContent = hourAndMinute(now()); }

  /** Reads everything anew: at the first connection and after each break. */
  async sync() {
    const first = this.chats.length === 0;
    const chats = await deeds.quietly(() => api.chats(this.person.id));
    if (!chats) return;
    this.takeChats(chats);
    await Promise.all([...this.threads.values()].map((thread) => deeds.quietly(() => thread.sync())));
    if (first && this.open === null && chats.length > 0) await this.openChat((this.botChat() ?? chats[0]).id);
    else await this.readCommands();
    this.drawAll();
    this.readIfSeen();
  }

  /** The stream is there (again), or gone. */
  setLive(live) {
    this.live = live;
    if (live) this.sync();
    else this.drawHead();
  }

  takeChats(chats) {
    this.chats = chats.map((chat) => {
      const thread = this.threads.get(chat.id);
      if (thread) Object.assign(thread.chat, chat);
      return thread?.chat ?? chat;
    });
  }

  async openChat(id) {
    const chat = this.chats.find((each) => each.id === id);
    if (!chat) return;
    this.open = id;
    this.banner.hide();
    if (!this.threads.has(id)) {
      this.addThread(chat);
      this.drawAll();
      await deeds.attempt(this, () => this.threads.get(id).sync());
      await this.readCommands();
    }
    if (this.open !== id) return;
    this.drawAll();
    this.thread.toBottom();
    this.readIfSeen();
  }

  async openBot(message) {
    if (!this.botChat()) this.takeChats(await api.chats(this.person.id));
    await this.openChat(this.botChat()?.id);
    if (message) this.thread?.put(message);
  }

  showList() {
    this.open = null;
    this.drawAll();
  }

  addThread(chat) {
    const thread = new Thread(chat, sceneOf(this, chat));
    this.threads.set(chat.id, thread);
    this.composers.set(chat.id, composerFor(this, thread));
  }

  quote(thread, id) {
    if (!thread.jumpTo(id)) toast(this.screen, t("That message is gone."));
  }

  pressReplyKey(thread, button) {
    if (button.request_contact || button.request_location || button.web_app) { toast(this.screen, t("This kind of button does nothing in the playground.")); return; }
    deeds.sendText(this, thread, button.text);
    if (thread.replyKeyboard()?.one_time_keyboard) this.composerOf(thread).setBoard(false);
  }

  async block(blocked) {
    const done = await deeds.attempt(this, () => api.block(this.person.id, blocked));
    if (!done) return;
    const chat = this.botChat();
    if (chat) chat.blocked = blocked;
    this.drawAll();
  }

  async readCommands() {
    const chat = this.open;
    if (chat === null) return;
    const read = await deeds.quietly(() => api.commands(this.person.id, chat));
    if (!read) return;
    this.commands = read;
    this.composers.get(chat)?.setCommands(read.commands ?? []);
    this.drawInput(this.threads.get(chat));
  }

  /** A person sees a chat that is open, at its end, on the phone in hand, in a visible window. */
  sees(thread) {
    return this.app.inHand === this && document.visibilityState === "visible" && this.open === thread.chat.id && thread.stuck;
  }

  readIfSeen() {
    const { thread } = this;
    if (!thread?.loaded || !this.sees(thread) || thread.chat.unread === 0) return;
    thread.chat.unread = 0;
    deeds.quietly(() => api.read(this.person.id, thread.chat.id));
    this.banner.hide();
    this.drawMarks();
  }

  /** The push: a banner above the screen; with a shake of the phone unless it came silently. */
  announce(chat, message, silent) {
    this.silent = Boolean(silent);
    this.banner.ring(chat, message, this.silent, this.open === chat.id);
    if (silent) return;
    this.element.classList.remove("ringing");
    requestAnimationFrame(() => this.element.classList.add("ringing"));
  }

  unread() { return this.chats.reduce((sum, chat) => sum + (chat.unread ?? 0), 0); }

  drawAll() {
    const { thread } = this;
    if (!thread) drawChats(this);
    else if (this.body.firstElementChild !== thread.frame) {
      thread.frame ??= h("div", { class: "chat" }, h("header", { class: "chat-head" }), thread.element, this.composerOf(thread).element);
      this.body.replaceChildren(thread.frame);
      if (thread.stuck) thread.toBottom();
    }
    this.drawMarks();
    if (thread) { thread.showPinned(thread.chat.pinned ?? thread.chat.pinned_message); this.drawInput(thread); }
  }

  drawMarks() {
    const unread = this.unread();
    this.badge.hidden = unread === 0;
    this.badge.classList.toggle("silent", Boolean(this.silent));
    this.badge.replaceChildren(this.silent ? icon("mute") : "", String(unread));
    this.badge.setAttribute("aria-label", t("{n} unread", { n: unread }));
    this.drawHead();
    if (!this.thread) drawChats(this);
    this.thread?.showDown();
    this.app.onUnread();
  }

  drawHead() {
    if (this.thread?.frame) drawHead(this, this.thread);
  }

  drawInput(thread) {
    if (!thread?.loaded) return;
    const composer = this.composerOf(thread);
    const empty = thread.chat.type === "private" && thread.messages.size === 0 && thread.waiting.length === 0;
    thread.showWelcome(empty ? { name: this.commands.name ?? thread.chat.title, description: this.commands.description } : null);
    composer.gate(thread.chat.blocked ? t("Unblock the bot") : empty ? t("START") : null);
    composer.setKeyboard(thread.replyKeyboard());
  }

  /** Off the table; a text that could not be sent goes back to the drafts. */
  leave() {
    for (const thread of this.threads.values()) {
      const unsent = thread.waiting.filter((draft) => draft.failed).map((draft) => draft.text);
      const composer = this.composerOf(thread);
      if (unsent.length) composer.text = [...unsent, composer.text].filter(Boolean).join("\n");
    }
    this.element.remove();
  }
}
