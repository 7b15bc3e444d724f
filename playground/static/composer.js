// The input of one chat: typing, replying, editing, commands, files, the bot's own keyboard.

import { nameOf } from "./bubble.js";
import { CommandList } from "./commands.js";
import { h, icon, iconButton } from "./dom.js";
import { draftOf, keepDraft } from "./drafts.js";
import { replyKeyboard } from "./keyboard.js";
import { summary } from "./media.js";
import { t } from "./words.js";

const TALLEST = 132;

export class Composer {
  /** `chat`: {user, id, isGroup, onSend(text, replyTo), onEdit(message, text), onFiles(files), onEditLast(), onQuote(id), onStart()}. */
  constructor(chat) {
    this.chat = chat;
    this.replyTo = null;
    this.editing = null;
    this.keyboard = null;
    this.build();
    this.text = draftOf(chat.user, chat.id);
  }

  build() {
    this.list = new CommandList((command, send) => this.useCommand(command, send));
    this.area = h("textarea", { class: "input", rows: "1", "aria-label": t("Message"), placeholder: t("Message"), "data-testid": "input", enterkeyhint: "send" });
    this.picker = h("input", { type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-label": t("Choose files"), "data-testid": "picker" });
    this.menu = h("button", { type: "button", class: "menu-button", "data-testid": "commands-button", "aria-haspopup": "listbox", hidden: true,
      onclick: () => { this.list.toggle(); this.area.focus(); } }, icon("menu"), h("span", {}, t("Menu")));
    this.flip = iconButton("keyboard", t("Show or hide the buttons"), () => this.setBoard(this.board.hidden), { hidden: true });
    this.sendButton = iconButton("send", t("Send"), () => this.submit(), { class: "icon-button send", "data-testid": "send" });
    this.bar = h("div", { class: "reply-bar", hidden: true, "data-testid": "reply-bar" });
    this.board = h("div", { class: "board", hidden: true });
    this.startButton = h("button", { type: "button", class: "start-button", hidden: true, "data-testid": "start", onclick: () => this.chat.onStart() }, t("START"));
    this.line = h("div", { class: "input-line" }, this.menu, h("div", { class: "field" }, this.area, this.flip,
      iconButton("attach", t("Send a photo or a file"), () => this.picker.click(), { "data-testid": "attach" })), this.picker, this.sendButton);
    this.element = h("div", { class: "composer" }, this.list.element, this.bar, this.line, this.board, this.startButton);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    this.area.addEventListener("blur", () => this.list.close());
    this.picker.addEventListener("change", () => { if (this.picker.files.length) this.chat.onFiles([...this.picker.files]); this.picker.value = ""; });
  }

  get text() { return this.area.value; }

  set text(words) {
    this.area.value = words;
    this.typed();
  }

  typed() {
    if (!this.editing) keepDraft(this.chat.user, this.chat.id, this.text);
    this.grow();
    this.sendButton.classList.toggle("ready", this.text.trim() !== "");
    const command = /^\/([a-z0-9_]*)$/i.exec(this.text);
    if (command) this.list.show(command[1]);
    else this.list.close();
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, TALLEST)}px`;
  }

  pressed(event) {
    if (this.list.takes(event)) { event.preventDefault(); return; }
    // An input method confirms its candidates with Enter; that Enter does not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && (this.editing || this.replyTo)) {
      event.stopPropagation();
      this.leaveBar();
    } else if (event.key === "ArrowUp" && this.text === "" && !this.editing) {
      event.preventDefault();
      this.chat.onEditLast();
    }
  }

  submit() {
    const words = this.text.trim();
    if (!words) { this.area.focus(); return; }
    const { editing, replyTo } = this;
    this.text = "";
    this.leaveBar();
    if (editing) this.chat.onEdit(editing, words);
    else this.chat.onSend(words, replyTo);
    this.area.focus({ preventScroll: true });
  }

  useCommand(command, send) {
    if (!send) { this.text = `/${command} `; this.area.focus(); return; }
    this.text = "";
    this.chat.onSend(`/${command}${this.chat.commandSuffix?.() ?? ""}`, null);
  }

  reply(message, placeholder) {
    if (this.editing) this.leaveBar();
    this.replyTo = message;
    this.area.placeholder = placeholder || t("Reply…");
    this.drawBar("reply", t("Reply to {name}", { name: nameOf(message.from) }), message);
  }

  edit(message) {
    this.leaveBar();
    this.editing = message;
    this.area.value = message.text ?? message.caption ?? "";
    this.typed();
    this.drawBar("edit", t("Edit message"), message);
    this.area.focus();
  }

  drawBar(kind, title, message) {
    this.bar.replaceChildren(icon(kind),
      h("button", { type: "button", class: "reply-bar-words", onclick: () => this.chat.onQuote(message.message_id) }, h("span", { class: "quoted-name" }, title), h("span", { class: "quoted-text" }, summary(message))),
      iconButton("close", t("Cancel"), () => { this.leaveBar(); this.area.focus(); }));
    this.bar.hidden = false;
    this.bar.dataset.kind = kind;
  }

  /** Ends replying or editing; a text that was being written before the edit comes back. */
  leaveBar() {
    const wasEditing = this.editing;
    this.replyTo = null;
    this.editing = null;
    this.bar.hidden = true;
    this.resetPlaceholder();
    if (wasEditing) this.text = draftOf(this.chat.user, this.chat.id);
  }

  resetPlaceholder() {
    this.area.placeholder = (!this.board.hidden && this.keyboard?.input_field_placeholder) || t("Message");
  }

  /** A message that is gone can neither be answered nor edited. */
  forget(ids) {
    if (ids.includes(this.replyTo?.message_id) || ids.includes(this.editing?.message_id)) this.leaveBar();
  }

  setCommands(commands) {
    this.list.commands = commands;
    this.menu.hidden = commands.length === 0;
    if (this.list.open) this.typed();
  }

  setKeyboard(markup) {
    if (markup?.messageId === this.keyboard?.messageId) return;
    this.keyboard = markup;
    this.board.replaceChildren(markup ? replyKeyboard(markup, (button) => this.chat.onReplyKey(button)) : "");
    this.flip.hidden = !markup || Boolean(markup.is_persistent);
    this.setBoard(Boolean(markup));
  }

  setBoard(shown) {
    this.board.hidden = !shown;
    if (!this.replyTo) this.resetPlaceholder();
  }

  /** Instead of the input: START in an empty chat, or the way back after a block. */
  gate(words) {
    this.startButton.hidden = !words;
    this.startButton.textContent = words ?? "";
    this.line.hidden = Boolean(words);
  }
}
