// Moments in words, as short as they can be today.

import { wording } from "./wording.js";

/** When something was, to the minute: "01:58" today, "yesterday, 01:58", "26 Nov, 01:58".
 * @param {string} at in ISO 8601 */
export function minute(at) {
  return said(at, { timeStyle: "short" });
}

/** The same to the second.
 * @param {string} at */
export function second(at) {
  return said(at, { timeStyle: "medium" });
}

/** The same in full.
 * @param {string} at */
export function moment(at) {
  return new Date(at).toLocaleString(undefined, { dateStyle: "full", timeStyle: "medium" });
}

/**
 * @param {string} at
 * @param {Intl.DateTimeFormatOptions} form
 */
function said(at, form) {
  const then = new Date(at), now = new Date(), time = then.toLocaleTimeString(undefined, form);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return wording.yesterday(time);
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: /** @type {const} */ ("numeric") };
  return `${then.toLocaleDateString(undefined, { day: "numeric", month: "short", ...year })}, ${time}`;
}

/** @param {Date} date */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
