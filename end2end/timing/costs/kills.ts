// What is left of a session when the browser is killed again and again in the midst of it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { expect } from "@playwright/test";

import { pressSpace, whenTargetComes } from "../support/answer.ts";
import { Browser, chromium, type Page } from "../support/browser.ts";
import { pressOn, STAGE_GONE } from "../support/page.ts";
import type { Office, Row } from "../support/run.ts";
import { lot } from "../support/stats.ts";

/** The life of one browser process. */
export interface Life {
  /** Trials that had been answered for good: the next target was already there. */
  acknowledged: number;
  /** Of those, how many the server had in the end. */
  stored: number;
}

export interface Kills {
  lives: Life[];
  lost: number;
  /** Trials of the session in the end, and how many were planned. */
  trials: number;
  planned: number;
}

const ANSWER_MS = 200;
/** The kill comes this long after the first target at most, in ms. */
const LONGEST_LIFE = 4000;

/** One session that outlives `kills` kills of all browser processes at random moments. */
export async function killAgainAndAgain(office: Office, kills: number): Promise<Kills> {
  const planned = 8 * kills;
  const run = await office.run([
    {
      task_id: "simple_rt",
      params: {
        ...{ trials: planned, practice_trials: 0, blocks: 1, timeout: 3000, anticipation: 0 },
        ...{ foreperiod_min: 300, foreperiod_max: 400 },
      },
    },
  ]);
  const url = `${process.env.METRICIS_URL}${run.path}`;
  const profile = mkdtempSync(join(tmpdir(), "metricis-kills-"));
  const random = lot(20);
  const acknowledged: number[] = [];
  try {
    for (let kill = 0; kill <= kills; kill += 1) {
      const args = ["--headless=new", "about:blank"];
      const browser = new Browser({ program: chromium, args, profile });
      const page = await browser.page();
      let targets = 0;
      let first = () => {};
      const begun = new Promise<void>((done) => {
        first = done;
      });
      await whenTargetComes(page, async () => {
        targets += 1;
        first();
        await pause(ANSWER_MS);
        await pressSpace(page);
      });
      await page.send("Page.navigate", { url });
      if (kill === kills) {
        await playTo(page, "done sent");
        acknowledged.push(targets);
        await browser.kill();
      } else {
        await playTo(page, "count-down");
        await begun;
        await pause(random() * LONGEST_LIFE);
        // Counted at the kill: what is told after it does not exist
        acknowledged.push(Math.max(0, targets - 1));
        await browser.kill();
      }
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return judge(await office.rows(run.session), acknowledged, planned);
}

function judge(rows: Row[], acknowledged: number[], planned: number): Kills {
  const whole = rows.filter((row) => !row.interrupted);
  const lives = acknowledged.map((count, epoch) => ({
    acknowledged: count,
    stored: whole.filter((row) => row.clock_epoch === epoch).length,
  }));
  const lost = lives.reduce(
    (sum, { acknowledged, stored }) => sum + Math.max(0, acknowledged - stored),
    0,
  );
  return { lives, lost, trials: whole.length, planned };
}

async function playTo(page: Page, end: string): Promise<void> {
  for (let state = ""; state !== end; ) {
    state = await page.evaluate<string>(pressOn);
    expect(["notice", "left"], "pages that end a run too early").not.toContain(state);
    if (state === "count-down" && end !== state) {
      await page.evaluate(STAGE_GONE);
    }
  }
}
