// What a person does in a chat: sends, taps, edits, opens links and the menu of a message.

import { api } from "./api.js";
import { attachSheet } from "./attach.js";
import { now } from "./clock.js";
import { alertBox, contextMenu, toast } from "./overlays.js";
import { t } from "./words.js";

let pendingCount = 0;

const failed = (phone, refused) => toast(phone.screen, t("Not done: {why}", { why: refused.message }), "bad");

/** Runs `deed`; a refusal is told on the phone where it happened. */
export async function attempt(phone, deed) {
  try {
    return await deed();
  } catch (refused) {
    failed(phone, refused);
    return null;
  }
}

/** Runs what nobody asked for; when it fails, the phone already shows that it is connecting. */
export async function quietly(deed) {
  try {
    return await deed();
  } catch {
    return null;
  }
}

const LONGEST_TEXT = 4096;

/** Sends a text; one that is too long for a message goes in several, cut at a line where possible. */
export async function sendText(phone, thread, text, replyTo) {
  if (text.length > LONGEST_TEXT) {
    const line = text.lastIndexOf("\n", LONGEST_TEXT);
    const cut = line > 0 ? line : LONGEST_TEXT;
    await sendText(phone, thread, text.slice(0, cut), replyTo);
    await sendText(phone, thread, text.slice(cut).trim());
    return;
  }
  pendingCount += 1;
  const draft = {
    message_id: `pending-${pendingCount}`, date: Math.floor(now().getTime() / 1000), out: true, pending: true, text,
    from: phone.person, reply_to_message: replyTo ?? undefined,
  };
  thread.expect(draft);
  await deliver(phone, thread, draft);
}

async function deliver(phone, thread, draft) {
  const message = { text: draft.text };
  if (draft.reply_to_message) message.reply_to_message_id = draft.reply_to_message.message_id;
  try {
    const sent = await api.send(phone.person.id, thread.chat.id, message);
    thread.forget(draft);
    thread.put(sent);
  } catch (refused) {
    draft.pending = false;
    draft.failed = true;
    thread.render();
    failed(phone, refused);
  }
}

export async function sendAgain(phone, thread, draft) {
  draft.failed = false;
  draft.pending = true;
  thread.render();
  await deliver(phone, thread, draft);
}

export function sendFiles(phone, thread, composer, files) {
  attachSheet(phone.screen, files, {
    caption: composer.editing ? "" : composer.text,
    send: async (form) => {
      if (composer.replyTo) form.set("reply_to_message_id", String(composer.replyTo.message_id));
      const sent = await api.sendFiles(phone.person.id, thread.chat.id, form);
      for (const message of sent) thread.put(message);
      thread.toBottom();
    },
    onDone: (caption, sent) => {
      if (!composer.editing) composer.text = caption;
      if (sent) composer.leaveBar();
    },
  });
}

export async function editMessage(phone, thread, message, text) {
  const edited = await attempt(phone, () => api.edit(phone.person.id, thread.chat.id, message.message_id, text));
  if (edited) thread.put(edited);
  else phone.composerOf(thread).text ||= text;
}

/** A tap on an inline button: spins until the bot answers, then shows what it said. */
export async function tap(phone, thread, message, button, place) {
  if (button.copy_text) return copy(phone, button.copy_text.text);
  if (button.url) return openAddress(phone, button.url) || window.open(button.url, "_blank", "noopener");
  if (!button.callback_data) return toast(phone.screen, t("This kind of button does nothing in the playground."));
  const busy = `${message.message_id}:${place}`;
  if (thread.scene.busy.has(busy)) return null;
  thread.setBusy(busy, true);
  const answer = await attempt(phone, () => api.tap(phone.person.id, thread.chat.id, message.message_id, button.callback_data));
  thread.setBusy(busy, false);
  return answer && showAnswer(phone, answer);
}

function showAnswer(phone, answer) {
  if (!answer.answered) toast(phone.screen, t("The bot did not answer this tap within 10 seconds."), "bad");
  else if (answer.text && answer.show_alert) alertBox(phone.screen, phone.botName(), answer.text);
  else if (answer.text) toast(phone.screen, answer.text);
  if (answer.url && !openAddress(phone, answer.url)) window.open(answer.url, "_blank", "noopener");
}

export async function copy(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(phone.screen, t("Copied: {what}", { what: text.length > 60 ? `${text.slice(0, 60)}…` : text }));
  } catch {
    toast(phone.screen, t("The browser does not allow copying here."), "bad");
  }
}

/** What a link means to a phone: {start}, {person}, {bot} or null for the world outside. */
export function meaningOf(address, botUsername) {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (url.protocol === "tg:" && /user/.test(url.host + url.pathname)) return { person: Number(url.searchParams.get("id")) };
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : /^(www\.)?(t|telegram)\.me$/.test(url.host) ? url.pathname.split("/")[1] : null;
  if (!name || !botUsername || name.toLowerCase() !== botUsername.toLowerCase()) return null;
  return url.searchParams.has("start") ? { start: url.searchParams.get("start") } : { bot: true };
}

/** True when the link was followed inside the playground. */
export function openAddress(phone, address) {
  const meaning = meaningOf(address, phone.botUsername());
  if (!meaning) {
    if (!address.startsWith("tg:")) return false;
    toast(phone.screen, t("This link leads nowhere in the playground."));
  } else if (meaning.person) phone.app.showPerson(meaning.person, phone);
  else if (meaning.bot) phone.openBot();
  else start(phone, meaning.start);
  return true;
}

/** Opens t.me/<bot>?start=<payload> on this phone. */
export async function start(phone, payload) {
  const message = await attempt(phone, () => api.start(phone.person.id, payload));
  if (message) await phone.openBot(message);
}

function startLinks(message, phone) {
  const entities = [...(message.entities ?? []), ...(message.caption_entities ?? [])];
  const text = message.text ?? message.caption ?? "";
  const addresses = entities.map((entity) => entity.url ?? (entity.type === "url" ? text.slice(entity.offset, entity.offset + entity.length) : ""));
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.url ?? button.copy_text?.text ?? "");
  const payloads = [...addresses, ...buttons].map((address) => meaningOf(address.replace(/^(?=t\.me)/, "https://"), phone.botUsername())?.start);
  return [...new Set(payloads.filter((payload) => payload !== undefined))];
}

export function messageMenu(phone, thread, block, x, y) {
  const message = block.messages[0];
  const words = block.messages.map((each) => each.text ?? each.caption).find(Boolean);
  const composer = phone.composerOf(thread);
  const elsewhere = startLinks(message, phone).flatMap((payload) => phone.app.others(phone).map((other) => ({
    icon: "phone", label: t("Open its link as {name}", { name: other.person.first_name }), run: () => { phone.app.look(other); start(other, payload); },
  })));
  contextMenu(phone.screen, [
    { icon: "reply", label: t("Reply"), run: () => { composer.reply(message); composer.area.focus(); } },
    message.out && words && { icon: "edit", label: t("Edit"), run: () => composer.edit(block.messages.find((each) => each.text ?? each.caption)) },
    words && { icon: "copy", label: t("Copy text"), run: () => copy(phone, words) },
    ...elsewhere,
    ...block.messages.slice(0, 1).map((each) => ({ icon: "braces", label: t("This message as JSON"), href: api.messageAddress(phone.person.id, thread.chat.id, each.message_id) })),
  ], x, y, t("Message"));
}

export function chatMenu(phone, thread, button) {
  const box = button.getBoundingClientRect();
  const blocked = Boolean(thread.chat.blocked);
  contextMenu(phone.screen, [
    { icon: "play", label: t("Send /start again"), run: () => sendText(phone, thread, "/start") },
    thread.chat.type === "private" && {
      icon: "stop", tone: blocked ? "" : "danger", label: blocked ? t("Unblock the bot") : t("Block the bot"), run: () => phone.block(!blocked),
    },
    { icon: "braces", label: t("All messages as JSON"), href: `/phones/api/${phone.person.id}/chats/${thread.chat.id}/messages` },
  ], box.right, box.bottom, t("Chat"));
}
