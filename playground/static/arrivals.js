// What the stream brings to a phone: messages, edits, deletions, what the bot is doing at this moment.

import { api } from "./api.js";
import { quietly } from "./deeds.js";

const ACTION_MS = 5500;

export async function receive(phone, event) {
  if (event.type === "commands") { phone.readCommands(); return; }
  const chat = phone.chats.find((each) => each.id === event.chat_id);
  if (!chat) { await meet(phone); return; }
  const thread = phone.threads.get(chat.id);
  switch (event.type) {
    case "message": arrive(phone, chat, thread, event); break;
    case "edited": case "reaction": change(chat, thread, event.message); break;
    case "deleted": lose(phone, chat, thread, event); break;
    case "action": act(phone, chat, event.action); break;
    case "read": chat.unread = 0; break;
    case "pinned": chat.pinned = event.message ?? null; thread?.showPinned(chat.pinned); break;
    case "blocked": chat.blocked = event.blocked; break;
  }
  phone.drawMarks();
}

/** A chat that this phone did not know yet: the list is read anew, its unread messages counted there. */
async function meet(phone) {
  const chats = await quietly(() => api.chats(phone.person.id));
  if (!chats) return;
  phone.takeChats(chats);
  phone.drawAll();
}

function arrive(phone, chat, thread, { message, silent }) {
  const known = thread?.messages.has(message.message_id);
  const mine = message.out || known;
  chat.last = message;
  chat.action = null;
  if (!mine) {
    if (chat.unread === 0 && thread && !phone.sees(thread)) thread.unreadFrom = message.message_id;
    chat.unread += 1;
  }
  thread?.put(message);
  if (mine) return;
  if (thread && phone.sees(thread)) phone.readIfSeen();
  else phone.announce(chat, message, silent);
}

function change(chat, thread, message) {
  thread?.put(message);
  if (chat.last?.message_id === message.message_id) chat.last = message;
}

function lose(phone, chat, thread, event) {
  const ids = event.message_ids ?? [event.message_id ?? event.message?.message_id];
  thread?.remove(ids);
  phone.composers.get(chat.id)?.forget(ids);
  if (ids.includes(chat.last?.message_id)) chat.last = thread?.ordered.at(-1) ?? null;
  if (ids.includes(chat.pinned?.message_id)) { chat.pinned = null; thread?.showPinned(null); }
}

function act(phone, chat, action) {
  chat.action = action ?? "typing";
  clearTimeout(chat.actionTimer);
  chat.actionTimer = setTimeout(() => { chat.action = null; phone.drawHead(); }, ACTION_MS);
  phone.drawHead();
}
