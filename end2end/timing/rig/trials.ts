// One measurement: a session of one system under one load, and what page and photodiode say of it.

import { expect } from "@playwright/test";

import type { Page } from "../support/browser.ts";
import type { Load } from "../support/loads.ts";
import { type Point, pressOn, type Sensor, STAGE_GONE, sensorPoint } from "../support/page.ts";
import type { Office, Row, Task } from "../support/run.ts";
import type { Edge, Log, Press } from "./photodiode.ts";
import { clockOffset, type Rig, type System } from "./rig.ts";

/** A reaction time, said and true, in ms. */
export interface Reaction {
  true: number;
  said: number;
  /** The onset that the page claims, minus the photodiode's; ours only. */
  onsetError?: number;
  row?: Row;
}

/** An interval on the screen, asked for and shown, in ms. */
export interface Interval {
  /** The stimulus itself, the neighbours alone before it (SOA), or the delay of a stop signal. */
  kind: "target" | "soa" | "ssd";
  asked: number;
  shown: number;
  /** Refresh interval of the screen. */
  refresh: number;
  /** Frames that the page says were shown. */
  said?: number;
  /** A flag of the page that warns of it. */
  flagged?: boolean;
}

/** What one session gave. */
export interface Session {
  system: System;
  load: Load;
  round: number;
  /** The first trials, when everything is still being compiled, are left out for all systems. */
  warmUp: number;
  reactions: Reaction[];
  intervals: Interval[];
  /** Trials left out, by reason. */
  discarded: Record<string, number>;
  samples: number;
  late: number;
  worstGap: number;
  realTime: boolean;
}

export interface Plan {
  /** Trials of reaction time. */
  trials: number;
  /** Durations in ms, and trials of each. */
  durations: number[];
  each: number;
  /** Trials of the stop-signal task, a quarter of them with a signal. */
  stops: number;
  /** Delays of the answers in µs; neither page gets to know them. */
  delays: number[];
}

/** One block: its task, and how it is watched. */
interface Part {
  task: Task;
  /** What the pixels must be covered by, for `Photodiode.arm`. */
  first: Sensor;
  second: Sensor;
  light: "grey" | "red";
  delays: number[];
  /** Takes the log and the rows of the block into the session. */
  add: (session: Session, log: Log, rows: Row[], offset: number) => void;
}

export const WARM_UP = 3;
/** Refresh interval of Xvfb's screen as Chromium paces it, ms. */
const REFRESH = 1000 / 60;
/** A sampling gap or a hand-over of a key above this, in ms, makes a trial unusable. */
const UNSURE = 1;
const TARGET_MS = 300;
/** Where a stimulus is looked for, in ms: before the time at which it is due, and after. */
const SLACK = 60;
const LATEST = 250;

/** Reaction times: the target is answered by the response box. */
function simpleRt({ trials, delays }: Plan): Part {
  const wait = { foreperiod_min: 500, foreperiod_max: 900 };
  const params = { trials, practice_trials: 0, blocks: 1, timeout: 3000, anticipation: 0, ...wait };
  const target = { covered: /^target$/ };
  return {
    task: { task_id: "simple_rt", params },
    ...{ first: target, second: target, light: "grey", delays },
    add: (session, log, rows, offset) => {
      const asked = rows.map((row) => ({ said: row.rt_ms, row, due: dueOf(row, offset) }));
      addReactions(session, log, asked, offset);
    },
  };
}

/** Intervals: the neighbours wait for the flanker's lead, that is the interval asked for. */
function flanker(lead: number, trials: number): Part {
  return {
    task: {
      task_id: "flanker",
      params: {
        ...{ trials, practice_trials: 0, blocks: 1, fixation: 200, flanker_lead: lead },
        ...{ timeout: TARGET_MS, anticipation: 0, iti: 200 },
      },
    },
    first: { covered: /^[<>]{2}[ <>][<>]{2}$/ },
    second: { covered: /^[<>]{5}$/ },
    ...{ light: "grey", delays: [] },
    add: (session, log, rows, offset) => addIntervals(session, log, lead, rows, offset),
  };
}

/**
 * Delays of stop signals: the arrow turns from ink to red. Nobody answers, so the staircase makes
 * every delay longer than the one before.
 */
function stopSignal(trials: number): Part {
  const arrow = { covered: /^[<>]( stop)?$/, ignored: /^[123]$/ };
  return {
    task: {
      task_id: "stop_signal",
      params: {
        ...{ trials, practice_trials: 0, blocks: 1, fixation: 200, timeout: 700, iti: 200 },
        ...{ ssd_start: 50, ssd_step: 50, anticipation: 0 },
      },
    },
    ...{ first: arrow, second: arrow, light: "red", delays: [] },
    add: addStops,
  };
}

/** Our own runner on the real server; its rows are those that the server stored. */
export async function measureMetricis(
  rig: Rig,
  office: Office,
  system: System,
  load: Load,
  round: number,
  plan: Plan,
): Promise<Session> {
  const parts = [
    ...(plan.trials > 0 ? [simpleRt(plan)] : []),
    ...plan.durations.map((lead) => flanker(lead, plan.each)),
    ...(plan.stops > 0 ? [stopSignal(plan.stops)] : []),
  ];
  const run = await office.run(parts.map(({ task }) => task));
  const { browser, page } = await rig.browse(system, load);
  const logs: (Log & { offset: number })[] = [];
  try {
    await page.send("Page.navigate", { url: `${process.env.METRICIS_URL}${run.path}` });
    await page.until("document.querySelector('[data-page=landing][data-ready]')");
    await rig.focus(page);
    for (;;) {
      const state = await page.evaluate<string>(pressOn);
      if (state === "count-down") {
        // Anew for each block: a task of another program is another page load
        const offset = await clockOffset(page);
        const part = parts[logs.length];
        expect(part, "no more blocks than tasks").toBeDefined();
        logs.push({ ...(await watchBlock(rig, page, part as Part)), offset });
      } else if (state === "done sent") {
        break;
      }
      expect(["notice", "left", "paused"], "pages that end a run too early").not.toContain(state);
    }
  } finally {
    await browser.close();
  }
  const rows = await office.rows(run.session);
  const session = empty(rig, system, load, round);
  for (const [module, log] of logs.entries()) {
    add(session, log);
    const here = rows.filter((row) => row.module === module && !row.interrupted);
    parts[module]?.add(session, log, here, log.offset);
  }
  return session;
}

async function watchBlock(rig: Rig, page: Page, part: Part): Promise<Log> {
  const found = [
    await page.until<Point>(sensorPoint(part.first)),
    await page.until<Point>(sensorPoint(part.second)),
  ] as const;
  const first = await rig.onScreen(page, found[0]);
  const second = await rig.onScreen(page, found[1]);
  expect(await page.evaluate<string>(pressOn), "ready before the first trial").toBe("count-down");
  rig.photodiode.arm(first, second, part.delays, part.light);
  await page.evaluate(STAGE_GONE);
  return rig.photodiode.disarm();
}

/** A jsPsych page; its rows are those of its own data store. */
export async function measureJsPsych(
  rig: Rig,
  url: string,
  system: System,
  load: Load,
  round: number,
  plan: Plan,
): Promise<Session> {
  const { browser, page } = await rig.browse(system, load);
  const name = system === "jsPsych" ? "stock" : "raf";
  const query = `rt=${plan.trials}&durations=${plan.durations.join(",")}&n=${plan.each}`;
  let log: Log;
  let rows: { kind?: string; duration?: number; rt: number | null; time_elapsed: number }[];
  let begun = 0;
  try {
    await page.send("Page.navigate", { url: `${url}/jspsych-${name}.html?${query}` });
    await page.until("document.readyState === 'complete' && window.begin");
    await rig.focus(page);
    const [width, height] = await page.evaluate<[number, number]>("[innerWidth, innerHeight]");
    const centre = { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    const point = await rig.onScreen(page, centre);
    const offset = await clockOffset(page);
    rig.photodiode.arm(point, point, plan.delays.slice(0, plan.trials));
    rows = await page.evaluate("(window.begin(), window.ended)");
    log = await rig.photodiode.disarm();
    const mark = "performance.getEntriesByName('begun')[0].startTime";
    begun = offset + (await page.evaluate<number>(mark));
  } finally {
    await browser.close();
  }
  const session = empty(rig, system, load, round);
  add(session, log);
  // A trial begins when the one before it ends, and its row says when it ended
  const asked = rows.map((row, i) => ({
    ...row,
    said: row.rt ?? undefined,
    due: {
      from: begun + (rows[i - 1]?.time_elapsed ?? 0) - SLACK,
      to: begun + row.time_elapsed + SLACK,
    },
  }));
  addReactions(session, log, asked.filter((row) => row.kind === "rt"));
  const shown = pulses(log.edges.filter((edge) => edge.sensor === "B"));
  for (const { due, duration: length = 0 } of asked.filter((row) => row.kind === "duration")) {
    const pulse = find(session, log, shown, due);
    if (pulse) {
      addInterval(session, { kind: "target", asked: length, refresh: REFRESH }, pulse);
    }
  }
  return session;
}

function empty(rig: Rig, system: System, load: Load, round: number): Session {
  return {
    ...{ system, load, round, warmUp: 0, reactions: [], intervals: [], discarded: {} },
    ...{ samples: 0, late: 0, worstGap: 0, realTime: rig.photodiode.realTime },
  };
}

function add(session: Session, log: Log): void {
  session.samples += log.samples;
  session.late += log.late;
  session.worstGap = Math.max(session.worstGap, log.worst);
}

function discard(session: Session, why: string, count = 1): void {
  session.discarded[why] = (session.discarded[why] ?? 0) + count;
}

/** Whether edges were seen without a gap in the watching. */
function sure(session: Session, ...edges: Edge[]): boolean {
  if (edges.some((edge) => edge.gap > UNSURE)) {
    discard(session, "a gap in the watching");
    return false;
  }
  return true;
}

/** Times from dark to light again. */
function pulses(edges: Edge[]): { on: Edge; off: Edge }[] {
  const found: { on: Edge; off: Edge }[] = [];
  let on: Edge | undefined;
  for (const edge of edges) {
    if (edge.dark) {
      on = edge;
    } else if (on) {
      found.push({ on, off: edge });
      on = undefined;
    }
  }
  return found;
}

/** A time in which a stimulus must come on, ms, CLOCK_MONOTONIC. */
interface Due {
  from: number;
  to: number;
}

/** From the frame of our own page that was to show the target. */
function dueOf(row: Row, offset: number): Due {
  const frame = offset + (row.raf_n_us ?? Number.NaN) / 1000;
  return { from: frame - SLACK, to: frame + LATEST };
}

/** A stimulus on the screen; `never` if it was not there though the photodiode looked. */
type Pulse = { on: Edge; off: Edge };

function find(session: Session, log: Log, shown: Pulse[], due: Due): Pulse | "never" | undefined {
  const pulse = shown.find(({ on }) => on.at >= due.from && on.at <= due.to);
  if (pulse) {
    return sure(session, pulse.on) ? pulse : undefined;
  }
  if (log.gaps.some((gap) => gap.to >= due.from && gap.from <= due.to)) {
    discard(session, "a gap in the watching");
    return undefined;
  }
  return "never";
}

function addInterval(
  session: Session,
  interval: Omit<Interval, "shown">,
  pulse: Pulse | "never",
): void {
  if (pulse === "never") {
    session.intervals.push({ ...interval, shown: 0 });
  } else if (sure(session, pulse.off)) {
    session.intervals.push({ ...interval, shown: pulse.off.at - pulse.on.at });
  }
}

function addReactions(
  session: Session,
  log: Log,
  rows: { said: number | undefined; due: Due; row?: Row }[],
  offset = 0,
): void {
  const shown = pulses(log.edges.filter((edge) => edge.sensor === "B"));
  for (const [i, { said, due, row }] of rows.entries()) {
    if (i < WARM_UP) {
      session.warmUp += 1;
      continue;
    }
    const pulse = find(session, log, shown, due);
    if (pulse === "never") {
      discard(session, "the target was never seen");
    }
    if (!pulse || pulse === "never") {
      continue;
    }
    const { on, off } = pulse;
    const press = log.presses.find(({ at }) => at > on.at && at < off.at);
    if (!press || said === undefined) {
      discard(session, press ? "the page has no response" : "no key was pressed");
    } else if (wasTaken(session, press)) {
      const onset = row?.onset_us === undefined ? undefined : row.onset_us / 1000;
      session.reactions.push({
        true: press.at - on.at,
        said,
        ...(row && onset !== undefined ? { row, onsetError: onset + offset - on.at } : {}),
      });
    }
  }
}

function wasTaken(session: Session, press: Press): boolean {
  if (press.took > UNSURE) {
    discard(session, "the X server took the key late");
    return false;
  }
  return true;
}

function addIntervals(
  session: Session,
  log: Log,
  lead: number,
  rows: Row[],
  offset: number,
): void {
  const neighbours = pulses(log.edges.filter((edge) => edge.sensor === "A"));
  const targets = pulses(log.edges.filter((edge) => edge.sensor === "B"));
  for (const row of rows) {
    const [refresh, bits] = [row.t_ms, row.quality];
    const target = find(session, log, targets, dueOf(row, offset));
    if (!target) {
      continue;
    }
    const said = row.frames_shown === undefined ? {} : { said: row.frames_shown };
    const flagged = (bits & 0b111) !== 0;
    addInterval(session, { kind: "target", asked: TARGET_MS, refresh, ...said, flagged }, target);
    if (target === "never") {
      continue;
    }
    const before = neighbours.find(({ on, off }) => on.at <= target.on.at && off.at > target.on.at);
    if (!before) {
      discard(session, "the neighbours were never seen");
    } else if (sure(session, before.on)) {
      const shown = target.on.at - before.on.at;
      const soaFlagged = (bits & 0b11) !== 0;
      session.intervals.push({ kind: "soa", asked: lead, shown, refresh, flagged: soaFlagged });
    }
  }
}

function addStops(session: Session, log: Log, rows: Row[], offset: number): void {
  // Grey: as long as there is an arrow. Red: until it turns, where it does
  const arrows = pulses(log.edges.filter((edge) => edge.sensor === "A"));
  const inks = pulses(log.edges.filter((edge) => edge.sensor === "B"));
  for (const row of rows) {
    const asked = row.extra?.ssd_plan_ms;
    const arrow = asked === undefined ? undefined : find(session, log, arrows, dueOf(row, offset));
    if (asked === undefined || !arrow) {
      continue;
    }
    const ink = inks.find(({ on }) => arrow !== "never" && Math.abs(on.at - arrow.on.at) < 1);
    if (!ink) {
      discard(session, "the arrow was never seen");
      continue;
    }
    const said = row.extra?.signal_soa_us;
    const refresh = row.t_ms;
    const frames = said === undefined ? {} : { said: Math.round(said / 1000 / refresh) };
    const flagged = (row.quality & 0b111) !== 0;
    addInterval(session, { kind: "ssd", asked, refresh, ...frames, flagged }, ink);
  }
}
