// The buttons under a message (inline keyboard) and under the input (reply keyboard).

import { h, icon } from "./dom.js";
import { t } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

/** `busy`: the places ("row:column") of taps that have no answer yet. */
export function inlineKeyboard(message, busy, onTap) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return h("div", { class: "keyboard", role: "group", "aria-label": t("Buttons"), "data-testid": "keyboard" },
    rows.map((row, y) => h("div", { class: "keyboard-row" }, row.map((button, x) => key(message, button, `${y}:${x}`, busy, onTap)))));
}

function key(message, button, place, busy, onTap) {
  const waiting = busy.has(`${message.message_id}:${place}`);
  const mark = button.url || button.web_app ? "forward" : button.copy_text ? "copy" : null;
  return h("button", {
    type: "button",
    class: `key ${STYLES.has(button.style) ? button.style : "plain"} ${waiting ? "waiting" : ""}`,
    disabled: Boolean(button.disabled),
    "aria-busy": waiting ? "true" : null,
    "data-testid": "key",
    "data-focus": `key:${message.message_id}:${place}`,
    title: waiting ? t("Waiting for the bot") : button.url ?? button.copy_text?.text ?? null,
    onclick: () => onTap(message, button, place),
  }, h("span", { class: "key-text" }, button.text), mark ? h("span", { class: "key-mark" }, icon(mark)) : null,
  waiting ? h("span", { class: "spinner", "aria-hidden": "true" }) : null);
}

/** The keyboard that replaces the letters; it belongs to the newest message that set or removed one. */
export function latestReplyKeyboard(messages) {
  const setter = messages.findLast(({ out, reply_markup: markup }) => !out && markup && (markup.keyboard || markup.remove_keyboard));
  return setter?.reply_markup.keyboard ? { ...setter.reply_markup, messageId: setter.message_id } : null;
}

export function replyKeyboard(markup, onPress) {
  return h("div", { class: "reply-keyboard", role: "group", "aria-label": t("Buttons"), "data-testid": "reply-keyboard" },
    markup.keyboard.map((row) => h("div", { class: "keyboard-row" }, row.map((raw) => {
      const button = typeof raw === "string" ? { text: raw } : raw;
      return h("button", {
        type: "button",
        class: `key ${STYLES.has(button.style) ? button.style : "plain"}`,
        disabled: Boolean(button.disabled),
        onclick: () => onPress(button),
      }, h("span", { class: "key-text" }, button.text));
    }))));
}

/** The message that asks for a reply, when it is the newest of the other side. */
export function askedReply(message) {
  const markup = message?.reply_markup;
  return !message?.out && markup?.force_reply ? { message, placeholder: markup.input_field_placeholder } : null;
}
