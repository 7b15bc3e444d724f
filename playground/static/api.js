// The JSON door of the playground, one function a request.

import { t } from "./words.js";

const ROOT = "/phones/api";

export class Refused extends Error {}

async function ask(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(ROOT + path, options).catch(() => { throw new Refused(t("no connection")); });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(said.error ?? `${answer.status} ${answer.statusText}`);
  return said;
}

const get = (path) => ask("GET", path);
const post = (path, body = {}) => ask("POST", path, body);
const room = (user, chat) => `/${user}/chats/${chat}`;

export const api = {
  phones: () => get("/phones"),
  addPhone: (person) => post("/phones", person),
  chats: (user) => get(`/${user}/chats`),
  messages: (user, chat) => get(`${room(user, chat)}/messages`),
  send: (user, chat, message) => post(`${room(user, chat)}/messages`, message),
  sendFiles: (user, chat, form) => post(`${room(user, chat)}/files`, form),
  tap: (user, chat, messageId, data) => post(`${room(user, chat)}/taps`, { message_id: messageId, data }),
  read: (user, chat) => post(`${room(user, chat)}/read`),
  edit: (user, chat, messageId, text) => post(`${room(user, chat)}/edits`, { message_id: messageId, text }),
  block: (user, blocked) => post(`/${user}/blocks`, { blocked }),
  start: (user, payload) => post(`/${user}/starts`, { payload }),
  commands: (user, chat) => get(`/${user}/commands?chat=${chat}`),
  clock: () => get("/clock"),
  advance: (seconds) => post("/clock", { advance_seconds: seconds }),
  controls: () => get("/controls"),
  control: (name) => post(`/controls/${encodeURIComponent(name)}`),
  faults: () => get("/faults"),
  clearFaults: () => ask("DELETE", "/faults"),
  addFault: (fault) => post("/faults", fault),
  messageAddress: (user, chat, id) => `${ROOT}${room(user, chat)}/messages/${id}`,
  transcriptAddress: `${ROOT}/transcript`,
  eventsAddress: `${ROOT}/events`,
};
