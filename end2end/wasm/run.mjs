// Runs test programs that `cargo bundle --test-wasm` has bound, each in a page of its own in
// headless Chromium, and prints what the test harness in them says. Ends with 1 when one fails.
//
// Usage: node run.mjs FOLDER…     (each holds suite.js and suite_bg.wasm)

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, join } from "node:path";

import { chromium } from "playwright-core";

import { launchOptions } from "../support/chromium.mjs";

/** Longest run of one program. */
const SUITE_MS = 180_000;

const PAGE = `<!doctype html>
<html lang="en"><title>Tests</title><body><pre id="output"></pre>
<script type="module" src="drive.js"></script>`;

/**
 * Runs in the page. The harness (crate wasm-bindgen-test) wants the console's calls, a function
 * that calls what it is given, and the list of tests, which are exports with a known prefix.
 */
const DRIVE = `
import init, * as suite from "./suite.js";

globalThis.__wbg_test_invoke = (test) => test();
await init({ module_or_path: "suite_bg.wasm" });
for (const level of ["debug", "log", "info", "warn", "error"]) {
  const record = suite["__wbgtest_console_" + level];
  const print = console[level].bind(console);
  console[level] = (...words) => {
    record?.(words);
    print(...words);
  };
}
const tests = Object.keys(suite.__wasm)
  .filter((name) => name.startsWith("__wbgt_"))
  .map((name) => suite.__wasm[name]);
if (tests.length === 0) {
  globalThis.outcome = { tests: 0, passed: true };
} else {
  const context = new suite.WasmBindgenTestContext(false);
  globalThis.outcome = { tests: tests.length, passed: await context.run(tests) };
}
`;

/** @type {Record<string, string>} */
const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };

/** Serves the folders, isolated across origins as the task page is. @param {string[]} folders */
function serve(folders) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://suite");
    const [suite, ...rest] = pathname.slice(1).split("/");
    const folder = folders[Number(suite)];
    const file = rest.join("/");
    /** @param {string | Uint8Array} body @param {string} name */
    const answer = (body, name) => {
      const type = TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream";
      response.writeHead(200, {
        "content-type": type,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      response.end(body);
    };
    if (folder === undefined) {
      response.writeHead(404).end();
    } else if (file === "") {
      answer(PAGE, "index.html");
    } else if (file === "drive.js") {
      answer(DRIVE, file);
    } else {
      readFile(join(folder, file)).then(
        (body) => answer(body, file),
        () => response.writeHead(404).end(),
      );
    }
  });
  return new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => listening(server));
  });
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} name
 */
async function run(browser, url, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  await page.goto(url);
  let outcome = { tests: 0, passed: false };
  try {
    const done = page.waitForFunction(() => Reflect.get(globalThis, "outcome"), undefined, {
      timeout: SUITE_MS,
    });
    const broken = page.waitForEvent("pageerror", { timeout: 0 }).then((error) => {
      throw error;
    });
    outcome = await (await Promise.race([done, broken])).jsonValue();
  } catch (error) {
    faults.push(String(error));
  }
  const output = (await page.locator("#output").textContent()) ?? "";
  console.log(`\n${name}${output.trimEnd() || `\nrunning ${outcome.tests} tests`}`);
  for (const fault of outcome.passed ? [] : faults) {
    console.log(fault);
  }
  await context.close();
  return outcome;
}

const folders = process.argv.slice(2);
const server = await serve(folders);
const browser = await chromium.launch(launchOptions);
let tests = 0;
let failed = 0;
for (const [index, folder] of folders.entries()) {
  const url = `http://127.0.0.1:${server.address().port}/${index}/`;
  const outcome = await run(browser, url, basename(folder));
  tests += outcome.tests;
  failed += outcome.passed ? 0 : 1;
}
await browser.close();
server.close();
console.log(
  `\nwasm tests in Chromium: ${tests} tests in ${folders.length} programs, ` +
    (failed === 0 ? "all passed" : `${failed} programs failed`),
);
process.exitCode = failed === 0 ? 0 : 1;
