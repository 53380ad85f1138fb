// The page's calls of the functions of `page/functions.py`, and its uploads.

import { wording } from "./wording.js";

/**
 * Calls a function by name, and returns what it returns. The message of its error is a sentence to show.
 * @template {keyof import("./views").Functions} Name
 * @param {Name} name
 * @param {Parameters<import("./views").Functions[Name]>[0]} given its arguments by name
 * @returns {Promise<ReturnType<import("./views").Functions[Name]>>}
 */
export async function call(name, given) {
  const result = await answered("/call", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ function: name, arguments: given ?? {} }),
  });
  if (result?.error) throw Error(result.error);
  return result;
}

/**
 * Uploads a file, and returns the server's name for the copy.
 * @param {File} file
 * @returns {Promise<string>}
 */
export async function upload(file) {
  const form = new FormData();
  form.append("files", file);
  const [copy] = await answered("/upload", { method: "POST", body: form });
  return copy;
}

/**
 * @param {string} path
 * @param {RequestInit} request
 */
async function answered(path, request) {
  const answer = await fetch(path, request).catch(() => {
    throw Error(wording.noAnswer);
  });
  if (answer.ok || answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
  throw Error((await answer.text()) || wording.refused(answer.status));
}
