// The playground's own clock, which can be ahead of the wall, and how moments are written.

import { api } from "./api.js";
import { locale, t } from "./words.js";

let ahead = 0;

export const now = () => new Date(Date.now() + ahead);

export async function readClock() {
  accept(await api.clock());
}

export async function advance(seconds) {
  accept(await api.advance(seconds));
}

function accept(clock) {
  ahead = new Date(clock.now).getTime() - Date.now();
}

export const hourAndMinute = (moment) =>
  moment.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const ofMessage = (message) => new Date(message.date * 1000);

export const dayKey = (moment) => `${moment.getFullYear()}-${moment.getMonth() + 1}-${moment.getDate()}`;

export function dayName(moment) {
  const yesterday = now();
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(moment) === dayKey(now())) return t("Today");
  if (dayKey(moment) === dayKey(yesterday)) return t("Yesterday");
  const year = moment.getFullYear() === now().getFullYear() ? undefined : "numeric";
  return moment.toLocaleDateString(locale(), { year, month: "long", day: "numeric", weekday: "short" });
}

export const fullMoment = (moment) =>
  moment.toLocaleString(locale(), { dateStyle: "full", timeStyle: "medium", hourCycle: "h23" });

export const shortDay = (moment) => moment.toLocaleDateString(locale(), { month: "long", day: "numeric", weekday: "short" });

/** "in 3 hours", "2 days ago": the relative form of a date_time entity. */
export function relative(moment) {
  const seconds = (moment.getTime() - now().getTime()) / 1000;
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
