// What a page has to bear while it is measured: the same for every system.

import type { Page } from "./browser.ts";

export type Load = "idle" | "jank" | "cpu4";

export const LOADS: readonly Load[] = ["idle", "jank", "cpu4"];

/** A busy loop of 40 ms every 80 to 240 ms. */
const JANK = `(() => {
  const work = () => {
    const end = performance.now() + 40;
    while (performance.now() < end);
    setTimeout(work, 80 + Math.random() * 160);
  };
  setTimeout(work, 80);
})();`;

/** Puts the load on a page before it is opened. */
export async function put(load: Load, page: Page): Promise<void> {
  if (load === "jank") {
    await page.before(JANK);
  }
  if (load === "cpu4") {
    await page.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
}

/** Makes the page believe that the browser has no Element Timing; Firefox and Safari have none. */
export const WITHOUT_ELEMENT_TIMING = `(() => {
  const types = PerformanceObserver.supportedEntryTypes.filter((type) => type !== "element");
  Object.defineProperty(PerformanceObserver, "supportedEntryTypes", { get: () => types });
})();`;
