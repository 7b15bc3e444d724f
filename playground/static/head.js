// The top of a phone: the line above a chat with what the bot is doing, and the banner of a push.

import { chatMenu } from "./deeds.js";
import { avatar, h, icon, iconButton } from "./dom.js";
import { summary } from "./media.js";
import { t } from "./words.js";

const BANNER_MS = 4500;

const ROLES = { merchant: "merchant", buyer: "buyer", staff: "colleague" };

const ACTIONS = {
  typing: "typing…",
  upload_photo: "sending a photo…",
  upload_document: "sending a file…",
  upload_video: "sending a video…",
  record_voice: "recording…",
  upload_voice: "sending a voice message…",
  find_location: "looking for the place…",
};

const KINDS = { private: "person", bot: "bot", group: "group", supergroup: "group", channel: "channel" };

export const roleName = (role) => t(ROLES[role] ?? "person");

/** Back with what is unread elsewhere, who it is, what they do at this moment, and the menu. */
export function drawHead(phone, thread) {
  const { chat, frame } = thread;
  const head = frame.firstElementChild;
  const elsewhere = phone.unread() - chat.unread;
  const state = JSON.stringify([chat.title, chat.action, phone.live, elsewhere]);
  if (head.dataset.state === state) return;
  head.dataset.state = state;
  const back = iconButton("back", t("All chats"), () => phone.showList(), { "data-testid": "back" });
  if (elsewhere > 0) back.append(h("span", { class: "count" }, String(elsewhere)));
  head.replaceChildren(back, avatar(chat.title, chat.id, Boolean(chat.bot) && chat.type === "private"),
    h("div", { class: "chat-title" }, h("h3", {}, chat.title),
      h("span", { class: `chat-state ${chat.action ? "acting" : ""}`, "data-testid": "state", "aria-live": "polite" }, stateWords(phone, chat))),
    iconButton("more", t("More about this chat"), (event) => chatMenu(phone, thread, event.currentTarget), { "aria-haspopup": "menu", "data-testid": "chat-menu" }));
}

function stateWords(phone, chat) {
  if (!phone.live) return t("connecting…");
  if (chat.action) return t(ACTIONS[chat.action] ?? ACTIONS.typing);
  return t(KINDS[chat.bot && chat.type === "private" ? "bot" : chat.type] ?? "");
}

/** What slides down when a message arrives that nobody is looking at. */
export class Banner {
  constructor(onOpen) {
    this.element = h("button", { type: "button", class: "banner", hidden: true, "data-testid": "banner", onclick: () => onOpen(this.chat) });
  }

  /** `here`: its chat is already open, so the banner only tells and lets taps through. */
  ring(chat, message, silent, here) {
    clearTimeout(this.timer);
    this.chat = chat.id;
    this.element.replaceChildren(avatar(chat.title, chat.id, Boolean(chat.bot) && chat.type === "private"),
      h("span", { class: "banner-words" }, h("strong", {}, chat.title), h("span", {}, summary(message))), icon(silent ? "mute" : "bell"));
    this.element.hidden = false;
    this.element.classList.toggle("passive", here);
    this.element.dataset.silent = String(silent);
    this.timer = setTimeout(() => this.hide(), BANNER_MS);
  }

  hide() {
    clearTimeout(this.timer);
    this.element.hidden = true;
  }
}
