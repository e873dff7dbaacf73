import type { Browser, BrowserContext } from "@playwright/test";

import type { Role } from "./demo.ts";
import type { Problems } from "./problems.ts";
import { stateOf } from "./staff.ts";

const shared = {
  ...(process.env.METRICIS_URL ? { baseURL: process.env.METRICIS_URL } : {}),
  locale: "en-GB",
  timezoneId: "Europe/Paris",
};

/** A desk of staff: 1440×900, signed in as `role` if given. */
export async function desk(
  browser: Browser,
  problems: Problems,
  role?: Role,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...shared,
    viewport: { width: 1440, height: 900 },
    ...(role ? { storageState: stateOf(role) } : {}),
  });
  await problems.watch(context);
  return context;
}

/** A participant's phone: 390×844 with touch. */
export async function phone(browser: Browser, problems: Problems): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...shared,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 3,
    hasTouch: true,
    isMobile: true,
  });
  await problems.watch(context);
  return context;
}
