// The page's calls of the functions of `page/functions.py`, and its uploads.

import { wording } from "./wording.js";

/** The collection that the page's address names; "" means the first one. */
export const collection = new URLSearchParams(location.search).get("collection") ?? "";

/** Returns an address of the server at which it is asked of a collection; "" means the first one.
 * @param {string} path */
export function addressIn(path, name = collection) {
  return name ? `${path}?collection=${encodeURIComponent(name)}` : path;
}

/**
 * Calls a function by name, and returns what it returns. The message of its error is a sentence to show; its `kind` is
 * the name of its class on the server, if the server knows it.
 * @template {keyof import("./views").Functions} Name
 * @param {Name} name
 * @param {Parameters<import("./views").Functions[Name]>[0]} given its arguments by name
 * @param {AbortSignal} [signal] ends it
 * @returns {Promise<ReturnType<import("./views").Functions[Name]>>}
 */
export async function call(name, given, signal) {
  const result = await answered(addressIn("/call"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ function: name, arguments: given ?? {} }),
    signal,
  });
  if (result?.error) throw Object.assign(Error(result.error), { kind: result.kind });
  return result;
}

/**
 * Uploads a file, and returns the server's name for the copy.
 * @param {File} file
 * @param {(share: number) => void} tell called with the share that is uploaded
 * @param {AbortSignal} signal ends it
 * @returns {Promise<string>}
 */
export async function upload(file, tell, signal) {
  const form = new FormData(), request = new XMLHttpRequest(); // `fetch` does not tell how far an upload has come
  form.append("files", file);
  request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
  signal.addEventListener("abort", () => request.abort());
  await new Promise((resolve, reject) => {
    request.onload = resolve;
    request.onerror = request.onabort = () => reject(Error(wording.noAnswer));
    request.open("POST", "/upload");
    request.send(form);
  });
  if (request.status !== 200) throw Error(request.responseText || wording.refused(request.status));
  return JSON.parse(request.responseText)[0];
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
