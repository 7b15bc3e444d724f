// What a chat's parts do to its phone when they are tapped or filled in.

import { Composer } from "./composer.js";
import * as deeds from "./deeds.js";
import { viewer } from "./overlays.js";

export function composerFor(phone, thread) {
  const { chat } = thread;
  return new Composer({
    user: phone.person.id,
    id: chat.id,
    commandSuffix: () => (chat.type === "private" ? "" : `@${phone.botUsername()}`),
    onSend: (text, replyTo) => deeds.sendText(phone, thread, text, replyTo),
    onEdit: (message, text) => deeds.editMessage(phone, thread, message, text),
    onFiles: (files) => deeds.sendFiles(phone, thread, phone.composerOf(thread), files),
    onQuote: (message) => phone.quote(thread, message),
    onStart: () => (chat.blocked ? phone.block(false) : deeds.start(phone, "")),
    onReplyKey: (button) => phone.pressReplyKey(thread, button),
    onEditLast: () => {
      const own = thread.ordered.findLast((message) => message.out && message.text);
      if (own) phone.composerOf(thread).edit(own);
    },
  });
}

export function sceneOf(phone, chat) {
  const thread = () => phone.threads.get(chat.id);
  const composer = () => phone.composerOf(thread());
  return {
    user: phone.person.id,
    doors: {
      onCommand: (command) => deeds.sendText(phone, thread(), command),
      onLink: (address) => deeds.openAddress(phone, address),
      onCopy: (text) => deeds.copy(phone, text),
    },
    onTap: (message, button, place) => deeds.tap(phone, thread(), message, button, place),
    onPhoto: (messages, index) => viewer(messages, index),
    onQuote: (id) => phone.quote(thread(), id),
    onReply: (message) => { composer().reply(message); composer().area.focus(); },
    onAgain: (draft) => deeds.sendAgain(phone, thread(), draft),
    onMenu: (block, x, y) => deeds.messageMenu(phone, thread(), block, x, y),
    onAsked: ({ message, placeholder }) => { if (!composer().editing) composer().reply(message, placeholder); },
    onRendered: () => phone.drawInput(thread()),
    onBottom: () => phone.readIfSeen(),
  };
}
