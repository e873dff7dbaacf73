// Answers simple reaction time in a browser without a screen, as soon as the target is there.

import type { Page } from "./browser.ts";

/** Tells when the target is made visible: to find its frame, and that an answer is due. */
const TELL = `(() => {
  let before = false;
  new MutationObserver(() => {
    const target = document.querySelector('.stage .layer[data-scene="target"]');
    const shown = target?.style.opacity === "1";
    if (shown && !before) tell(String(performance.now()));
    before = shown;
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["style"] });
})();`;

const SPACE = { key: " ", code: "Space", windowsVirtualKeyCode: 32 };

/** Calls `due` with the page's time of each target, in ms. For before the page is opened. */
export async function whenTargetComes(page: Page, due: (at: number) => void): Promise<void> {
  await page.send("Runtime.enable");
  await page.send("Runtime.addBinding", { name: "tell" });
  page.on("Runtime.bindingCalled", ({ payload }) => due(Number(payload)));
  await page.before(TELL);
}

/** Presses the space bar; `stamp` (ms since 1970) is the time that the event will carry. */
export async function pressSpace(page: Page, stamp?: number): Promise<void> {
  const timestamp = stamp === undefined ? {} : { timestamp: stamp / 1000 };
  try {
    await page.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...SPACE, ...timestamp });
    await page.send("Input.dispatchKeyEvent", { type: "keyUp", ...SPACE });
  } catch (error) {
    // The browser may have been ended on purpose between the target and the answer
    if (!/ended|closed|EPIPE/.test(String(error))) {
      throw error;
    }
  }
}
