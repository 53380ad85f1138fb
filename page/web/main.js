// The page: every part of it, and how it begins.

import "./adding.js";
import "./conversations.js";
import "./documents.js";
import "./keeping.js";
import "./keyboard.js";
import "./look.js";
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

part(".asking textarea").focus({ preventScroll: true });
change({ status: wording.gettingReady });
try {
  await start();
  await call("ready", {});
} catch (error) {
  fail(error.message);
}
change({ status: "" });
