// The small panel that makes the local Telegram misbehave on demand.

import { api } from "./api.js";
import { h } from "./dom.js";
import { t } from "./words.js";

const METHODS = ["*", "sendMessage", "sendPhoto", "sendMediaGroup", "sendDocument", "editMessageText", "editMessageMedia", "deleteMessage", "answerCallbackQuery", "getUpdates", "getFile"];
const KINDS = {
  429: "Too many requests (429)",
  500: "Telegram is broken (500)",
  "502html": "A gateway's page (502)",
  drop_before: "Cut off before it is done",
  drop_after: "Cut off after it is done",
  slow: "A slow answer",
  duplicate_update: "The same update twice",
};

export function faultPanel(say) {
  const method = select(t("Method"), METHODS.map((name) => [name, name === "*" ? t("any method") : name]));
  const kind = select(t("Fault"), Object.entries(KINDS).map(([name, words]) => [name, t(words)]));
  const times = h("input", { type: "number", min: "1", max: "99", value: "1", "aria-label": t("Times") });
  const seconds = h("input", { type: "number", min: "1", max: "600", value: "5", "aria-label": t("Seconds") });
  const waiting = h("ul", { class: "fault-list" });
  const none = h("button", { type: "button", class: "strip-button", hidden: true, onclick: async () => { list(waiting, await api.clearFaults()); none.hidden = true; } }, t("No more faults"));
  const form = h("form", { class: "faults", "data-testid": "faults" }, h("label", {}, h("span", {}, t("Fault")), kind), h("label", {}, h("span", {}, t("Method")), method),
    h("label", {}, h("span", {}, t("Times")), times), h("label", {}, h("span", {}, t("Seconds")), seconds), h("button", { type: "submit", class: "strip-button" }, t("Let it happen")), waiting, none);
  const needsSeconds = () => { seconds.parentElement.hidden = !["429", "slow"].includes(kind.value); };
  kind.addEventListener("change", needsSeconds);
  needsSeconds();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await api.addFault(faultOf(kind.value, method.value, Number(times.value), Number(seconds.value)));
      list(waiting, await api.faults());
      none.hidden = false;
    } catch (refused) { say(t("Not done: {why}", { why: refused.message }), true); }
  });
  return form;
}

function faultOf(kind, method, times, seconds) {
  const fault = { kind, method, times };
  if (kind === "429") fault.retry_after = seconds;
  if (kind === "slow") fault.seconds = seconds;
  return fault;
}

function list(waiting, faults) {
  waiting.replaceChildren(...faults.map((fault) => h("li", {}, `${t(KINDS[fault.kind] ?? fault.kind)} · ${fault.method} × ${fault.times}`)));
}

function select(label, options) {
  return h("select", { "aria-label": label }, options.map(([value, text]) => h("option", { value }, text)));
}
