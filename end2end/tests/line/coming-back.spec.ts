// A participant who stopped in the middle and comes back by a new link: the run that the phone keeps
// goes on, and a new one begins only for who asks for it.

import type { APIRequestContext, Page } from "@playwright/test";

import { phone } from "../../support/people.ts";
import { playUntil } from "../../support/robot.ts";
import { begin, expectStoredOnce, pressUntil, type Run } from "../../support/run.ts";
import { newApi } from "../../support/staff.ts";
import { followLink, newLink, sessionsOf, shortFlanker } from "../../support/study.ts";
import { type Demo, expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

const goOn = { name: "Continue where you stopped" };
const again = { name: "Start again from the beginning" };

// Each plays through parts of two runs
test.describe.configure({ timeout: 90_000 });

let api: APIRequestContext;

test.beforeAll(async () => {
  api = await newApi("coordinator");
});

test.afterAll(async () => {
  await api.dispose();
});

/** Answers three of the eight trials, and closes the page in the fourth. */
async function stopInTheMiddle({ page, robot }: Run): Promise<void> {
  robot.restAfter = 3;
  await pressUntil(page, () => robot.answers === 3);
  await expect(page.locator('.layer[style*="opacity: 1"]').filter({ visible: true })).toHaveAttribute(
    "data-scene",
    /^[<>]{5}$/,
  );
  await page.close();
  robot.restAfter = Number.POSITIVE_INFINITY;
}

/** Opens a new link in a new page of the same phone: Today, once its islands are awake. */
async function comeBack(run: Run, demo: Demo): Promise<Page> {
  const page = await run.pocket.newPage();
  await followLink(page, await newLink(api, demo, run.participant));
  await islandsReady(page);
  return page;
}

async function finish(page: Page): Promise<string[]> {
  const pages = await playUntil(page, "done");
  await expect(page.locator('[data-page="done"]')).toHaveAttribute("data-sending", "sent");
  return pages;
}

test("the run goes on from Today, and one session is stored", async ({ browser, demo, problems }) => {
  const run = await begin(await phone(browser, problems), api, demo, [shortFlanker]);
  await stopInTheMiddle(run);

  const today = await comeBack(run, demo);
  const link = today.getByRole("link", goOn);
  await expect(link).toBeVisible();
  await expect(today.getByRole("link", { name: "See what to do" })).toBeHidden();
  await expectAccessible(today);
  await link.tap();
  expect(await finish(today)).toContain("resumed");
  await expectStoredOnce(api, demo, run.participant.code, 8);
  await today.goto("/portal");
  await expect(today.getByRole("listitem").filter({ hasText: "Done, thank you" })).toBeVisible();
});

test("the page before the task offers to continue first and to start again second", async ({
  browser,
  demo,
  problems,
}) => {
  const run = await begin(await phone(browser, problems), api, demo, [shortFlanker]);
  await stopInTheMiddle(run);

  const page = await comeBack(run, demo);
  await page.goto(`/portal/tasks/${run.participant.assignment}`);
  await expect(page.getByRole("link", goOn)).toBeVisible();
  await expect(page.getByRole("button", again)).toBeHidden();
  // To its end: what the navigation covers in passing is no smaller for it
  await page.locator("footer").scrollIntoViewIfNeeded();
  await expectAccessible(page);
  await page.getByRole("link", again).tap();
  await expect(page.getByText("you do all of it from the beginning")).toBeVisible();
  await islandsReady(page);
  await page.getByRole("button", again).tap();
  expect(await finish(page)).not.toContain("resumed");

  const sessions = await sessionsOf(api, demo, run.participant.code);
  expect(sessions.map((session) => session.status)).toEqual(["completed", "interrupted"]);
});

test("two participants who share a phone never meet the run of the other", async ({
  browser,
  demo,
  problems,
}) => {
  const shared = await phone(browser, problems);
  const first = await begin(shared, api, demo, [shortFlanker]);
  await stopInTheMiddle(first);
  // The second has begun as well, but on a phone of her own
  const second = await begin(await phone(browser, problems), api, demo, [shortFlanker]);
  await stopInTheMiddle(second);

  const page = await comeBack({ ...second, pocket: shared }, demo);
  for (const place of ["/portal", `/portal/tasks/${second.participant.assignment}`]) {
    await page.goto(place);
    await expect(page.locator("[data-kept]")).toHaveAttribute("data-kept", "none");
    await expect(page.getByRole("link", goOn)).toBeHidden();
  }
  // The page of the first one is not hers to see
  problems.allow(/404/);
  const answer = await page.goto(`/portal/tasks/${first.participant.assignment}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("link", goOn)).toHaveCount(0);

  // And the first one finds it where it was
  const home = await comeBack(first, demo);
  await expect(home.getByRole("link", goOn)).toHaveAttribute("href", /^\/assess\/\?run=/);
});

test("nothing waits on the phone, and Today leaves no room for it", async ({
  browser,
  demo,
  problems,
}) => {
  const pocket = await phone(browser, problems);
  const run = await begin(pocket, api, demo, [shortFlanker]);
  await stopInTheMiddle(run);
  const today = await comeBack(run, demo);
  await expect(today.locator(".waiting-runs")).toHaveAttribute("data-waiting", "none");
  const lead = await today.locator(".lead").boundingBox();
  const title = await today.getByRole("heading", { level: 1 }).boundingBox();
  const list = await today.locator(".task-list").boundingBox();
  const below = (box: typeof lead) => (box?.y ?? 0) + (box?.height ?? 0);
  const gap = (lead?.y ?? 0) - below(title);
  expect((list?.y ?? 0) - below(lead)).toBeCloseTo(gap, 0);
});
