// One message, or one album, as it looks on the phone.

import { dayKey, dayName, fullMoment, hourAndMinute, ofMessage } from "./clock.js";
import { avatar, h, icon } from "./dom.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { media, mosaic, paper, summary } from "./media.js";
import { t } from "./words.js";

const TOGETHER = 10 * 60;
const LONG_PRESS_MS = 480;

export const nameOf = (sender) => [sender?.first_name, sender?.last_name].filter(Boolean).join(" ") || sender?.title || "";

const senderOf = (message) => (message.out ? "me" : String(message.sender_chat?.id ?? message.from?.id ?? "chat"));

const brief = (words) => { const [line] = words.split("\n"); return line.length > 24 ? `${line.slice(0, 24)}…` : line; };

/** The message's own notice when it is not speech: who joined, what was pinned. Null for ordinary messages. */
export function serviceWords(message) {
  const name = nameOf(message.from);
  if (message.pinned_message) return t("{name} pinned “{what}”", { name, what: brief(summary(message.pinned_message)) });
  if (message.new_chat_members) return t("{name} joined", { name: message.new_chat_members.map(nameOf).join("、") });
  if (message.left_chat_member) return t("{name} left", { name: nameOf(message.left_chat_member) });
  if (message.new_chat_title) return t("The group is now called “{what}”", { what: message.new_chat_title });
  if (message.group_chat_created || message.supergroup_chat_created) return t("The group was created");
  if (message.channel_chat_created) return t("The channel was created");
  if (message.forum_topic_created) return t("Topic “{what}” was opened", { what: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("The topic is now called “{what}”", { what: message.forum_topic_edited.name ?? "" });
  if (message.forum_topic_closed) return t("The topic was closed");
  if (message.forum_topic_reopened) return t("The topic was opened again");
  return null;
}

/** Messages -> what is drawn, top to bottom: days, notices, the unread line, bubbles and albums. */
export function blocksOf(messages, unreadFrom) {
  const blocks = [];
  let day = null;
  for (const message of messages) {
    const key = dayKey(ofMessage(message));
    if (key !== day) blocks.push({ kind: "day", key: `day:${key}`, message });
    day = key;
    if (message.message_id === unreadFrom) blocks.push({ kind: "unread", key: "unread", message });
    const last = blocks.at(-1);
    if (message.media_group_id && last.albumId === message.media_group_id) last.messages.push(message);
    else if (serviceWords(message)) blocks.push({ kind: "service", key: `m${message.message_id}`, message });
    else blocks.push({ kind: "bubble", key: `m${message.message_id}`, albumId: message.media_group_id, messages: [message] });
  }
  joinNeighbours(blocks);
  return blocks;
}

function joinNeighbours(blocks) {
  blocks.forEach((block, index) => {
    if (block.kind !== "bubble") return;
    block.first = !together(blocks[index - 1], block);
    block.last = !together(block, blocks[index + 1]);
  });
}

function together(above, below) {
  if (above?.kind !== "bubble" || below?.kind !== "bubble") return false;
  const [one, other] = [above.messages.at(-1), below.messages[0]];
  return senderOf(one) === senderOf(other) && other.date - one.date < TOGETHER;
}

/** `scene`: {group, busy, doors, onTap, onPhoto, onQuote, onMenu}. */
export function drawBlock(block, scene) {
  switch (block.kind) {
    case "day": return h("div", { class: "notice day", role: "separator" }, h("span", {}, dayName(ofMessage(block.message))));
    case "unread": return h("div", { class: "unread-line", role: "separator", "data-testid": "unread-line" }, t("New messages"));
    case "service": return h("div", { class: "notice", "data-testid": "service", "data-message-id": block.message.message_id }, h("span", {}, serviceWords(block.message)));
    default: return row(block, scene);
  }
}

function row(block, scene) {
  const message = block.messages[0];
  const side = message.out ? "out" : "in";
  const shape = [side, block.first && "first", block.last && "last", message.failed && "failed"].filter(Boolean).join(" ");
  const face = scene.group && !message.out ? h("span", { class: "face" }, block.last ? avatar(nameOf(message.from), message.from?.id, message.from?.is_bot) : null) : null;
  return h("div", {
    class: `row ${shape}`, "data-testid": "message", "data-side": side, "data-message-id": message.message_id ?? null,
    "data-ids": block.messages.map((each) => each.message_id).join(" "),
  }, face, h("div", { class: "stack" }, bubble(block, message, scene), inlineKeyboard(block.messages.at(-1), scene.busy, scene.onTap)));
}

function bubble(block, message, scene) {
  const speech = block.messages.find((each) => each.caption || each.text) ?? message;
  const body = block.messages.length > 1 ? several(block.messages, scene) : media(message, scene);
  const words = speech.text ?? speech.caption;
  const only = body && !words ? "media-only" : "";
  const element = h("article", { class: `bubble ${body ? "with-media" : ""} ${only}`, "data-testid": "bubble", "aria-label": label(message, words) },
    scene.group && block.first && !message.out ? h("div", { class: "sender" }, nameOf(message.from)) : null,
    forwarded(message), quoted(message, scene), body,
    h("div", { class: "words", "data-testid": "text" }, words ? richText(words, speech.entities ?? speech.caption_entities, scene.doors) : null, meta(message)),
    reactions(message), message.failed ? again(message, scene) : more(block, scene));
  element.addEventListener("contextmenu", (event) => { event.preventDefault(); scene.onMenu(block, event.clientX, event.clientY); });
  longPress(element, (x, y) => scene.onMenu(block, x, y));
  element.addEventListener("dblclick", (event) => { if (!event.target.closest("button, a")) scene.onReply(message); });
  return element;
}

/** Not every phone's browser tells of a long press by itself. */
function longPress(element, act) {
  let timer = null;
  const cancel = () => clearTimeout(timer);
  element.addEventListener("touchstart", (event) => {
    const { clientX, clientY } = event.touches[0];
    cancel();
    timer = setTimeout(() => { if (!document.querySelector(".context-menu")) act(clientX, clientY); }, LONG_PRESS_MS);
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel", "contextmenu"]) element.addEventListener(end, cancel, { passive: true });
}

function label(message, words) {
  const facts = { name: nameOf(message.from), time: hourAndMinute(ofMessage(message)), what: words ?? summary(message) };
  return message.out ? t("You, {time}: {what}", facts) : t("{name}, {time}: {what}", facts);
}

const several = (messages, scene) =>
  messages.every((message) => message.photo) ? mosaic(messages, scene) : messages.map((message) => (message.document ? paper(message.document) : media(message, scene)));

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = nameOf(origin.sender_user) || origin.sender_user_name || nameOf(origin.chat ?? origin.sender_chat);
  return h("div", { class: "forwarded" }, t("Forwarded from {name}", { name }));
}

function quoted(message, scene) {
  const original = message.reply_to_message;
  if (!original) return null;
  return h("button", { type: "button", class: "quoted", "data-testid": "quoted", onclick: () => scene.onQuote(original.message_id) },
    original.photo ? h("img", { src: original.photo[0].url ?? `/phones/api/files/${original.photo[0].file_id}`, alt: "" }) : null,
    h("span", { class: "quoted-words" }, h("span", { class: "quoted-name" }, nameOf(original.from)),
      h("span", { class: "quoted-text" }, message.quote?.text ?? summary(original))));
}

function meta(message) {
  const at = ofMessage(message);
  const state = message.pending ? icon("clock") : message.failed ? icon("warn") : icon("check");
  return h("span", { class: "meta" },
    message.edit_date ? h("span", { class: "edited", "data-testid": "edited" }, t("edited")) : null,
    h("time", { datetime: at.toISOString(), title: fullMoment(at) }, hourAndMinute(at)), message.out ? state : null);
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((reaction) => h("span", {}, reaction.emoji ?? "⭐")));
}

const again = (message, scene) =>
  h("button", { type: "button", class: "try-again", onclick: () => scene.onAgain(message) }, t("Not sent. Try again"));

const more = (block, scene) =>
  h("button", {
    type: "button", class: "bubble-more", "aria-label": t("More about this message"), "aria-haspopup": "menu", "data-focus": `more:${block.key}`,
    onclick: (event) => { const box = event.currentTarget.getBoundingClientRect(); scene.onMenu(block, box.left, box.bottom); },
  }, icon("dots"));
