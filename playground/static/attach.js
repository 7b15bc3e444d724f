// The sheet that asks how files are sent: what they are, as photos or as files, with which words.

import { h, icon, iconButton } from "./dom.js";
import { fileSize } from "./media.js";
import { modal, toast } from "./overlays.js";
import { t } from "./words.js";

const isPhoto = (file) => /^image\/(png|jpe?g|webp|gif|bmp)$/.test(file.type);
const isSound = (file) => /^audio\//.test(file.type) || /\.(ogg|oga|opus)$/i.test(file.name);

/** Asks and sends; `send(form)` rejects when the playground refuses, and then nothing chosen is lost. */
export function attachSheet(screen, chosen, { caption = "", send, onDone }) {
  let files = [...chosen];
  const addresses = [];
  const photos = files.some(isPhoto);
  const previews = h("div", { class: "previews" });
  const heading = h("strong", {});
  const words = h("textarea", {
    class: "sheet-caption", rows: "1", placeholder: t("Add a caption…"), "aria-label": t("Caption"), "data-testid": "caption", "data-first": true, value: caption,
  });
  const asPhoto = h("input", { type: "radio", name: "as", value: "photo", checked: photos });
  const asFile = h("input", { type: "radio", name: "as", value: "document", checked: !photos });
  const go = h("button", { type: "submit", class: "sheet-button primary", "data-testid": "send-files" }, icon("send"), h("span", {}, t("Send")));
  const sheet = h("form", { class: "sheet", "data-testid": "attach-sheet" },
    h("header", {}, heading, iconButton("close", t("Cancel"), () => close())), previews,
    photos ? h("fieldset", { class: "segments" }, h("legend", { class: "unseen" }, t("How to send")),
      h("label", {}, asPhoto, h("span", {}, icon("photo"), t("As photo"))), h("label", {}, asFile, h("span", {}, icon("file"), t("As file")))) : null,
    h("div", { class: "sheet-foot" }, words, go));

  function draw() {
    heading.textContent = title(files);
    previews.replaceChildren(...files.map((file) => preview(file)));
  }
  function preview(file) {
    const remove = iconButton("close", t("Remove {name}", { name: file.name }), () => { files = files.filter((other) => other !== file); files.length ? draw() : close(); });
    if (isPhoto(file)) {
      const address = URL.createObjectURL(file);
      addresses.push(address);
      return h("figure", { class: "preview photo-preview", "data-testid": "preview" }, h("img", { src: address, alt: file.name }), remove);
    }
    return h("figure", { class: "preview", "data-testid": "preview" }, icon("file"), h("figcaption", {}, h("span", { class: "paper-name" }, file.name), h("span", { class: "paper-size" }, fileSize(file.size))), remove);
  }
  async function submit(event) {
    event.preventDefault();
    if (sheet.classList.contains("sending")) return;
    sheet.classList.add("sending");
    try {
      await send(formOf(files, kindOf(files, asPhoto.checked), words.value.trim()));
      close(true);
    } catch (refused) {
      sheet.classList.remove("sending");
      toast(screen, t("Not sent: {why}", { why: refused.message }), "bad");
    }
  }
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sheet.requestSubmit(); }
  });
  sheet.addEventListener("submit", submit);
  draw();
  let sent = false;
  const end = modal(screen, sheet, {
    label: t("Send files"),
    onClose: () => { addresses.forEach((address) => URL.revokeObjectURL(address)); onDone(sent ? "" : words.value, sent); },
  });
  function close(done = false) { sent = done === true; end(); }
}

function title(files) {
  const n = files.length;
  if (files.every(isPhoto)) return n === 1 ? t("Send 1 photo") : t("Send {n} photos", { n });
  return n === 1 ? t("Send 1 file") : t("Send {n} files", { n });
}

function kindOf(files, photosWanted) {
  if (files.length === 1 && isSound(files[0])) return "voice";
  if (!photosWanted) return "document";
  return files.every(isPhoto) ? "photo" : "auto";
}

function formOf(files, kind, caption) {
  const form = new FormData();
  form.set("as", kind);
  if (caption) form.set("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return form;
}

/** Files that are dragged over or pasted into `target`. */
export function catchFiles(target, onFiles) {
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const leave = () => { depth = 0; target.classList.remove("dropping"); };
  target.addEventListener("dragenter", (event) => { if (carries(event)) { event.preventDefault(); depth += 1; target.classList.add("dropping"); } });
  target.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  target.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) leave(); });
  target.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    leave();
    if (event.dataTransfer.files.length) onFiles(event.dataTransfer.files);
  });
  target.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length || event.target.closest(".sheet")) return;
    event.preventDefault();
    onFiles(event.clipboardData.files);
  });
}
