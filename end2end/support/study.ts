// What a test needs to have in the database before it begins, made by the REST interface.

import { randomBytes } from "node:crypto";

import { type APIRequestContext, type APIResponse, expect, type Page } from "@playwright/test";

import type { Demo } from "./demo.ts";
import { islandsReady } from "./islands.ts";

/** One task of a battery. */
export interface TaskInput {
  task_id: string;
  params: Record<string, number | boolean | string>;
}

/** The shortest Simple RT there is: 5 trials after waits of a third of a second. */
export const shortSimpleRt: TaskInput = {
  task_id: "simple_rt",
  params: { trials: 5, practice_trials: 0, foreperiod_min: 300, foreperiod_max: 400 },
};

/** The shortest Flanker there is: 8 trials without practice. */
export const shortFlanker: TaskInput = {
  task_id: "flanker",
  params: { trials: 8, practice_trials: 0, fixation: 100, iti: 100, blocks: 1 },
};

/** A participant of the demonstration study who has one battery to do. */
export interface Enrolled {
  id: string;
  code: string;
  email: string;
  assignment: string;
}

/** A word that no other test has used. */
export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString("hex").toUpperCase()}`;
}

async function made<T>(answer: APIResponse): Promise<T> {
  expect(answer.ok(), `${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** A new participant with an e-mail address, and a battery of these tasks to do. */
export async function enrol(
  api: APIRequestContext,
  demo: Demo,
  modules: TaskInput[],
): Promise<Enrolled> {
  const study = `/api/studies/${demo.study.id}`;
  const sites = await made<{ data?: { id: string }[] } | { id: string }[]>(
    await api.get(`${study}/sites`),
  );
  const site = (Array.isArray(sites) ? sites : (sites.data ?? []))[0];
  const code = unique("T");
  const email = `${code.toLowerCase()}@example.org`;
  const participant = await made<{ id: string }>(
    await api.post(`${study}/participants`, {
      data: { participant_code: code, site_id: site?.id, language: "en", contact: { email } },
    }),
  );
  const battery = await made<{ id: string }>(
    await api.post(`${study}/batteries`, {
      data: { name: `Battery of ${code}`, status: "active", modules },
    }),
  );
  const assignment = await made<{ id: string }>(
    await api.post(`${study}/assignments`, {
      data: { participant_id: participant.id, battery_id: battery.id },
    }),
  );
  return { id: participant.id, code, email, assignment: assignment.id };
}

/** The address in the newest mail to a participant, without the host. */
async function linkInMail(
  api: APIRequestContext,
  participant: Enrolled,
): Promise<string | undefined> {
  const mails = (await (await api.get("/demo/mail")).text()).split("<article");
  const mail = mails.find((text) => text.includes(participant.email)) ?? "";
  return /href="https?:\/\/[^/"]+(\/portal\/verify[^"]+)"/.exec(mail)?.[1]?.replaceAll("&amp;", "&");
}

/** Sends a link and gives the address in the mail, without the host. */
export async function newLink(
  api: APIRequestContext,
  demo: Demo,
  participant: Enrolled,
): Promise<string> {
  const before = await linkInMail(api, participant);
  const place = `/api/studies/${demo.study.id}/participants/${participant.id}/link`;
  await made(await api.post(place));
  let link: string | undefined;
  await expect(async () => {
    link = await linkInMail(api, participant);
    expect(link).toBeDefined();
    expect(link).not.toBe(before);
  }).toPass();
  return link ?? "";
}

/** Follows a sign-in link to Today. */
export async function followLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await islandsReady(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/portal");
}

/** One stored trial, as the record of a session has it. */
export interface StoredTrial {
  seq: number;
  module: number;
  task_id: string;
  trial: number;
  block: number;
  phase: string;
  rt_ms?: number;
  resp_code?: string;
  correct?: boolean;
  interrupted: boolean;
}

/** A session as staff see it in a list. */
export interface SessionRow {
  id: string;
  status: string;
  trials: number;
  battery_name: string;
  participant_code: string;
}

/** The sessions of a participant, newest first. */
export async function sessionsOf(
  api: APIRequestContext,
  demo: Demo,
  code: string,
): Promise<SessionRow[]> {
  const place = `/api/studies/${demo.study.id}/sessions?search=${code}&sort=created&order=desc`;
  return (await made<{ data: SessionRow[] }>(await api.get(place))).data;
}

/** Every trial of a session. */
export async function trialsOf(
  api: APIRequestContext,
  demo: Demo,
  session: string,
): Promise<StoredTrial[]> {
  const place = `/api/studies/${demo.study.id}/sessions/${session}/record`;
  return (await made<{ trials: StoredTrial[] }>(await api.get(place))).trials;
}
