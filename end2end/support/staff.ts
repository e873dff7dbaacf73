import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { type APIRequestContext, type BrowserContext, type Page, request } from "@playwright/test";

import { type Demo, type Role, readDemo } from "./demo.ts";
import { islandsReady } from "./islands.ts";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../test-results/staff");
const roles: Role[] = ["admin", "researcher", "coordinator", "viewer"];

/** The cookies of somebody who is signed in, for `browser.newContext({ storageState })`. */
export function stateOf(role: Role): string {
  return join(folder, `${role}.json`);
}

/** The login of a role. */
export function userOf(demo: Demo, role: Role): { email: string; password: string } {
  const user = demo.users.find((user) => user.role === role);
  if (!user) {
    throw new Error(`the demo has no ${role}`);
  }
  return user;
}

/** Signs each role in once for the whole run. */
export async function signInStaff(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const demo = readDemo();
  for (const role of roles) {
    const api = await newApi();
    const answer = await api.post("/api/auth/login/browser", { data: userOf(demo, role) });
    if (!answer.ok()) {
      throw new Error(`${role} cannot sign in: ${answer.status()} ${await answer.text()}`);
    }
    await api.storageState({ path: stateOf(role) });
    await api.dispose();
  }
}

/** Cookies, as a browser context gives them away. */
type Cookies = Awaited<ReturnType<BrowserContext["storageState"]>>;

/**
 * A client of the REST interface that sends what a page of ours would; signed in as a role, or by
 * the cookies of a browser.
 */
export async function newApi(who?: Role | Cookies): Promise<APIRequestContext> {
  const baseURL = process.env.METRICIS_URL ?? "";
  return request.newContext({
    baseURL,
    // What a browser says by itself; without it a write with a cookie is refused
    extraHTTPHeaders: { origin: baseURL },
    ...(who ? { storageState: typeof who === "string" ? stateOf(who) : who } : {}),
  });
}

/** Signs in by the form, as people do. */
export async function signIn(page: Page, user: { email: string; password: string }): Promise<void> {
  await page.goto("/login");
  await islandsReady(page);
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
}
