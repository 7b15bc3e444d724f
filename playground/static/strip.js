// The control strip beside the phones: the clock, the world outside the shop, faults, people, language.

import { api } from "./api.js";
import { advance, fullMoment, hourAndMinute, now, shortDay } from "./clock.js";
import { h, icon, iconButton } from "./dom.js";
import { faultPanel } from "./faults.js";
import { language, t } from "./words.js";

const HOUR = 3600;
const DAY = 24 * HOUR;

export class Strip {
  constructor(app) {
    this.app = app;
    this.controls = [];
    this.element = h("aside", { class: "strip", id: "strip", "aria-label": t("Controls"), "data-testid": "strip" });
    this.said = h("p", { class: "said", role: "status", "data-testid": "said", hidden: true });
    this.draw();
  }

  draw() {
    this.day = h("span", { class: "clock-day" });
    this.time = h("time", { class: "clock-time", "data-testid": "clock" });
    this.events = h("div", { class: "control-list", "data-testid": "controls" });
    this.element.setAttribute("aria-label", t("Controls"));
    this.element.replaceChildren(this.brand(), this.clock(), this.world(), this.people(), this.tools());
    this.tick();
    this.drawControls();
  }

  brand() {
    const other = language() === "zh" ? "en" : "zh";
    return h("header", { class: "brand" }, h("span", { class: "seal", "aria-hidden": "true" }, "掌"),
      h("div", { class: "brand-words" }, h("h1", {}, t("Zhanggui playground")), h("p", {}, t("Nothing here leaves this computer."))),
      h("button", { type: "button", class: "language", lang: other, "data-testid": "language", onclick: () => this.app.speak(other) }, other === "en" ? "EN" : "中文"),
      iconButton("close", t("Close"), () => this.app.drawer(false), { class: "icon-button drawer-close" }));
  }

  clock() {
    return h("section", { class: "card clock-card", "aria-label": t("Clock") }, h("div", { class: "clock-face" }, this.time, this.day),
      h("div", { class: "pair" }, this.leap(t("Next hour"), HOUR, "next-hour"), this.leap(t("Next day"), DAY, "next-day")));
  }

  leap(label, seconds, name) {
    return h("button", { type: "button", class: "strip-button", "data-testid": name, onclick: (event) => this.run(event.currentTarget, async () => { await advance(seconds); this.app.onClock(); }) }, icon("forward"), label);
  }

  world() {
    return h("section", { class: "card", "aria-label": t("The world outside") }, h("h2", {}, t("The world outside")), this.events, this.said);
  }

  async readControls() {
    this.controls = await api.controls().catch(() => []);
    this.drawControls();
  }

  drawControls() {
    const icons = [[/order|订单/i, "box"], [/scan|carrier|parcel|物流|快递/i, "truck"], [/buyer|question|买家/i, "contact"]];
    const buttons = this.controls.map((control) => h("button", {
      type: "button", class: "strip-button event", "data-testid": "control", "data-name": control.name, onclick: (event) => this.play(event.currentTarget, control),
    }, icon(icons.find(([words]) => words.test(`${control.name} ${control.label}`))?.[1] ?? "bolt"), language() === "zh" ? control.label : (control.label_en ?? control.label)));
    this.events.replaceChildren(...(buttons.length ? buttons : [h("p", { class: "hint" }, t("Orders and parcels appear here when a shop runs in this playground."))]));
  }

  play(button, control) {
    this.run(button, async () => {
      const answer = await api.control(control.name);
      this.say(answer.said ?? t("Done."));
    });
  }

  async run(button, deed) {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try { await deed(); } catch (refused) { this.say(t("Not done: {why}", { why: refused.message }), true); }
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }

  say(words, bad = false) {
    this.said.hidden = false;
    this.said.textContent = words;
    this.said.classList.toggle("bad", bad);
  }

  people() {
    const name = h("input", { type: "text", required: true, maxlength: "40", placeholder: t("Name, for example 小美"), "aria-label": t("Name"), "data-testid": "new-name" });
    const code = h("select", { "aria-label": t("Language of the phone") }, h("option", { value: "zh-hans" }, "中文"), h("option", { value: "en" }, "English"));
    const form = h("form", { class: "inline-form", "data-testid": "new-phone" }, name, code, h("button", { type: "submit", class: "icon-button solid", "aria-label": t("Add the phone"), title: t("Add the phone") }, icon("plus")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(event.submitter ?? form, async () => { await this.app.addPhone({ first_name: name.value.trim(), language_code: code.value }); name.value = ""; });
    });
    return h("details", { class: "card fold", "data-testid": "people" }, h("summary", {}, icon("phone"), t("Another phone")), h("p", { class: "hint" }, t("A new person with an empty chat: a colleague, or a buyer.")), form);
  }

  tools() {
    return h("details", { class: "card fold", "data-testid": "tools" }, h("summary", {}, icon("braces"), t("For developers")),
      faultPanel((words, bad) => this.say(words, bad)),
      h("a", { class: "strip-link", href: api.transcriptAddress, target: "_blank", rel: "noopener" }, icon("link"), t("Everything the bot was told and said (JSON)")));
  }

  tick() {
    this.time.textContent = hourAndMinute(now());
    this.time.setAttribute("datetime", now().toISOString());
    this.time.title = fullMoment(now());
    this.day.textContent = shortDay(now());
  }
}
