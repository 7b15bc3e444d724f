// What a message carries besides text: photos and albums, documents, voice, contacts, places.

import { h, icon } from "./dom.js";
import { t } from "./words.js";

const WIDEST = 290;
const TALLEST = 340;

export const fileAddress = (file) => file.url ?? `/phones/api/files/${encodeURIComponent(file.file_id)}`;

export const largest = (message) => message.photo?.at(-1);

export const photoAddress = (message) => message.url ?? fileAddress(largest(message));

export function fileSize(bytes) {
  if (!bytes && bytes !== 0) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const duration = (seconds = 0) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The drawing of everything in `message` that is not text; null when it is only words. */
export function media(message, { onPhoto }) {
  if (message.photo) return h("div", { class: "media" }, photo(message, () => onPhoto([message], 0)));
  if (message.video || message.animation || message.video_note) return film(message);
  if (message.voice || message.audio) return sound(message.voice ?? message.audio, message.audio);
  if (message.document) return paper(message.document);
  if (message.sticker) return h("div", { class: "sticker", role: "img", "aria-label": t("Sticker") }, message.sticker.emoji ?? "🙂");
  if (message.contact) return contact(message.contact);
  if (message.venue || message.location) return place(message.venue?.location ?? message.location, message.venue);
  if (message.dice) return h("div", { class: "sticker" }, `${message.dice.emoji} ${message.dice.value}`);
  if (message.poll) return poll(message.poll);
  return null;
}

function photo(message, onclick) {
  const size = largest(message);
  const scale = Math.min(WIDEST / size.width, TALLEST / size.height);
  const width = Math.max(120, Math.round(size.width * scale));
  const style = { "--ratio": `${size.width} / ${size.height}`, "--width": `${width}px` };
  return picture(message, onclick, { style, class: "photo single" });
}

function picture(message, onclick, properties) {
  const image = h("img", { src: photoAddress(message), alt: message.caption || t("Photo"), draggable: "false", decoding: "async" });
  image.addEventListener("error", () => button.classList.add("broken"));
  const button = h("button", { type: "button", "aria-label": t("Open the photo"), "data-testid": "photo", onclick, ...properties }, image);
  if (message.has_media_spoiler) button.classList.add("veiled");
  return button;
}

const ROWS = { 1: [1], 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [3, 3, 4] };

/** The photos of an album as rows that fill the bubble, each as wide as its shape asks. */
export function mosaic(messages, { onPhoto }) {
  const rows = [];
  let first = 0;
  for (const count of ROWS[messages.length] ?? [messages.length]) {
    rows.push(mosaicRow(messages, first, count, onPhoto));
    first += count;
  }
  return h("div", { class: "media mosaic", "data-testid": "album", "data-count": String(messages.length) }, rows);
}

function mosaicRow(messages, first, count, onPhoto) {
  const row = messages.slice(first, first + count);
  const ratios = row.map((message) => Math.min(2, Math.max(0.6, largest(message).width / largest(message).height)));
  const height = WIDEST / ratios.reduce((sum, ratio) => sum + ratio, 0);
  const style = { height: `${Math.round(Math.min(230, Math.max(80, height)))}px` };
  return h("div", { class: "mosaic-row", style }, row.map((message, index) =>
    picture(message, () => onPhoto(messages, first + index), { class: "photo", style: { "flex-grow": String(Math.round(100 * ratios[index])) } })));
}

function film(message) {
  const file = message.video ?? message.animation ?? message.video_note;
  const loops = Boolean(message.animation);
  return h("div", { class: "media" }, h("video", {
    class: "film", src: fileAddress(file), controls: !loops, autoplay: loops, loop: loops, muted: loops, playsinline: true, preload: "metadata",
  }));
}

/** A document opens in a tab of its own; what a browser cannot show safely is saved instead. */
export function paper(file) {
  const ending = (file.file_name ?? "").split(".").pop().slice(0, 4).toUpperCase();
  const opens = /^(image\/(png|jpe?g|gif|webp)|application\/pdf|text\/plain|text\/csv|application\/json)/.test(file.mime_type ?? "");
  const address = fileAddress(file);
  const save = `${address}${address.includes("?") ? "&" : "?"}download=1`;
  return h("div", { class: "paper", "data-testid": "document" },
    h("a", { class: "paper-open", href: opens ? address : save, target: opens ? "_blank" : null, rel: "noopener", download: opens ? null : (file.file_name ?? true) },
      h("span", { class: `paper-kind kind-${ending.toLowerCase()}`, "aria-hidden": "true" }, ending || icon("file")),
      h("span", { class: "paper-words" },
        h("span", { class: "paper-name" }, file.file_name ?? t("File")),
        h("span", { class: "paper-size" }, fileSize(file.file_size)))),
    h("a", { class: "paper-save icon-button", href: save, download: file.file_name ?? true, "aria-label": t("Save the file"), title: t("Save the file") }, icon("download")));
}

function sound(file, named) {
  const audio = h("audio", { src: fileAddress(file), preload: "none" });
  const clock = h("span", { class: "sound-time" }, duration(file.duration));
  const bars = h("span", { class: "sound-bars", "aria-hidden": "true" }, waves(file.file_unique_id ?? file.file_id));
  const button = h("button", { type: "button", class: "sound-play", "aria-label": t("Play") }, icon("play"));
  button.addEventListener("click", () => (audio.paused ? audio.play().catch(() => broken()) : audio.pause()));
  const broken = () => { clock.textContent = t("Cannot be played here"); };
  const show = () => { button.replaceChildren(icon(audio.paused ? "play" : "pause")); button.setAttribute("aria-label", audio.paused ? t("Play") : t("Pause")); };
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
  audio.addEventListener("timeupdate", () => {
    const done = audio.currentTime / (audio.duration || file.duration || 1);
    [...bars.children].forEach((bar, index) => bar.classList.toggle("done", index / bars.children.length < done));
    clock.textContent = duration(audio.paused ? file.duration : audio.currentTime);
  });
  const name = named?.title ?? named?.file_name;
  return h("div", { class: "sound", "data-testid": "voice" }, button,
    h("span", { class: "sound-body" }, name ? h("span", { class: "paper-name" }, name) : null, bars, clock), audio);
}

function waves(seed) {
  let state = [...String(seed)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 65521, 7);
  return Array.from({ length: 30 }, () => {
    state = (state * 75 + 74) % 65537;
    return h("i", { style: { height: `${4 + (state % 16)}px` } });
  });
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return h("div", { class: "paper" }, h("span", { class: "paper-kind kind-round", "aria-hidden": "true" }, icon("contact")),
    h("span", { class: "paper-words" }, h("span", { class: "paper-name" }, name), h("span", { class: "paper-size" }, person.phone_number)));
}

function place(spot, venue) {
  const numbers = `${spot.latitude.toFixed(5)}, ${spot.longitude.toFixed(5)}`;
  return h("div", { class: "paper" }, h("span", { class: "paper-kind kind-round", "aria-hidden": "true" }, icon("place")),
    h("span", { class: "paper-words" }, h("span", { class: "paper-name" }, venue?.title ?? t("Place")),
      h("span", { class: "paper-size" }, venue?.address ?? numbers)));
}

function poll(question) {
  return h("div", { class: "poll" }, h("strong", {}, question.question), question.options.map((option) => h("div", {}, `○ ${option.text}`)));
}

/** One line that stands for the message in a list, a quote or a notice. */
export function summary(message) {
  if (!message) return "";
  const words = message.text ?? message.caption;
  if (message.photo) return words ? `🖼 ${words}` : `🖼 ${t("Photo")}`;
  if (message.document) return `📄 ${message.document.file_name ?? t("File")}${words ? ` · ${words}` : ""}`;
  if (message.voice) return `🎤 ${t("Voice message")}`;
  if (message.audio) return `🎵 ${message.audio.title ?? message.audio.file_name ?? t("Sound")}`;
  if (message.video || message.animation) return `🎞 ${words ?? t("Video")}`;
  if (message.sticker) return message.sticker.emoji ?? t("Sticker");
  if (message.contact) return `👤 ${message.contact.first_name}`;
  if (message.location || message.venue) return `📍 ${message.venue?.title ?? t("Place")}`;
  return words ?? "";
}
