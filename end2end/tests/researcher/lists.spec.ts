// Lists: what is searched, filtered, sorted and which page is shown is all in the address.

import type { Page } from "@playwright/test";

import { stateOf } from "../../support/staff.ts";
import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

test.use({ storageState: async ({}, use) => use(stateOf("coordinator")) });

/** The codes in the first column, from the top. */
async function codes(page: Page): Promise<string[]> {
  return page.locator("main tbody tr code").allInnerTexts();
}

test("participants are found by code and status, and the address says so", async ({ page, demo }) => {
  const list = `/studies/${demo.study.id}/participants`;
  await page.goto(list);
  await islandsReady(page);
  const wanted = demo.participants[0]?.code ?? "";
  await page.getByLabel("Search by code").fill(wanted);
  await page.getByLabel("Search by code").press("Enter");
  await page.waitForURL(new RegExp(`search=${wanted}`));
  expect(await codes(page)).toEqual([wanted]);

  await page.getByRole("link", { name: "Clear" }).click();
  await page.waitForURL(/participants$/);
  await islandsReady(page);
  const filters = page.locator("main form.filters");
  await filters.getByLabel("Status").selectOption("withdrawn");
  await filters.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/status=withdrawn/);
  const tags = await page.locator("main tbody tr td:nth-child(2)").allInnerTexts();
  expect(tags.length).toBeGreaterThan(0);
  expect(new Set(tags.map((tag) => tag.trim()))).toEqual(new Set(["Withdrawn"]));
  // The address alone brings the same view back
  const shown = await codes(page);
  await page.goto(page.url());
  expect(await codes(page)).toEqual(shown);
  await expect(page.locator("main form.filters").getByLabel("Status")).toHaveValue("withdrawn");
});

test("a list is sorted by its heads and turned page by page", async ({ page, demo }) => {
  // Of the seeded ones only: other tests add participants meanwhile
  const site = demo.participants[0]?.code.split("-")[0];
  await page.goto(`/studies/${demo.study.id}/participants?search=${site}&per_page=5`);
  const head = page.getByRole("columnheader", { name: /Participant code/ });
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const ascending = await codes(page);
  expect(ascending).toEqual([...ascending].sort());
  expect(ascending).toHaveLength(5);

  // By keyboard: on a phone the heads are for those alone who do not see
  await head.getByRole("link").press("Enter");
  await page.waitForURL(/order=desc/);
  await expect(head).toHaveAttribute("aria-sort", "descending");
  const descending = await codes(page);
  expect(descending).toEqual([...descending].sort().reverse());
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/page=2/);
  expect(page.url()).toContain("order=desc");
  expect(page.url()).toContain("per_page=5");
  const second = await codes(page);
  expect(second.some((code) => descending.includes(code))).toBe(false);
  await page.goBack();
  expect(await codes(page)).toEqual(descending);
});

test("on a phone a list is sorted by touch, and keeps its search", async ({ page, demo }) => {
  const site = demo.participants[0]?.code.split("-")[0];
  await page.goto(`/studies/${demo.study.id}/participants?search=${site}&per_page=5`);
  await islandsReady(page);
  const sorting = page.locator("main details.sorting");
  if ((page.viewportSize()?.width ?? 0) > 700) {
    await expect(sorting).toBeHidden();
    return;
  }
  await sorting.getByText("Sorted by Participant code, ascending").tap();
  await expectAccessible(page);
  await sorting.getByLabel("Order").selectOption("descending");
  await sorting.getByRole("button", { name: "Sort" }).tap();
  await page.waitForURL(/order=desc/);
  expect(page.url()).toContain(`search=${site}`);
  expect(page.url()).toContain("per_page=5");
  const shown = await codes(page);
  expect(shown).toHaveLength(5);
  expect(shown).toEqual([...shown].sort().reverse());
  await expect(sorting.getByText("Sorted by Participant code, descending")).toBeVisible();
});

test("an address that somebody mistyped still shows the list", async ({ page, demo }) => {
  const answer = await page.goto(
    `/studies/${demo.study.id}/participants?sort=shoe_size&order=sideways&status=lost&page=zero`,
  );
  expect(answer?.status()).toBe(200);
  expect((await codes(page)).length).toBeGreaterThan(5);
});

test("the slash key searches participants from anywhere", async ({ page, demo }) => {
  await page.goto(`/studies/${demo.study.id}/sessions`);
  await islandsReady(page);
  await page.keyboard.press("/");
  const wanted = demo.participants[1]?.code ?? "";
  await page.keyboard.type(wanted);
  await page.keyboard.press("Enter");
  await page.waitForURL(/participants\?search=/);
  expect(await codes(page)).toEqual([wanted]);
});
