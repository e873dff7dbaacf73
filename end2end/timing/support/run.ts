// A run of the real task runner on the real server, and what the server stored of it.

import { randomBytes } from "node:crypto";

import type { APIRequestContext, APIResponse } from "@playwright/test";

import { type Demo, readDemo } from "../../support/demo.ts";
import { newApi } from "../../support/staff.ts";

/** One task of a battery. */
export interface Task {
  task_id: string;
  params: Record<string, number | boolean>;
}

/** A trial as the server stored it; stamps in µs on the page's own clock. */
export interface Row {
  seq: number;
  clock_epoch: number;
  module: number;
  trial: number;
  phase: string;
  condition: string;
  raf_n_us?: number;
  cb_end_us?: number;
  post_us?: number;
  raf_n1_us?: number;
  pres_on_us?: number;
  pres_off_us?: number;
  onset_us?: number;
  onset_method?: number;
  frames_plan?: number;
  frames_shown?: number;
  ts_resp_us?: number;
  ts_handler_us?: number;
  rt_ms?: number;
  n_presses: number;
  quality: number;
  t_ms: number;
  omission: boolean;
  interrupted: boolean;
  extra?: { lead_us?: number; ssd_plan_ms?: number; signal_soa_us?: number };
}

/** Bits of `quality` (contract::task::Quality). */
export const quality = {
  droppedFrame: 1 << 0,
  onsetLate: 1 << 1,
  durationWrong: 1 << 2,
  handlerLag: 1 << 3,
  longTask: 1 << 4,
  presentationMissing: 1 << 15,
  /** Q0 to Q4: what makes one RT less sure. */
  timing: 0b1_1111,
} as const;

/** A run that waits to be opened. */
export interface Run {
  session: string;
  /** Path of the task page with its launch token. */
  path: string;
}

/** The study team's side: makes runs and reads what was stored. */
export class Office {
  private constructor(
    readonly api: APIRequestContext,
    readonly demo: Demo,
    readonly site: string,
  ) {}

  static async open(): Promise<Office> {
    const demo = readDemo();
    const api = await newApi("coordinator");
    const found = await read<{ data?: { id: string }[] } | { id: string }[]>(
      await api.get(`/api/studies/${demo.study.id}/sites`),
    );
    const sites = Array.isArray(found) ? found : (found.data ?? []);
    return new Office(api, demo, sites[0]?.id ?? "");
  }

  /** A new participant with a battery of these tasks, and the link to the run. */
  async run(modules: Task[]): Promise<Run> {
    const study = `/api/studies/${this.demo.study.id}`;
    const code = `TIME-${randomBytes(5).toString("hex").toUpperCase()}`;
    const post = async <T>(path: string, data: unknown): Promise<T> =>
      read<T>(await this.api.post(path, { data }));
    const participant = await post<{ id: string }>(`${study}/participants`, {
      participant_code: code,
      site_id: this.site,
      language: "en",
      contact: { email: `${code.toLowerCase()}@example.org` },
    });
    const battery = await post<{ id: string }>(`${study}/batteries`, {
      name: code,
      status: "active",
      modules,
    });
    const launched = await post<{ session_id: string; path: string }>("/api/session/start", {
      participant_id: participant.id,
      battery_id: battery.id,
    });
    return { session: launched.session_id, path: launched.path };
  }

  /** Whether the server knows a task. */
  async knows(task: string): Promise<boolean> {
    const tasks = JSON.stringify(await read<unknown>(await this.api.get("/api/modules")));
    return tasks.includes(`"${task}"`);
  }

  /** Every trial of a run, in the order in which they were run. */
  async rows(session: string): Promise<Row[]> {
    const place = `/api/studies/${this.demo.study.id}/sessions/${session}/record`;
    const { trials } = await read<{ trials: Row[] }>(await this.api.get(place));
    return trials.sort((a, b) => a.seq - b.seq);
  }

  async close(): Promise<void> {
    await this.api.dispose();
  }
}

async function read<T>(answer: APIResponse): Promise<T> {
  if (!answer.ok()) {
    throw new Error(`${answer.status()} of ${answer.url()}: ${await answer.text()}`);
  }
  return (await answer.json()) as T;
}
