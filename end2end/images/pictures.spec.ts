// The pictures of the README, from the demonstration: `npm run images`.

import { fileURLToPath } from "node:url";

import { desk, phone } from "../support/people.ts";
import { newApi } from "../support/staff.ts";
import { enrol, followLink, newLink, sessionsOf } from "../support/study.ts";
import { expect, islandsReady, test } from "../support/test.ts";

function picture(name: string): string {
  return fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));
}

test("a session as the coordinator sees it", async ({ browser, demo, problems }) => {
  const api = await newApi("coordinator");
  const sessions = await sessionsOf(api, demo, demo.participants[0]?.code.split("-")[0] ?? "");
  const battery = demo.batteries[0]?.name;
  const session = sessions.find((session) => {
    return session.status === "completed" && session.battery_name === battery;
  });
  await api.dispose();
  const page = await (await desk(browser, problems, "coordinator")).newPage();
  await page.setViewportSize({ width: 1440, height: 1240 });
  await page.goto(`/studies/${demo.study.id}/sessions/${session?.id}`);
  await islandsReady(page);
  await page.screenshot({ path: picture("portal-session.png") });
});

test("a Flanker trial on a phone", async ({ browser, demo, problems }) => {
  const api = await newApi("coordinator");
  const params = { trials: 8, practice_trials: 0, fixation: 100, timeout: 10_000, blocks: 1 };
  const participant = await enrol(api, demo, [{ task_id: "flanker", params }]);
  const link = await newLink(api, demo, participant);
  await api.dispose();
  const page = await (await phone(browser, problems)).newPage();
  await followLink(page, link);
  await page.goto(`/portal/tasks/${participant.assignment}`);
  await islandsReady(page);
  await page.getByRole("button", { name: "Begin" }).tap();
  const main = page.locator("#app:not([hidden]) button.main:enabled");
  const stimulus = page.locator(".stage:not([hidden]) .layer[style*='opacity: 1']");
  await expect(async () => {
    if (await main.isVisible()) {
      await main.tap();
    }
    // One in which the neighbours point the other way tells most; the others are answered
    await expect(stimulus).toHaveAttribute("data-scene", /^[<>]{5}$/, { timeout: 100 });
    const name = (await stimulus.getAttribute("data-scene")) ?? "";
    if (name[0] === name[2]) {
      await page.touchscreen.tap(name[2] === "<" ? 100 : 290, 750);
    }
    expect(name[0]).not.toBe(name[2]);
  }).toPass({ intervals: [100], timeout: 25_000 });
  await page.screenshot({ path: picture("task-phone.png"), scale: "css" });
});
