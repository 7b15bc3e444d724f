// The page: which phones there are, which one is in hand, and the strip beside them.

import { api } from "./api.js";
import { receive } from "./arrivals.js";
import { readClock } from "./clock.js";
import { avatar, h, iconButton } from "./dom.js";
import { Phone } from "./phone.js";
import { listen } from "./stream.js";
import { Strip } from "./strip.js";
import { speak, t } from "./words.js";

const CLOCK_EVERY = 15000;

class Playground {
  constructor() {
    this.phones = [];
    this.inHand = null;
    this.live = false;
    this.table = h("div", { class: "table", "data-testid": "table" });
    this.tabs = h("nav", { class: "tabs", role: "tablist" });
    this.strip = new Strip(this);
    this.veil = h("div", { class: "drawer-veil", onclick: () => this.drawer(false) });
    document.body.replaceChildren(h("div", { class: "top" }, this.tabs), h("main", {}, this.table, this.strip.element, this.veil));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.inHand?.readIfSeen(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.drawer(false); });
    setInterval(() => this.tick(), 1000);
    setInterval(() => readClock().catch(() => {}), CLOCK_EVERY);
  }

  async load() {
    await readClock().catch(() => {});
    this.tick();
    const people = await api.phones();
    for (const person of people) this.place(person);
    this.look(this.phones[0]);
    listen(api.eventsAddress, {
      onOpen: () => this.setLive(true),
      onBreak: () => this.setLive(false),
      onEvent: (event) => this.hear(event),
    });
    this.strip.readControls();
  }

  setLive(live) {
    this.live = live;
    for (const phone of this.phones) phone.setLive(live);
  }

  hear(event) {
    const phone = this.phones.find((each) => each.person.id === event.user_id);
    if (phone) receive(phone, event);
  }

  place(person) {
    const phone = new Phone(person, this);
    this.phones.push(phone);
    this.table.append(phone.element);
    this.table.dataset.count = String(this.phones.length);
    this.drawTabs();
    if (this.live) phone.setLive(true);
    return phone;
  }

  async addPhone(person) {
    const phone = this.place(await api.addPhone(person));
    this.look(phone);
    phone.element.scrollIntoView({ inline: "end", behavior: "smooth" });
  }

  /** The phone in somebody's hand: what arrives there is seen; what arrives elsewhere is announced. */
  look(phone) {
    if (!phone || this.inHand === phone) return;
    this.inHand = phone;
    for (const each of this.phones) each.element.classList.toggle("in-hand", each === phone);
    phone.silent = false;
    phone.readIfSeen();
    this.drawTabs();
  }

  others(phone) { return this.phones.filter((other) => other !== phone); }

  showPerson(id, from) {
    const phone = this.phones.find((each) => each.person.id === id);
    if (!phone || phone === from) return;
    this.look(phone);
    phone.element.scrollIntoView({ inline: "center", behavior: "smooth" });
  }

  drawTabs() {
    this.tabs.setAttribute("aria-label", t("Phones"));
    this.tabs.replaceChildren(...this.phones.map((phone) => this.tab(phone)),
      iconButton("panel", t("Controls"), () => this.drawer(true), { class: "icon-button drawer-open", "data-testid": "drawer", "aria-controls": "strip" }));
  }

  tab(phone) {
    const unread = phone.unread();
    return h("button", {
      type: "button", class: "tab", role: "tab", "aria-selected": String(phone === this.inHand), "data-testid": "tab", "data-user-id": phone.person.id, onclick: () => this.look(phone),
    }, avatar(phone.person.first_name, phone.person.id), h("span", {}, phone.person.first_name), unread ? h("span", { class: `badge ${phone.silent ? "silent" : ""}` }, String(unread)) : null);
  }

  onUnread() {
    const unread = this.phones.reduce((sum, phone) => sum + phone.unread(), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${t("Zhanggui playground")}`;
    const state = this.phones.map((phone) => `${phone.unread()}${phone.silent}`).join();
    if (state !== this.tabState) { this.tabState = state; this.drawTabs(); }
  }

  onClock() {
    this.tick();
    for (const phone of this.phones) phone.thread?.render();
  }

  tick() {
    this.strip.tick();
    for (const phone of this.phones) phone.tick();
  }

  drawer(open) {
    document.body.classList.toggle("drawer-shown", open);
    if (open) this.strip.element.querySelector(".drawer-close").focus();
  }

  /** Draws everything in another language; what was typed stays, it is kept with the chat. */
  speak(code) {
    speak(code);
    const [inHand, people] = [this.inHand?.person.id, this.phones.map((phone) => phone.person)];
    for (const phone of this.phones) phone.leave();
    this.phones = [];
    this.inHand = null;
    for (const person of people) this.place(person);
    this.look(this.phones.find((phone) => phone.person.id === inHand) ?? this.phones[0]);
    this.strip.draw();
    this.onUnread();
  }
}

new Playground().load().catch((refused) => {
  document.body.append(h("p", { class: "page-error", role: "alert" }, t("The playground does not answer: {why}. Load the page again when it runs.", { why: refused.message })));
});
