// The list of the bot's commands above the input.

import { h } from "./dom.js";
import { t } from "./words.js";

export class CommandList {
  /** `onChoose(command, send)`: send is false when the command is only to be written into the input. */
  constructor(onChoose) {
    this.commands = [];
    this.shown = [];
    this.marked = 0;
    this.onChoose = onChoose;
    this.element = h("div", { class: "commands", role: "listbox", "aria-label": t("Commands"), "data-testid": "commands", hidden: true });
  }

  get open() { return !this.element.hidden; }

  /** Shows the commands that begin with what is typed; nothing fitting closes the list. */
  show(prefix = "") {
    this.shown = this.commands.filter(({ command }) => command.startsWith(prefix.toLowerCase()));
    this.marked = 0;
    this.element.hidden = this.shown.length === 0;
    this.draw();
  }

  close() { this.element.hidden = true; }

  toggle() { if (this.open) this.close(); else this.show(); }

  draw() {
    this.element.replaceChildren(...this.shown.map((each, index) => h("button", {
      type: "button", class: "command-item", role: "option", tabindex: "-1", "aria-selected": String(index === this.marked), "data-testid": "command",
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => this.choose(index, true),
    }, h("span", { class: "command-name" }, `/${each.command}`), h("span", { class: "command-words" }, each.description))));
    this.element.children[this.marked]?.scrollIntoView({ block: "nearest" });
  }

  choose(index, send) {
    const { command } = this.shown[index];
    this.close();
    this.onChoose(command, send);
  }

  /** Keys while typing: true when the list used the key. */
  takes(event) {
    if (!this.open || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { this.marked = (this.marked + step + this.shown.length) % this.shown.length; this.draw(); return true; }
    if (event.key === "Enter" && !event.shiftKey) { this.choose(this.marked, true); return true; }
    if (event.key === "Tab") { this.choose(this.marked, false); return true; }
    if (event.key === "Escape") { this.close(); return true; }
    return false;
  }
}
