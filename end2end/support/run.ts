// A participant in the task runner, and what the server has of it afterwards.

import { type APIRequestContext, type BrowserContext, expect, type Page } from "@playwright/test";

import type { Demo } from "./demo.ts";
import { islandsReady } from "./islands.ts";
import { Robot } from "./robot.ts";
import {
  type Enrolled,
  enrol,
  followLink,
  newLink,
  sessionsOf,
  type TaskInput,
  trialsOf,
} from "./study.ts";

export interface Run {
  pocket: BrowserContext;
  page: Page;
  robot: Robot;
  participant: Enrolled;
}

/** A participant who has opened the task runner on a phone and sees its first page. */
export async function begin(
  context: BrowserContext,
  api: APIRequestContext,
  demo: Demo,
  modules: TaskInput[],
): Promise<Run> {
  const participant = await enrol(api, demo, modules);
  const robot = new Robot();
  await robot.attach(context);
  const page = await context.newPage();
  await followLink(page, await newLink(api, demo, participant));
  await page.goto(`/portal/tasks/${participant.assignment}`);
  await islandsReady(page);
  await page.getByRole("button", { name: "Begin" }).tap();
  await expect(page.locator('[data-page="landing"]')).toBeVisible();
  return { pocket: context, page, robot, participant };
}

/** Presses the main button of whatever page comes, until `done` says so. */
export async function pressUntil(page: Page, done: () => boolean): Promise<void> {
  await expect(async () => {
    const button = page.locator("#app:not([hidden]) button.main:enabled");
    if (!done() && (await button.isVisible())) {
      await button.tap();
    }
    expect(done()).toBe(true);
  }).toPass({ intervals: [100], timeout: 20_000 });
}

/** Expects exactly one completed session with `count` trials, numbered without gap or repeat. */
export async function expectStoredOnce(
  api: APIRequestContext,
  demo: Demo,
  code: string,
  count: number,
): Promise<void> {
  const sessions = await sessionsOf(api, demo, code);
  expect(sessions.map((session) => session.status)).toEqual(["completed"]);
  const trials = await trialsOf(api, demo, sessions[0]?.id ?? "");
  const counted = trials.filter((trial) => !trial.interrupted);
  expect(counted).toHaveLength(count);
  const numbers = counted.map((trial) => `${trial.module}:${trial.block}:${trial.trial}`);
  expect(new Set(numbers).size, "no trial twice").toBe(count);
  const seqs = trials.map((trial) => trial.seq);
  expect(new Set(seqs).size, "no item twice").toBe(seqs.length);
}
