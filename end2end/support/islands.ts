import type { Page } from "@playwright/test";

/**
 * Waits until every island of the page is awake: its root (or an element of its own in it) carries
 * `data-ready`. Islands wake when the browser is idle, so a test that clicks before that clicks on
 * plain HTML.
 */
export async function islandsReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const islands = [...document.querySelectorAll("leptos-island, [data-island]")];
    return islands.every((island) => {
      if (island.hasAttribute("data-ready")) {
        return true;
      }
      const marked = [...island.querySelectorAll("[data-ready]")];
      return marked.some((element) => {
        return element.parentElement?.closest("leptos-island, [data-island]") === island;
      });
    });
  });
}
