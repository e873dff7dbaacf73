import { defineConfig } from "@playwright/test";

const results = process.env.METRICIS_RESULTS ?? "../test-results";

// Processes of one run know each other by this
process.env.TIMING_RUN ??= new Date().toISOString();

// `make bench-timing`: measurements, one after the other, alone on the machine
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.bench.ts",
  outputDir: `${results}/timing`,
  globalSetup: "../support/server.ts",
  retries: 0,
  workers: 1,
  timeout: 0,
  reporter: [["list"]],
});
