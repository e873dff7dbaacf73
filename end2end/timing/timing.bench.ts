// `make bench-timing`: rungs 2 and 3 of the ruler, and what else a task page must stand.
//
// TIMING_ROUNDS   rounds of rung 3 (4): in each, every system under every load, in turned order
// TIMING_TRIALS   trials of reaction time in each session (40)
// TIMING_QUICK    1: one short round of everything, to see that the ruler works

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "@playwright/test";

import { costOfJsPsych, costOfMetricis } from "./costs/load.ts";
import { heapGrowth } from "./costs/heap.ts";
import { killAgainAndAgain } from "./costs/kills.ts";
import { print, type Results } from "./report.ts";
import { Rig, SYSTEMS } from "./rig/rig.ts";
import { measureJsPsych, measureMetricis, type Plan, WARM_UP } from "./rig/trials.ts";
import { serveRivals } from "./rivals/server.ts";
import { LOADS } from "./support/loads.ts";
import { circumstances } from "./support/machine.ts";
import { Office } from "./support/run.ts";
import { lot } from "./support/stats.ts";
import { trace } from "./trace/reactions.ts";

const quick = process.env.TIMING_QUICK === "1";
const rounds = quick ? 1 : Number(process.env.TIMING_ROUNDS ?? 4);
const trials = quick ? 8 : Number(process.env.TIMING_TRIALS ?? 40);
const kills = quick ? 3 : 20;
const end2end = resolve(import.meta.dirname ?? ".", "..");
const folder = resolve(end2end, process.env.METRICIS_RESULTS ?? "test-results");

const file = join(folder, "timing.json");
const run = process.env.TIMING_RUN ?? "";

let results: Partial<Results> = {};
let office: Office;

test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  // After a part that failed the rest is run by another process, which goes on with what is there
  const before = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Results>)
    : undefined;
  results = before?.run === run ? before : { run, begin: circumstances() };
  office = await Office.open();
});

test.afterAll(async () => {
  await office.close();
  results.end = circumstances();
  writeFileSync(file, JSON.stringify(results, undefined, 1));
  print(results);
});

test("rung 2: trace and back-dated events", async () => {
  const random = lot(2);
  results.traced = [];
  for (const load of LOADS) {
    const delays = Array.from({ length: quick ? 8 : 40 }, () => 150 + Math.round(450 * random()));
    results.traced.push(await trace(office, load, delays));
  }
});

test("rung 3: photodiode and response box", async () => {
  const random = lot(3);
  const rig = await Rig.open(folder);
  const rivals = await serveRivals();
  const stops = (await office.knows("stop_signal")) ? (quick ? 16 : 48) : 0;
  results.sessions = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const load of LOADS) {
        for (const turn of SYSTEMS.keys()) {
          const system = SYSTEMS[(turn + round) % SYSTEMS.length] ?? "metricis";
          const plan = draw(random, stops);
          const session = system.startsWith("metricis")
            ? await measureMetricis(rig, office, system, load, round, plan)
            : await measureJsPsych(rig, rivals.url, system, load, round, plan);
          results.sessions.push(session);
          process.stderr.write(
            `round ${round + 1} of ${rounds}, ${load}, ${system}: ` +
              `${session.reactions.length} reactions, ${session.intervals.length} intervals\n`,
          );
        }
      }
    }
  } finally {
    rig.close();
    rivals.close();
  }
});

/** Delays that no page knows: 180 to 580 ms, every third around 500 ms, where a lapse begins. */
function draw(random: () => number, stops: number): Plan {
  const delay = (i: number) =>
    i % 3 === 2 ? 480_000 + 40_000 * random() : 180_000 + 400_000 * random();
  return {
    trials: trials + WARM_UP,
    durations: quick ? [17, 100] : [17, 33, 50, 100, 200, 500],
    each: 8,
    stops,
    delays: Array.from({ length: trials + WARM_UP }, (_, i) => delay(i)),
  };
}

test("bytes, and the time to the first trial", async () => {
  const rivals = await serveRivals();
  try {
    const metricis = await costOfMetricis(office);
    results.costs = { metricis, jsPsych: await costOfJsPsych(rivals.url) };
  } finally {
    rivals.close();
  }
});

test("memory over the trials of a session", async () => {
  results.heap = await heapGrowth(office, quick ? 30 : 300);
});

test("no acknowledged trial is lost to kills of the browser", async () => {
  results.kills = await killAgainAndAgain(office, kills);
  expect(results.kills.lost, "acknowledged trials that are not stored").toBe(0);
  expect(results.kills.trials, "trials in the end").toBe(results.kills.planned);
});
