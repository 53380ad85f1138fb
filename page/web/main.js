// The page: every part of it, and how it begins. The server has put `page.html` on it.

import "./adding.js";
import "./answering.js";
import "./collections.js";
import "./conversations.js";
import "./documents.js";
import "./keeping.js";
import "./keyboard.js";
import "./look.js";
import "./pasting.js";
import "./suggestions.js";
import { start } from "./address.js";
import { fail } from "./conversation.js";
import { part } from "./elements.js";
import { call } from "./server.js";
import { change, state, watch } from "./state.js";
import { wording } from "./wording.js";

watch(["status"], () => {
  part(".masthead .state").textContent = state.status;
});

// A server for others ends a session that no page shows any more. `pageshow` comes also when a browser goes back to a page.
call("arrive", {}).catch(() => {});
addEventListener("pageshow", ({ persisted }) => persisted && call("arrive", {}).catch(() => {}));
addEventListener("pagehide", () => {
  const left = JSON.stringify({ function: "leave", arguments: {} });
  navigator.sendBeacon("/call", new Blob([left], { type: "application/json" }));
});

part(".asking textarea").focus({ preventScroll: true });
change({ status: wording.gettingReady });
try {
  await start();
  await call("ready", {});
} catch (error) {
  change({ documents: [] });
  fail(error.message);
}
change({ status: "" });
