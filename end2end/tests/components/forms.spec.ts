// The design system's islands on the gallery page: what a form does when the server refuses,
// fails, or cannot be reached, and when the session ends in mid-work.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, islandsReady, test } from "../../support/test.ts";

const refused = {
  code: "invalid",
  reason: "invalid",
  message: "Some answers need a second look.",
  fields: [
    { field: "code", rule: "taken", message: "This is taken already." },
    { field: "elsewhere", rule: "unknown", message: "This answer is not accepted." },
  ],
};
/** An answer of the server that refuses, as the forms of our pages ask for it. */
function refusal(status: number, error: object) {
  const contentType = "application/vnd.metricis.refusal+json";
  return { status: 200, contentType, body: JSON.stringify({ status, error }) };
}

const notSignedIn = { code: "unauthenticated", reason: "not_signed_in", message: "Sign in first." };

function form(page: Page) {
  return page.locator("form").filter({ has: page.locator("#f-trials") });
}

async function send(page: Page): Promise<void> {
  await form(page).getByRole("button", { name: "Create the study" }).click();
}

test.beforeEach(async ({ page }) => {
  await page.goto("/gallery");
  await islandsReady(page);
});

test("a refused form says what to change, where, and keeps what was typed", async ({
  page,
}) => {
  let sent = "";
  await page.route("**/_fn/gallery", (route) => {
    const request = route.request();
    expect(request.headers().accept).toBe(
      "application/json, application/vnd.metricis.refusal+json",
    );
    expect(request.headers()["content-type"]).toContain("application/x-www-form-urlencoded");
    sent = request.postData() ?? "";
    return route.fulfill(refusal(422, refused));
  });
  await page.fill("#f-code", "NEURO-1");
  await page.fill("#f-notes", "tea & <biscuits>");
  await send(page);

  const summary = form(page).locator("[data-error-summary]");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveText("Code: This is taken already.");
  await expect(summary).toContainText("elsewhere: This answer is not accepted.");
  const code = page.locator("#f-code");
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await expect(code).toHaveAccessibleDescription(/This is taken already/);
  await expect(page.locator("#f-notes")).toHaveValue("tea & <biscuits>");
  expect(new URLSearchParams(sent).get("notes")).toBe("tea & <biscuits>");
  await expectAccessible(page);

  await summary.getByRole("link").click();
  await expect(code).toBeFocused();
});

test("a form that cannot be sent stays calm and can be sent again", async ({ page, problems }) => {
  problems.allow(/ERR_/, /500/);
  await page.route("**/_fn/gallery", (route) => route.abort("connectionrefused"));
  await page.fill("#f-code", "NEURO-1");
  await send(page);
  const summary = form(page).locator("[data-error-summary]");
  await expect(summary).toContainText("could not save this yet");
  await expect(page.locator("#f-code")).toHaveValue("NEURO-1");

  await page.route("**/_fn/gallery", (route) =>
    route.fulfill({ status: 500, contentType: "text/html", body: "<h1>Oops</h1>" }),
  );
  await send(page);
  await expect(summary).toContainText("something went wrong on our side");

  await page.route("**/_fn/gallery", (route) =>
    route.fulfill({ status: 200, json: null, headers: { location: "/gallery?sent=1" } }),
  );
  await send(page);
  await page.waitForURL("**/gallery?sent=1");
});

test("a session that ends in mid-work is renewed in place, and the form goes out after all", async ({
  page,
}) => {
  let signedIn = false;
  await page.route("**/_fn/gallery", (route) =>
    signedIn
      ? route.fulfill({ status: 200, json: null, headers: { location: "/gallery?sent=1" } })
      : route.fulfill(refusal(401, notSignedIn)),
  );
  await page.route("**/api/auth/login/browser", (route) => {
    const { email, password } = route.request().postDataJSON() as Record<string, string>;
    expect(email).toBe("camille.bernard@example.org");
    signedIn = password === "right";
    return signedIn
      ? route.fulfill({ status: 200, json: {} })
      : route.fulfill(refusal(401, { message: "That is not right." }));
  });
  await page.fill("#f-code", "NEURO-1");
  await send(page);

  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel("Password").fill("wrong");
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("That is not right.");
  await expect(page.locator("#f-code")).toHaveValue("NEURO-1");

  await dialog.getByLabel("Password").fill("right");
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await page.waitForURL("**/gallery?sent=1");
});

test("what cannot be taken back waits for the typed word", async ({ page }) => {
  await page.locator(".confirm > button").click();
  const dialog = page.getByRole("dialog", { name: "Withdraw P-0012" });
  const go = dialog.getByRole("button", { name: "Withdraw" });
  await expect(go).toBeDisabled();
  await dialog.getByLabel("Type P-0012 to go on").fill("P-0012");
  await expect(go).toBeEnabled();
  await dialog.getByLabel("Type P-0012 to go on").fill("P-001");
  await expect(go).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.locator(".confirm > button")).toBeFocused();
});

test("without script the same form posts and comes back", async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(process.env.METRICIS_URL ? { baseURL: process.env.METRICIS_URL } : {}),
  });
  const page = await context.newPage();
  let accept = "";
  await page.route("**/_fn/gallery", (route) => {
    accept = route.request().headers().accept ?? "";
    return route.fulfill({ status: 303, headers: { location: "/gallery?plain=1" } });
  });
  await page.goto("/gallery");
  await page.fill("#f-code", "NEURO-1");
  await send(page);
  await page.waitForURL("**/gallery?plain=1");
  expect(accept).toContain("text/html");
  await context.close();
});
