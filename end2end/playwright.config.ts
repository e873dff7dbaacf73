import { defineConfig } from "@playwright/test";

import { launchOptions } from "./support/chromium.mjs";

const ci = Boolean(process.env.CI);
const results = process.env.METRICIS_RESULTS ?? "test-results";

export default defineConfig({
  testDir: "tests",
  outputDir: `${results}/runs`,
  globalSetup: "./support/server.ts",
  // A test that passes on the second try is a failing test
  retries: 0,
  forbidOnly: ci,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: ci ? [["list"]] : [["list"], ["html", { open: "never", outputFolder: `${results}/report` }]],
  use: {
    // `baseURL` comes from the server that support/server.ts starts (support/test.ts)
    browserName: "chromium",
    launchOptions,
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    // Frames counted on a display of our own: no browser of Playwright's, quick enough for every run
    { name: "frames", testDir: "timing/frames", fullyParallel: true },
    // One story with a desk and a phone in it, each in a window of its own
    { name: "line", testMatch: "line/**", use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "desktop",
      testIgnore: "line/**",
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      testIgnore: "line/**",
      use: {
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: 3,
        hasTouch: true,
        isMobile: true,
      },
    },
  ],
});
