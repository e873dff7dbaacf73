// Rung 2: onsets by the browser's trace, responses by events whose time stamp is ours.

import { setTimeout as pause } from "node:timers/promises";

import { expect } from "@playwright/test";

import { pressSpace, whenTargetComes } from "../support/answer.ts";
import { Browser, chromium } from "../support/browser.ts";
import { type Load, put } from "../support/loads.ts";
import { pressOn, STAGE_GONE } from "../support/page.ts";
import type { Office } from "../support/run.ts";
import { endTrace, frameOf, frames, LEAVE_MARK, startTrace, traceOffset } from "./trace.ts";

/** A reaction by trace and by row, ms. */
export interface Traced {
  /** Whether the event carried the time that it was meant for; otherwise that of its arrival. */
  backDated: boolean;
  true: number;
  said: number;
  method: number;
  /** The onset in the row, minus the trace's. */
  onsetError: number;
}

export interface TracedSession {
  load: Load;
  reactions: Traced[];
  discarded: Record<string, number>;
}

/** A session of simple reaction time with answers after these delays (ms). */
export async function trace(office: Office, load: Load, delays: number[]): Promise<TracedSession> {
  const run = await office.run([
    {
      task_id: "simple_rt",
      params: {
        ...{ trials: delays.length, practice_trials: 0, blocks: 1, timeout: 3000 },
        ...{ foreperiod_min: 500, foreperiod_max: 900, anticipation: 0 },
      },
    },
  ]);
  const browser = new Browser({ program: chromium, args: ["--headless=new", "about:blank"] });
  const onsets: { at: number; answered: number; backDated: boolean }[] = [];
  try {
    const page = await browser.page();
    await put(load, page);
    let timeOrigin = 0;
    await whenTargetComes(page, async (at) => {
      const delay = delays[onsets.length] ?? 0;
      // Every second one arrives as it does
      const onset = { at, answered: 0, backDated: onsets.length % 2 === 0 };
      onsets.push(onset);
      await pause(delay);
      onset.answered = Number(process.hrtime.bigint()) / 1e6;
      await pressSpace(page, onset.backDated ? timeOrigin + at + delay : undefined);
    });
    await page.send("Page.navigate", { url: `${process.env.METRICIS_URL}${run.path}` });
    await page.until("document.querySelector('[data-page=landing][data-ready]')");
    timeOrigin = await page.evaluate<number>("performance.timeOrigin");
    await startTrace(browser);
    await page.evaluate(LEAVE_MARK);
    for (let state = ""; state !== "done sent"; ) {
      state = await page.evaluate<string>(pressOn);
      expect(["notice", "left", "paused"], "pages that end a run too early").not.toContain(state);
      if (state === "count-down") {
        await page.evaluate(STAGE_GONE);
      }
    }
    const events = await endTrace(browser);
    const rows = await office.rows(run.session);
    expect(rows).toHaveLength(onsets.length);
    const [offset, all] = [traceOffset(events), frames(events)];
    const session: TracedSession = { load, reactions: [], discarded: {} };
    for (const [i, row] of rows.entries()) {
      const onset = onsets[i];
      const frame = frameOf(all, (onset?.at ?? 0) + offset);
      if (!onset || !frame || row.rt_ms === undefined || row.onset_us === undefined) {
        const why = frame ? "the page has no response" : "no frame in the trace";
        session.discarded[why] = (session.discarded[why] ?? 0) + 1;
        continue;
      }
      const answered = onset.backDated ? onset.at + (delays[i] ?? 0) + offset : onset.answered;
      session.reactions.push({
        backDated: onset.backDated,
        true: answered - frame.presented,
        said: row.rt_ms,
        method: row.onset_method ?? 0,
        onsetError: row.onset_us / 1000 + offset - frame.presented,
      });
    }
    return session;
  } finally {
    await browser.close();
  }
}
