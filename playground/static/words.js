// What the page itself says, in the language of the person who looks at it. The English sentence is the key.

const chinese = JSON.parse(document.getElementById("words").textContent);
let current = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

export const language = () => current;
export const locale = () => (current === "zh" ? "zh-CN" : "en-GB");

export function speak(code) {
  current = code;
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  document.cookie = `phones_language=${code}; path=/phones/; max-age=31536000; samesite=lax`;
}

/** The sentence in the present language, with {facts} filled in. */
export function t(sentence, facts = {}) {
  const words = current === "zh" ? (chinese[sentence] ?? sentence) : sentence;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
