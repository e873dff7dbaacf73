// The whole line, as a study team and a participant live it: a study, a battery and a participant
// are made at a desk, two timed tasks are done on a phone, and the desk sees every trial of them.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { desk, phone } from "../../support/people.ts";
import { playUntil, Robot } from "../../support/robot.ts";
import { signIn, userOf } from "../../support/staff.ts";
import { unique } from "../../support/study.ts";
import { expect, islandsReady, test } from "../../support/test.ts";

test("from a new study to every trial of a session", async ({ browser, demo, problems }) => {
  test.setTimeout(180_000);
  const study = unique("LINE");
  const code = unique("HFX");
  const email = `${code.toLowerCase()}@example.org`;

  const staff = await (await desk(browser, problems)).newPage();
  await test.step("a coordinator sets up a study", async () => {
    await signIn(staff, userOf(demo, "coordinator"));
    await createStudy(staff, study);
    await addSite(staff);
    await makeActive(staff);
  });
  await test.step("builds a battery of two short tasks", () => buildBattery(staff));
  await test.step("adds a participant, assigns the battery, sends the link", async () => {
    await addParticipant(staff, code, email);
    await assignAndSend(staff);
  });

  const pocket = await phone(browser, problems);
  const robot = new Robot();
  await robot.attach(pocket);
  const patient = await pocket.newPage();
  await test.step("the participant follows the link to Today", async () => {
    await patient.goto("/demo/mail");
    const mail = patient.getByRole("article").filter({ hasText: email });
    await mail.getByRole("link").tap();
    await islandsReady(patient);
    await patient.getByRole("button", { name: "Continue" }).tap();
    await expect(patient.getByRole("heading", { level: 1 })).toHaveText("One thing to do today");
    await patient.getByRole("link", { name: "See what to do" }).tap();
    await expect(patient.getByRole("listitem").filter({ hasText: "Flanker" })).toBeVisible();
    await islandsReady(patient);
    await patient.getByRole("button", { name: "Begin" }).tap();
  });
  await test.step("checks the device and does both tasks", async () => {
    const landing = patient.locator('[data-page="landing"]');
    await expect(landing.getByRole("listitem").filter({ hasText: /^Screen/ })).toBeVisible();
    await expect(landing.getByText("Answers: by touching the screen")).toBeVisible();
    const pages = await playUntil(patient, "done");
    expect(pages).toEqual([
      "landing",
      "instructions",
      "practice-result",
      "module-end",
      // The next task is in another program, which looks at the device before it goes on
      "checking",
      "instructions",
      "instructions",
      "practice-result",
      "done",
    ]);
    // 1 + 5 trials of Simple RT, 4 + 8 of Flanker
    expect(robot.answers).toBe(18);
  });
  await test.step("is told that all is saved", async () => {
    await expect(patient.getByRole("status")).toHaveText(/sent and are safe with the study team/);
    await patient.getByRole("link", { name: "Back to my page" }).tap();
    await expect(patient.getByText("Everything is saved.")).toBeVisible();
  });

  await test.step("the coordinator sees scores, plots, timing and every trial", async () => {
    await staff.getByRole("link", { name: "Sessions", exact: true }).first().click();
    await staff.getByRole("link", { name: code }).click();
    await expect(staff.getByRole("heading", { level: 1 })).toContainText(code);
    await expectSession(staff);
  });
  await test.step("and takes the same rows home", () => expectDownloads(staff, code));
});

async function createStudy(page: Page, code: string): Promise<void> {
  await page.goto("/studies/new");
  await islandsReady(page);
  await page.getByLabel("Study code").fill(code);
  await page.getByLabel("Name", { exact: true }).fill(`Reaction times, ${code}`);
  await page.getByRole("button", { name: "Create the study" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Reaction times, ${code}`);
}

async function addSite(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Add a site" }).click();
  await islandsReady(page);
  await page.getByLabel("Site code").fill("HFX");
  await page.getByLabel("Name", { exact: true }).fill("Halifax");
  await page.getByRole("button", { name: "Add the site" }).click();
  await expect(page.getByRole("cell", { name: "Halifax" })).toBeVisible();
  await toOverview(page);
}

async function makeActive(page: Page): Promise<void> {
  await islandsReady(page);
  await page.getByLabel("Status", { exact: true }).selectOption("active");
  await page.getByRole("button", { name: "Change the status" }).click();
  await expect(page.locator("main header")).toContainText("Active");
}

async function toOverview(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Overview" }).filter({ visible: true }).click();
}

async function buildBattery(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Build a battery" }).click();
  await islandsReady(page);
  await page.getByLabel("Name", { exact: true }).fill("Two short tasks");
  for (const [task, params] of [
    ["Simple reaction time", { trials: 5, practice_trials: 1, foreperiod_min: 300, foreperiod_max: 400 }],
    ["Flanker", { trials: 8, practice_trials: 4, fixation: 100, iti: 100, blocks: 1 }],
  ] as const) {
    await page.getByLabel("Task to add").selectOption(task);
    await page.getByRole("button", { name: "Add this task" }).click();
    const module = page.getByRole("listitem").filter({
      has: page.getByRole("heading", { name: task, level: 3 }),
    });
    await module.getByText("Parameters").click();
    for (const [name, value] of Object.entries(params)) {
      await module.locator(`[id$=".params.${name}"]`).fill(String(value));
    }
  }
  await page.getByRole("button", { name: "Make the battery" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two short tasks");
  await toOverview(page);
}

async function addParticipant(page: Page, code: string, email: string): Promise<void> {
  await page.locator("main").getByRole("link", { name: "Add a participant" }).first().click();
  await islandsReady(page);
  await page.getByLabel("Participant code").fill(code);
  await page.locator("main").getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Add the participant" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(code);
}

async function assignAndSend(page: Page): Promise<void> {
  await islandsReady(page);
  await page.getByLabel("Battery", { exact: true }).selectOption("Two short tasks");
  await page.getByRole("button", { name: "Assign a battery" }).click();
  await expect(page.getByRole("rowheader", { name: "Two short tasks" })).toBeVisible();
  await islandsReady(page);
  await page.getByRole("button", { name: "Send the link by e-mail" }).click();
  await expect(page.getByText("The link is on its way")).toBeVisible();
}

async function expectSession(page: Page): Promise<void> {
  for (const task of ["Simple reaction time", "Flanker"]) {
    const part = page.locator("section").filter({
      has: page.getByRole("heading", { name: task, level: 2, exact: true }),
    });
    await expect(part.getByText("Median RT").first()).toBeVisible();
    await expect(part.getByRole("img", { name: /Half of the responses came within/ })).toBeVisible();
    await expect(part.getByRole("img", { name: /Reaction time over \d+ trials, 0 without/ })).toBeVisible();
  }
  await expect(page.getByText("Interference (RT)").first()).toBeVisible();
  await expect(page.getByRole("img", { name: "Correct responses by condition" })).toBeVisible();
  await expect(page.getByText(/[\d.]+\sHz, [\d,]+ of [\d,]+ frames late\. Onset/)).toBeVisible();
  const trials = page.getByRole("table", { name: "Every trial" });
  await expect(trials.getByRole("row")).toHaveCount(1 + 18);
  await expect(trials.getByRole("row").filter({ hasText: "flanker" })).toHaveCount(12);
}

async function expectDownloads(page: Page, code: string): Promise<void> {
  const csv = await download(page, "CSV");
  const [head = "", ...rows] = csv.trimEnd().split(/\r?\n/);
  expect(head).toContain("rt_ms");
  expect(rows).toHaveLength(18);
  expect(rows.every((row) => row.includes(code))).toBe(true);

  const json = JSON.parse(await download(page, "JSON")) as {
    trials: { task_id: string; phase: string; rt_ms: number }[];
  };
  const test = json.trials.filter((trial) => trial.phase === "test");
  expect(test.map((trial) => trial.task_id)).toEqual([
    ...Array<string>(5).fill("simple_rt"),
    ...Array<string>(8).fill("flanker"),
  ]);
  for (const { rt_ms } of test) {
    // The robot answers 250 to 370 ms after the onset, and its finger needs its own time
    expect(rt_ms).toBeGreaterThan(230);
    expect(rt_ms).toBeLessThan(900);
  }
}

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: `Download as ${name}`, exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${name.toLowerCase()}$`));
  return readFile(await file.path(), "utf8");
}
