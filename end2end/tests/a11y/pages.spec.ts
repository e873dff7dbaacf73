// Every page of both portals, at both sizes: nothing for axe to find, nothing on the console,
// nothing that sticks out sideways, a title, and one heading of the first level.

import type { Page } from "@playwright/test";

import { newApi, stateOf } from "../../support/staff.ts";
import { enrol, followLink, newLink, sessionsOf, shortSimpleRt } from "../../support/study.ts";
import { type Demo, expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

async function expectSound(page: Page, place: string): Promise<void> {
  await test.step(place, async () => {
    const answer = await page.goto(place);
    expect(answer?.status(), place).toBe(200);
    await islandsReady(page);
    await expectWellMade(page);
  });
}

/** The page as it stands. */
async function expectWellMade(page: Page): Promise<void> {
  const place = new URL(page.url()).pathname;
  expect.soft(await page.title(), `title of ${place}`).toMatch(/\S/);
  expect.soft(await page.locator("h1:visible").count(), `headings of ${place}`).toBe(1);
  const overflow = await page.evaluate(() => {
    const width = window.innerWidth;
    if ((document.scrollingElement?.scrollWidth ?? 0) <= width) {
      return [];
    }
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      return element.getBoundingClientRect().right > width + 0.5;
    });
    return wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`);
  });
  expect.soft(overflow, `what sticks out of ${place}`).toEqual([]);
  await expectAccessible(page);
}

/** The pages of staff, of the demonstration study. */
async function staffPages(demo: Demo): Promise<string[]> {
  const api = await newApi("coordinator");
  const study = `/studies/${demo.study.id}`;
  const sessions = await sessionsOf(api, demo, "");
  const completed = sessions.find((session) => session.status === "completed");
  await api.dispose();
  return [
    "/dashboard",
    "/account",
    "/password",
    "/studies",
    "/studies/new",
    study,
    `${study}/sites`,
    `${study}/visit-windows`,
    `${study}/participants`,
    `${study}/participants?search=nobody-has-this-code`,
    `${study}/participants/new`,
    `${study}/participants/${demo.participants[0]?.id}`,
    `${study}/batteries`,
    `${study}/batteries/new`,
    `${study}/batteries/${demo.batteries[0]?.id}`,
    `${study}/sessions`,
    `${study}/sessions/${completed?.id}`,
  ];
}

/** What the admin sees that the coordinator does not, or sees otherwise. */
function adminPages(demo: Demo): string[] {
  const study = `/studies/${demo.study.id}`;
  return ["/dashboard", "/users", "/users/new", "/studies", study, `${study}/sites`, `${study}/visit-windows`];
}

test.describe("the portal of staff", () => {
  test.describe("for a coordinator", () => {
    test.use({ storageState: async ({}, use) => use(stateOf("coordinator")) });

    test("every page is sound", async ({ page, demo }) => {
      test.setTimeout(120_000);
      for (const place of await staffPages(demo)) {
        await expectSound(page, place);
      }
    });
  });

  test.describe("for an admin", () => {
    test.use({ storageState: async ({}, use) => use(stateOf("admin")) });

    test("every page is sound", async ({ page, demo }) => {
      test.setTimeout(60_000);
      for (const place of adminPages(demo)) {
        await expectSound(page, place);
      }
    });
  });

  test.describe("in French", () => {
    test.use({ storageState: async ({}, use) => use(stateOf("coordinator")), locale: "fr-FR" });

    test("every page is sound", async ({ page, demo }) => {
      test.setTimeout(120_000);
      await page.goto("/dashboard");
      await page.getByRole("button", { name: "Français" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "fr");
      for (const place of await staffPages(demo)) {
        await expectSound(page, place);
        await expect(page.locator("html")).toHaveAttribute("lang", "fr");
      }
    });
  });
});

test.describe("before signing in", () => {
  test("every page is sound", async ({ page }) => {
    for (const place of [
      "/",
      "/login",
      "/portal/login",
      "/portal/login?sent=1",
      "/portal/verify?token=none",
      "/demo/mail",
    ]) {
      await expectSound(page, place);
    }
  });

  test("a page that is not there says so", async ({ page, problems }) => {
    problems.allow(/404/);
    const answer = await page.goto("/nothing/here");
    expect(answer?.status()).toBe(404);
    await expectWellMade(page);
  });
});

test("every page of a participant is sound", async ({ page, demo }) => {
  test.setTimeout(60_000);
  const api = await newApi("coordinator");
  const participant = await enrol(api, demo, [shortSimpleRt]);
  await followLink(page, await newLink(api, demo, participant));
  const task = `/portal/tasks/${participant.assignment}`;
  for (const place of ["/portal", "/portal/help", task, `${task}/done`]) {
    await expectSound(page, place);
  }
  await page.goto(task);
  await islandsReady(page);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.locator('[data-page="landing"][data-ready]')).toBeVisible();
  await expectWellMade(page);
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.locator('[data-page="instructions"]')).toBeVisible();
  await expectWellMade(page);
  await page.getByRole("button", { name: "Stop and save" }).click();
  await expect(page.locator('[data-page="left"]')).toBeVisible();
  await expectWellMade(page);
  await api.dispose();
});
