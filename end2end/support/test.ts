import { expect, test as base } from "@playwright/test";

import { type Demo, readDemo } from "./demo.ts";
import { Problems } from "./problems.ts";

export { expectAccessible } from "./axe.ts";
export type { Demo, Role } from "./demo.ts";
export { islandsReady } from "./islands.ts";
export { Problems } from "./problems.ts";
export { expect };

interface Fixtures {
  /** Fails the test on a console warning or error, an uncaught error, a blocked or failed request. */
  problems: Problems;
}

interface WorkerFixtures {
  /** The seeded study, its people and their links. */
  demo: Demo;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  baseURL: async ({}, use) => {
    await use(process.env.METRICIS_URL);
  },

  demo: [
    async ({}, use) => {
      await use(readDemo());
    },
    { scope: "worker" },
  ],

  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      await problems.watch(context);
      await use(problems);
      expect(problems.unexpected(), "problems that the browser reported").toEqual([]);
    },
    { auto: true },
  ],
});
