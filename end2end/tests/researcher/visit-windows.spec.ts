// The visit windows of a study: seen on a line of days, added by a form that says what it refuses.

import { newApi, stateOf } from "../../support/staff.ts";
import { unique } from "../../support/study.ts";
import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

test.use({ storageState: async ({}, use) => use(stateOf("admin")) });

test("an admin foresees a visit, and sees it where it lies", async ({ page }) => {
  // A study of its own: participants of the demonstration keep the visits that they have
  const api = await newApi("admin");
  const answer = await api.post("/api/studies", {
    data: { code: unique("VISITS"), name: "A study with visits" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const study = (await answer.json()) as { id: string };
  await api.dispose();

  const place = `/studies/${study.id}/visit-windows`;
  await page.goto(place);
  await islandsReady(page);
  await expect(page.getByRole("heading", { name: "No visit window yet" })).toBeVisible();

  const form = page.locator("main form");
  const add = form.getByRole("button", { name: "Add the visit window" });
  await form.getByLabel("Name").fill("Week 4");
  await form.getByLabel("May be early by").fill("400");
  await add.click();
  const summary = form.locator("[data-error-summary]");
  await expect(summary).toBeFocused();
  await expect(form.getByLabel("Target day")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("May be early by")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("Name")).toHaveValue("Week 4");
  await expectAccessible(page);

  await form.getByLabel("Target day").fill("28");
  await form.getByLabel("May be early by").fill("7");
  await form.getByLabel("May be late by").fill("10");
  await add.click();
  const row = page.getByRole("row").filter({ hasText: "day 21 to day 38 (7 before, 10 after)" });
  await expect(row).toBeVisible();
  const picture = page.getByRole("img", {
    name: "One visit, which ends on day 38 at the latest",
  });
  await expect(picture).toBeVisible();
  await expect(picture.getByText("Week 4")).toBeVisible();
  await islandsReady(page);
  await expectAccessible(page);
});

test.describe("who may not change the study", () => {
  test.use({ storageState: async ({}, use) => use(stateOf("viewer")) });

  test("reads the visit windows", async ({ page, demo }) => {
    await page.goto(`/studies/${demo.study.id}/visit-windows`);
    await islandsReady(page);
    await expect(page.getByRole("row").filter({ hasText: "Baseline" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Add the visit window" })).toHaveCount(0);
  });
});
