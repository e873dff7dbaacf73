// What happens to the answers when the page is loaded anew, the network is gone, or the page is
// closed: nothing is lost, nothing counts twice.

import type { APIRequestContext, BrowserContext } from "@playwright/test";

import { phone } from "../../support/people.ts";
import { playUntil } from "../../support/robot.ts";
import { begin, expectStoredOnce, pressUntil, type Run } from "../../support/run.ts";
import { newApi } from "../../support/staff.ts";
import { sessionsOf, shortFlanker, shortSimpleRt, trialsOf } from "../../support/study.ts";
import { expect, type Problems, test } from "../../support/test.ts";

let api: APIRequestContext;

test.beforeAll(async () => {
  api = await newApi("coordinator");
});

test.afterAll(async () => {
  await api.dispose();
});

async function goOffline(context: BrowserContext, problems: Problems): Promise<void> {
  problems.allow(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
}

/** Plays to the end with the network gone from the last page of instructions on. */
async function finishOffline({ pocket, page }: Run, problems: Problems): Promise<void> {
  await playUntil(page, "instructions");
  await goOffline(pocket, problems);
  await playUntil(page, "done");
  await expect(page.locator('[data-page="done"]')).toHaveAttribute("data-sending", "waiting");
  await expect(page.getByRole("status")).toContainText("We could not send your answers yet");
}

test("a reload in mid-task goes on with the next trial", async ({ browser, demo, problems }) => {
  const run = await begin(await phone(browser, problems), api, demo, [shortFlanker]);
  const { page, robot, participant } = run;
  robot.restAfter = 3;
  await playUntil(page, "instructions");
  await page.locator("button.main:enabled").tap();
  // The next page of instructions, or the stage: press on until three trials are answered
  await pressUntil(page, () => robot.answers === 3);
  // The fourth stimulus is up and nobody answers it: what came before it is stored
  await expect(page.locator('.layer[style*="opacity: 1"]').filter({ visible: true })).toHaveAttribute(
    "data-scene",
    /^[<>]{5}$/,
  );
  robot.restAfter = Number.POSITIVE_INFINITY;
  await page.reload();
  const pages = await playUntil(page, "done");
  expect(pages).toContain("resumed");
  await expect(page.locator('[data-page="done"]')).toHaveAttribute("data-sending", "sent");
  await expectStoredOnce(api, demo, participant.code, 8);
});

test("without network at the end the answers wait, and go when it is back", async ({
  browser,
  demo,
  problems,
}) => {
  const run = await begin(await phone(browser, problems), api, demo, [shortSimpleRt]);
  await finishOffline(run, problems);
  expect((await sessionsOf(api, demo, run.participant.code))[0]?.status).toBe("running");

  await run.pocket.setOffline(false);
  await expect(run.page.locator('[data-page="done"]')).toHaveAttribute("data-sending", "sent", {
    timeout: 20_000,
  });
  await expectStoredOnce(api, demo, run.participant.code, 5);
});

test("answers that wait when the page is closed go with the next visit to Today", async ({
  browser,
  demo,
  problems,
}) => {
  const run = await begin(await phone(browser, problems), api, demo, [shortSimpleRt]);
  await finishOffline(run, problems);
  await run.page.close();
  await run.pocket.setOffline(false);

  const today = await run.pocket.newPage();
  await today.goto("/portal");
  // It could be begun once more until the server had the answers
  await expect(today.getByRole("listitem").filter({ hasText: "Done, thank you" })).toBeVisible();
  await expectStoredOnce(api, demo, run.participant.code, 5);
});

test("what is sent twice is stored once", async ({ browser, demo, problems }) => {
  const pocket = await phone(browser, problems);
  const sent: { url: string; headers: Record<string, string>; body: string }[] = [];
  pocket.on("request", (request) => {
    const url = new URL(request.url()).pathname;
    if (/^\/api\/(submit|session\/.+\/events|session\/end)$/.test(url)) {
      sent.push({ url, headers: request.headers(), body: request.postData() ?? "" });
    }
  });
  const run = await begin(pocket, api, demo, [shortSimpleRt]);
  await playUntil(run.page, "done");
  await expect(run.page.locator('[data-page="done"]')).toHaveAttribute("data-sending", "sent");
  const before = await trialsOf(api, demo, (await sessionsOf(api, demo, run.participant.code))[0]?.id ?? "");

  expect(sent.map((post) => post.url)).toContain("/api/submit");
  for (const post of sent) {
    const { "x-session-key": key = "", "x-session-id": id = "" } = post.headers;
    const again = await api.post(post.url, {
      data: post.body,
      headers: { "content-type": "application/json", "x-session-key": key, "x-session-id": id },
    });
    expect([post.url, again.status()]).toEqual([post.url, 200]);
  }
  await expectStoredOnce(api, demo, run.participant.code, 5);
  const after = await trialsOf(api, demo, (await sessionsOf(api, demo, run.participant.code))[0]?.id ?? "");
  expect(after).toEqual(before);
});
