// Forms that the server refuses: they say what to change and where, and keep what was typed. And
// a form whose session ended in mid-work.

import { newApi, signIn, stateOf, userOf } from "../../support/staff.ts";
import { enrol, shortSimpleRt, unique } from "../../support/study.ts";
import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

test.describe("a refused form", () => {
  test.use({ storageState: async ({}, use) => use(stateOf("coordinator")) });

  test("says that a participant code is taken, and keeps the rest", async ({ page, demo }) => {
    const api = await newApi("coordinator");
    const known = await enrol(api, demo, [shortSimpleRt]);
    await api.dispose();
    await page.goto(`/studies/${demo.study.id}/participants/new`);
    await islandsReady(page);
    const form = page.locator("main form");
    await form.getByLabel("Participant code").fill(known.code);
    await form.getByLabel("E-mail").fill("kept@example.org");
    await form.getByLabel("Given name").fill("Zoë & <b>");
    await form.getByRole("button", { name: "Add the participant" }).click();

    const summary = form.locator("[data-error-summary]");
    await expect(summary).toBeFocused();
    const code = form.getByLabel("Participant code");
    await expect(code).toHaveAttribute("aria-invalid", "true");
    await expect(code).toHaveValue(known.code);
    await expect(form.getByLabel("E-mail")).toHaveValue("kept@example.org");
    await expect(form.getByLabel("Given name")).toHaveValue("Zoë & <b>");
    await expectAccessible(page);
    await summary.getByRole("link").click();
    await expect(code).toBeFocused();

    await code.fill(unique("T"));
    await form.getByRole("button", { name: "Add the participant" }).click();
    await page.waitForURL(/\/participants\/[0-9a-f-]{36}$/);
  });

  test("leads to the parameter that is out of range", async ({ page, demo }) => {
    const name = unique("Battery");
    await page.goto(`/studies/${demo.study.id}/batteries/new`);
    await islandsReady(page);
    await page.getByLabel("Name", { exact: true }).fill(name);
    for (const task of ["Simple reaction time", "Flanker"]) {
      await page.getByLabel("Task to add").selectOption(task);
      await page.getByRole("button", { name: "Add this task" }).click();
    }
    const flanker = page.getByRole("listitem").filter({
      has: page.getByRole("heading", { name: "Flanker" }),
    });
    await flanker.getByText("Parameters").click();
    const trials = flanker.getByLabel("Test trials");
    await trials.fill("9999");
    // What is folded away again must still be found
    await flanker.getByText("Parameters").click();
    await page.getByRole("button", { name: "Make the battery" }).click();

    const summary = page.locator("main [data-error-summary]");
    await expect(summary).toBeFocused();
    await expect(summary.getByRole("link")).toContainText("480");
    await summary.getByRole("link").click();
    await expect(trials).toBeVisible();
    await expect(trials).toBeFocused();
    await expect(trials).toHaveValue("9999");
    await expect(trials).toHaveAccessibleDescription(/480/);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
    await expectAccessible(page);

    await trials.fill("96");
    await page.getByRole("button", { name: "Make the battery" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  });
});

test("a session that ended in mid-work is renewed in place, and the form goes out", async ({
  page,
  context,
  demo,
}) => {
  const user = userOf(demo, "coordinator");
  await signIn(page, user);
  await page.goto(`/studies/${demo.study.id}/participants/new`);
  await islandsReady(page);
  const form = page.locator("main form");
  const code = unique("T");
  await form.getByLabel("Participant code").fill(code);
  await form.getByLabel("Given name").fill("Kept");

  // Signed out elsewhere: the browser still holds its cookie
  const elsewhere = await newApi(await context.storageState());
  expect((await elsewhere.post("/api/auth/logout")).status()).toBe(204);
  await elsewhere.dispose();

  await form.getByRole("button", { name: "Add the participant" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await expect(dialog.getByLabel("E-mail")).toHaveValue(user.email);
  await expectAccessible(page);
  await dialog.getByLabel("Password").fill(user.password);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await page.waitForURL(/\/participants\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(code);
});
