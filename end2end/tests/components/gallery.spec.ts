// Every component in every state: accessible, in both schemes, at both widths, nothing cut off.

import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

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
