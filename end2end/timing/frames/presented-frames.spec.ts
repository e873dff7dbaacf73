// Rung 1 of the ruler: on a display whose every refresh is ours, each stimulus is shown for exactly
// the frames that its duration asks for, at any refresh rate, and dropped frames change nothing but
// what they hit. The frames are counted from pixels; the task page only gets to see frames.

import { expect, test } from "@playwright/test";

import { type Point, pressOn, sensorPoint } from "../support/page.ts";
import { Office, quality, type Row, type Task } from "../support/run.ts";
import { Display } from "./begin-frames.ts";
import { isDark } from "./png.ts";

/** How long the cross is shown, and the arrow when nobody answers, in ms. */
const CROSS_MS = 100;
const TARGET_MS = 300;
const TRIALS = 8;
/** Neighbours come this long before the arrow, in ms: one block each. */
const BLOCKS = [
  { lead: 17, drops: false },
  { lead: 50, drops: false },
  { lead: 33, drops: true },
  { lead: 100, drops: true },
];

/**
 * Which refreshes of a trial bring no frame, one script after the other: counted from that of the
 * cross, given for how many each display is planned.
 */
const SCRIPTS: ((cross: number, lead: number, target: number) => number[])[] = [
  () => [],
  // Those at which the neighbours were to come: they come late, and alone for their time
  (cross) => [cross, cross + 1],
  // Those at which the arrow was to come: it comes late, and stays for its time
  (cross, lead) => [cross + lead, cross + lead + 1],
  // In the midst of the arrow: nothing changes
  (cross, lead, target) => [cross + lead + Math.round(target / 2)],
  // Those at which the arrow was to go: it goes late
  (cross, lead, target) => [cross + lead + target, cross + lead + target + 1],
];
/** What eight trials by these scripts come to. */
const DROPPED = 11;
const TOO_LONG = 1;

function task(lead: number): Task {
  return {
    task_id: "flanker",
    params: {
      trials: TRIALS,
      practice_trials: 0,
      blocks: 1,
      fixation: CROSS_MS,
      flanker_lead: lead,
      timeout: TARGET_MS,
      anticipation: 0,
      iti: 100,
    },
  };
}

/** What the pixels showed from one refresh on. */
interface Seen {
  tick: number;
  cross: boolean;
  neighbours: boolean;
  arrow: boolean;
}

/** One trial as the pixels tell it: refreshes at which something changed. */
interface Shown {
  cross: number;
  neighbours: number;
  arrow: number;
  end: number;
}

for (const rate of [60, 90, 120, 144]) {
  test(`every stimulus has its frames at ${rate} Hz`, async () => {
    // Thousands of pictures: some seconds, or a minute on a machine that does much else
    test.setTimeout(180_000);
    const office = await Office.open();
    const display = await Display.open(rate);
    try {
      const run = await office.run(BLOCKS.map(({ lead }) => task(lead)));
      const played = await play(display, run.path);
      const rows = await office.rows(run.session);
      expect(rows).toHaveLength(BLOCKS.length * TRIALS);
      for (const [module, block] of BLOCKS.entries()) {
        const here = rows.filter((row) => row.module === module);
        const { shown, dropped } = played[module] ?? { shown: [], dropped: new Set<number>() };
        expect(shown, "trials that were seen").toHaveLength(TRIALS);
        expect(dropped.size, "frames that were dropped").toBe(block.drops ? DROPPED : 0);
        for (const [i, trial] of shown.entries()) {
          expectTrial(rate, block.lead, trial, dropped, here[i] as Row);
        }
        const long = here.filter((row) => row.frames_shown !== row.frames_plan);
        const expected = block.drops ? TOO_LONG : 0;
        expect(long, "trials with a duration that was not planned").toHaveLength(expected);
      }
    } finally {
      await display.close();
      await office.close();
    }
  });
}

function framesAt(rate: number): (ms: number) => number {
  return (ms) => Math.max(1, Math.round((ms * rate) / 1000));
}

/** The first refresh from `tick` on that brought a frame. */
function nextFrame(tick: number, dropped: Set<number>): number {
  return dropped.has(tick) ? nextFrame(tick + 1, dropped) : tick;
}

function expectTrial(
  rate: number,
  lead: number,
  shown: Shown,
  dropped: Set<number>,
  row: Row,
): void {
  const frames = framesAt(rate);
  const where = `trial ${row.trial} of part ${row.module}`;
  expect(row.t_ms, "measured refresh interval").toBeCloseTo(1000 / rate, 2);
  // Shown for its frames; longer only where the very refresh at which it was to end was dropped
  const come = nextFrame(shown.cross + frames(CROSS_MS), dropped);
  expect(shown.neighbours, `${where}: neighbours after the cross`).toBe(come);
  const due = nextFrame(shown.neighbours + frames(lead), dropped);
  expect(shown.arrow, `${where}: arrow after the neighbours`).toBe(due);
  const end = nextFrame(shown.arrow + frames(TARGET_MS), dropped);
  expect(shown.end, `${where}: end of the arrow`).toBe(end);

  const frame = end - shown.arrow;
  expect(row.frames_plan, `${where}: planned frames`).toBe(frames(TARGET_MS));
  expect(row.frames_shown, `${where}: the stored count is that of the pixels`).toBe(frame);
  const flag = (bit: number) => (row.quality & bit) !== 0;
  expect(flag(quality.durationWrong), `${where}: a wrong duration is flagged, no other is`).toBe(
    frame !== frames(TARGET_MS),
  );
  const hit = [...dropped].some((tick) => tick > shown.cross && tick < shown.end);
  expect(flag(quality.droppedFrame), `${where}: dropped frames are flagged, no others`).toBe(hit);
}

interface Played {
  shown: Shown[];
  dropped: Set<number>;
}

/** Runs all tasks without an answer, and gives for each block what the pixels showed. */
async function play(display: Display, path: string): Promise<Played[]> {
  const { page } = display;
  await page.send("Page.navigate", { url: `${process.env.METRICIS_URL}${path}` });
  // Until the page is there the display has nothing to show, and the browser answers no frame
  await page.until("document.readyState === 'complete'");
  const played: Played[] = [];
  for (;;) {
    const state = await page.evaluate<string>(pressOn);
    if (state.startsWith("done")) {
      if (state === "done sent") {
        return played;
      }
      expect(["done ", "done sending"]).toContain(state);
    }
    expect(["notice", "left", "paused"], "pages that end a run too early").not.toContain(state);
    if (state === "stage" || state === "count-down") {
      played.push(await block(display, played.length));
    } else {
      await display.refresh();
    }
  }
}

const LAST_DIGIT = `document.querySelector('.stage .layer[data-scene="1"]').style.opacity === "1"`;

/** Shows one block to its end. */
async function block(display: Display, module: number): Promise<Played> {
  const { page, rate } = display;
  const sensor = (covered: RegExp, ignored: RegExp) =>
    page.until<Point>(sensorPoint({ covered, ignored }));
  const cross = await sensor(/^fixation$/, /^[123]$|^[<>]{5}$/);
  const neighbours = await sensor(/^[<>]{2}[ <>][<>]{2}$/, /^[123]$/);
  const arrow = await sensor(/^[<>]{5}$/, /^[123]$/);
  const plan = BLOCKS[module];
  const frames = framesAt(rate);
  const dropped = new Set<number>();
  const seen: Seen[] = [];
  let onset = 0;
  let script: number[] = [];
  let begun = 0;
  let state = await page.evaluate<string>(pressOn);
  while (state === "stage" || state === "count-down") {
    // Pictures are taken from the last digit on: the next frame may be that of the first cross
    if (state === "count-down" && !(await page.evaluate<boolean>(LAST_DIGIT))) {
      await display.refresh();
      state = await page.evaluate<string>(pressOn);
      continue;
    }
    while (script.includes(display.tick + 1 - onset)) {
      display.drop();
      dropped.add(display.tick);
    }
    const picture = await display.look();
    state = await page.evaluate<string>(pressOn);
    const now = {
      tick: display.tick,
      // A digit may cover the same pixel
      cross: state !== "count-down" && isDark(picture, cross.x, cross.y),
      neighbours: isDark(picture, neighbours.x, neighbours.y),
      arrow: isDark(picture, arrow.x, arrow.y),
    };
    if (isCross(now, seen.at(-1))) {
      onset = now.tick;
      const next = plan?.drops ? SCRIPTS[begun % SCRIPTS.length] : undefined;
      script = next?.(frames(CROSS_MS), frames(plan?.lead ?? 0), frames(TARGET_MS)) ?? [];
      begun += 1;
    }
    seen.push(now);
  }
  return { shown: trials(seen), dropped };
}

/** Whether a trial begins: the cross, which the arrow covers as well, comes to an empty stage. */
function isCross(now: Seen, before: Seen | undefined): boolean {
  return now.cross && !now.neighbours && !before?.cross;
}

function trials(seen: Seen[]): Shown[] {
  const found: Shown[] = [];
  let before: Seen | undefined;
  for (const now of seen) {
    if (isCross(now, before)) {
      found.push({ cross: now.tick, neighbours: 0, arrow: 0, end: 0 });
    }
    const trial = found.at(-1);
    if (trial && now.neighbours && !before?.neighbours) {
      trial.neighbours = now.tick;
    }
    if (trial && now.arrow && !before?.arrow) {
      trial.arrow = now.tick;
    }
    if (trial && !now.arrow && before?.arrow) {
      trial.end = now.tick;
    }
    before = now;
  }
  return found;
}
