// The list of a phone's chats.

import { dayKey, hourAndMinute, now, ofMessage } from "./clock.js";
import { avatar, h } from "./dom.js";
import { serviceWords } from "./bubble.js";
import { draftOf } from "./drafts.js";
import { summary } from "./media.js";
import { locale, t } from "./words.js";

export function drawChats(phone) {
  const newestFirst = [...phone.chats].sort((one, other) => (other.last?.date ?? 0) - (one.last?.date ?? 0));
  phone.body.replaceChildren(h("div", { class: "chats", "data-testid": "chats" },
    h("header", { class: "chat-head" }, h("h3", { class: "chats-title" }, t("Chats"))),
    h("nav", { "aria-label": t("Chats") }, newestFirst.map((chat) => line(phone, chat))),
    phone.chats.length === 0 ? h("p", { class: "empty" }, t("No chats yet.")) : null));
}

function line(phone, chat) {
  const draft = draftOf(phone.person.id, chat.id);
  const words = draft || (chat.last ? serviceWords(chat.last) ?? summary(chat.last) : t("Nothing written yet"));
  return h("button", { type: "button", class: "chat-line", "data-testid": "chat-line", "data-chat-id": chat.id, onclick: () => phone.openChat(chat.id) },
    avatar(chat.title, chat.id, Boolean(chat.bot) && chat.type === "private"),
    h("span", { class: "chat-line-words" },
      h("span", { class: "chat-line-top" }, h("strong", {}, chat.title), h("time", {}, chat.last ? when(chat.last) : "")),
      h("span", { class: "chat-line-last" }, draft ? h("em", {}, `${t("Draft")}: `) : null, h("span", {}, words), chat.unread ? h("span", { class: "badge" }, String(chat.unread)) : null)));
}

function when(message) {
  const at = ofMessage(message);
  return dayKey(at) === dayKey(now()) ? hourAndMinute(at) : at.toLocaleDateString(locale(), { month: "numeric", day: "numeric" });
}
