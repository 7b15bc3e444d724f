// What somebody has typed and not sent yet: kept per phone and chat, also when the page is loaded again.

const key = (user, chat) => `draft:${user}:${chat}`;

export function draftOf(user, chat) {
  try { return sessionStorage.getItem(key(user, chat)) ?? ""; } catch { return ""; }
}

export function keepDraft(user, chat, text) {
  try {
    if (text) sessionStorage.setItem(key(user, chat), text);
    else sessionStorage.removeItem(key(user, chat));
  } catch { /* A browser without storage still keeps the text in the field. */ }
}
