// The nets under the other tests: each of these must catch what it is there for.

import { expect, expectAccessible, islandsReady, Problems, test } from "../../support/test.ts";

const PAGE = "http://harness.test/";
const POLICY =
  "default-src 'none'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";

function html(body: string): string {
  return `<!doctype html><html lang="en"><title>Harness</title><body><main><h1>Harness</h1>${body}</main>`;
}

test.describe("a page", () => {
  let body = "";

  test.beforeEach(async ({ page }) => {
    await page.route(`${PAGE}**`, (route) => {
      if (route.request().url() !== PAGE) {
        return route.abort("connectionrefused");
      }
      const headers = { "content-security-policy": POLICY };
      return route.fulfill({ contentType: "text/html", headers, body: html(body) });
    });
  });

  test("that is well passes every net", async ({ page }) => {
    body = "<p>All is well.</p>";
    await page.goto(PAGE);
    await islandsReady(page);
    await expectAccessible(page);
  });

  test("that warns on the console is caught", async ({ page, problems }) => {
    body = `<script nonce="n">console.warn("island not found")</script>`;
    await page.goto(PAGE);
    await expect.poll(() => problems.unexpected().join()).toMatch(/^console warning: island not/);
    problems.allow(/island not found/);
  });

  test("that throws is caught", async ({ page, problems }) => {
    body = `<script nonce="n">throw new Error("unreachable executed")</script>`;
    await page.goto(PAGE);
    await expect.poll(() => problems.unexpected().join()).toMatch(/^uncaught: .*unreachable exec/);
    problems.allow(/unreachable executed/);
  });

  test("that breaks its policy is caught", async ({ page, problems }) => {
    body = `<p style="color: red">Inline style</p>`;
    await page.goto(PAGE);
    await expect.poll(() => problems.unexpected().join()).toMatch(/policy: style-src-attr blocked/);
    problems.allow(/policy: style-src/, /console error: .*inline style/);
  });

  test("whose request fails is caught", async ({ page, problems }) => {
    body = `<script nonce="n">fetch("/missing").catch(() => {})</script>`;
    await page.goto(PAGE);
    await expect.poll(() => problems.unexpected().join()).toMatch(/request: GET .*missing net::ERR/);
    problems.allow(/missing/);
  });

  test("that shows a refused form on the console is caught, whatever is allowed", async ({
    browser,
  }) => {
    const context = await browser.newContext();
    const problems = new Problems();
    problems.allow(/422/, /_fn/);
    await problems.watch(context);
    const page = await context.newPage();
    await page.route(`${PAGE}**`, (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 422, json: {} })
        : route.fulfill({ contentType: "text/html", body: html("<p>A form.</p>") }),
    );
    await page.goto(PAGE);
    await page.evaluate(() => fetch("/_fn/create_study", { method: "POST" }));
    await expect.poll(() => problems.unexpected().join()).toMatch(/status of 422.*create_study/);
    await context.close();
  });

  test("with a problem that nobody allowed fails its test", async ({ page }) => {
    test.fail();
    body = `<script nonce="n">console.error("nobody expects this")</script>`;
    await page.goto(PAGE);
  });

  test("without a name for its field is found by axe", async ({ page }) => {
    body = `<input type="text">`;
    await page.goto(PAGE);
    await expect(expectAccessible(page)).rejects.toThrow(/label/);
  });

  test("is ready when its outer and its inner island are", async ({ page }) => {
    body = `<leptos-island id="outer"><div><leptos-island id="inner"><p data-ready></p></leptos-island></div></leptos-island>`;
    await page.goto(PAGE);
    let ready = false;
    const waiting = islandsReady(page).then(() => {
      ready = true;
    });
    // Two frames of polling: long enough for a wait that does not look at the outer island
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(ready).toBe(false);
    await page.locator("#outer > div").evaluate((outer) => outer.setAttribute("data-ready", ""));
    await waiting;
  });
});
