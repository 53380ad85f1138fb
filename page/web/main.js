// The page: every part of it, and how it begins.

import "./adding.js";
import "./conversations.js";
import "./documents.js";
import "./keeping.js";
import "./keyboard.js";
import "./look.js";
import "./suggestions.js";
import { start as startAddress } from "./address.js";
import { fail } from "./conversation.js";
import { part } from "./elements.js";
import { call } from "./server.js";
import { change, refresh, state, watch } from "./state.js";
import { wording } from "./wording.js";

watch(["status"], () => {
  part(".masthead .state").textContent = state.status;
});

part(".asking textarea").focus({ preventScroll: true });
change({ status: wording.gettingReady, known: begin() });
try {
  await startAddress(await state.known);
  await call("ready", {});
} catch (error) {
  fail(error.message);
}
change({ status: "" });

/** Fetches what there is and which of it is asked, and returns the address where the page was left. */
async function begin() {
  const { unasked, address } = await call("kept", {});
  change({ unasked: new Set(unasked) });
  await refresh();
  return address;
}
