// Every component in every state: accessible, in both schemes, at both widths, nothing cut off.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

/** Labels of charts that are cut off or smaller on screen than 12 px. */
function badLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const drawings = [...document.querySelectorAll<SVGSVGElement>("svg.chart-drawing")];
    const shown = drawings.filter((drawing) => drawing.checkVisibility());
    return shown.flatMap((drawing) => {
      const frame = drawing.getBoundingClientRect();
      const scale = frame.width / drawing.viewBox.baseVal.width;
      return [...drawing.querySelectorAll("text")].flatMap((label) => {
        const box = label.getBoundingClientRect();
        const size = Number.parseFloat(getComputedStyle(label).fontSize) * scale;
        const cut = box.left < frame.left - 0.5 || box.right > frame.right + 0.5 ||
          box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5;
        return cut || size < 12 ? [`${label.textContent}: ${size.toFixed(1)} px${cut ? ", cut" : ""}`] : [];
      });
    });
  });
}

for (const scheme of ["light", "dark"] as const) {
  test(`the gallery in ${scheme}`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("/gallery");
    await islandsReady(page);
    await expectAccessible(page);
    const overflow = await page.evaluate(() => {
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    expect(overflow, "nothing sticks out sideways").toBe(0);
    expect(await badLabels(page), "labels of charts").toEqual([]);
    await info.attach(`gallery-${scheme}`, {
      body: await page.screenshot({ fullPage: true }),
      contentType: "image/png",
    });
  });
}

test("the slash key finds the search, and compact rows are remembered", async ({ page }) => {
  await page.goto("/gallery");
  await islandsReady(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Find a participant by code" })).toBeFocused();

  const compact = page.getByRole("button", { name: "Compact rows" });
  await compact.click();
  await expect(compact).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await islandsReady(page);
  await expect(compact).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("html")).toHaveAttribute("data-compact", "");
});

test("a session about to end is announced, and one key keeps it", async ({ page }) => {
  await page.clock.install();
  let asked = 0;
  await page.route("**/api/auth/me", (route) => {
    asked += 1;
    return route.fulfill({ json: { session_seconds_left: 1800 } });
  });
  await page.goto("/gallery");
  await islandsReady(page);
  await page.clock.fastForward("28:30");
  const warning = page.getByText("Your session ends in less than two minutes.");
  await expect(warning).toBeVisible();
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();
  expect(asked).toBe(1);
  await page.clock.fastForward("30:05");
  await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
});
