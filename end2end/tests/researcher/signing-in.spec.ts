// Signing in and out with the keyboard alone, and the language of the pages.

import type { Page } from "@playwright/test";

import { signIn, stateOf, userOf } from "../../support/staff.ts";
import { expect, islandsReady, test } from "../../support/test.ts";

test("the keyboard is enough to sign in, look around and sign out", async ({ page, demo }) => {
  const { email, password } = userOf(demo, "viewer");
  await page.goto("/studies");
  await page.waitForURL(/\/login\?next=/);
  await islandsReady(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, "email");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");

  // Where the person wanted to go in the first place
  await page.waitForURL("**/studies");
  await islandsReady(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Studies");
  const account = page.locator(".account-menu > summary");
  await tabUntil(page, async () => account.evaluate((element) => element.matches(":focus")));
  await page.keyboard.press("Enter");
  const out = page.getByRole("button", { name: "Sign out" });
  await tabUntil(page, async () => out.evaluate((element) => element.matches(":focus")));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/login");
});

test("a wrong password is refused without saying which of the two was wrong", async ({
  page,
  demo,
}) => {
  await page.goto("/login");
  await islandsReady(page);
  const said: string[] = [];
  for (const email of ["nobody@example.org", userOf(demo, "viewer").email]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    const summary = page.locator("[data-error-summary]");
    await expect(summary).toBeFocused();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    said.push(await summary.innerText());
    await page.reload();
    await islandsReady(page);
  }
  expect(said[0]).toBe(said[1]);
});

test.describe("the language", () => {
  test.use({ storageState: async ({}, use) => use(stateOf("researcher")) });

  test("is switched on the page, which stays where it is", async ({ page, demo }) => {
    await page.goto(`/studies/${demo.study.id}/participants?sort=code&order=desc`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Participants");
    await page.getByRole("button", { name: "Français" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page).toHaveURL(/participants\?sort=code&order=desc$/);
    await page.goto("/dashboard");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tableau de bord");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  });
});

test("somebody without the right to create does not get the form", async ({ page, demo, problems }) => {
  problems.allow(/403/);
  await signIn(page, userOf(demo, "viewer"));
  await page.goto(`/studies/${demo.study.id}/participants`);
  await expect(page.getByRole("link", { name: "New participant" })).toHaveCount(0);
  const answer = await page.goto(`/studies/${demo.study.id}/participants/new`);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot see this page");
});

async function tabUntil(page: Page, there: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; !(await there()); presses += 1) {
    expect(presses, "presses of Tab").toBeLessThan(40);
    await page.keyboard.press("Tab");
  }
}

/** Presses Tab until the field of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const field = page.locator(`[name="${name}"]`);
  await tabUntil(page, async () => field.evaluate((element) => element.matches(":focus")));
}
