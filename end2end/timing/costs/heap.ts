// Whether memory grows with the trials of a session.

import { expect } from "@playwright/test";

import { pressSpace, whenTargetComes } from "../support/answer.ts";
import { Browser, chromium, type Page } from "../support/browser.ts";
import { pressOn, STAGE_GONE } from "../support/page.ts";
import type { Office } from "../support/run.ts";
import { slope } from "../support/stats.ts";

/** Memory after the garbage was collected, in bytes. */
export interface Heap {
  trials: number;
  js: number;
  wasm: number;
  nodes: number;
}

export interface HeapGrowth {
  points: Heap[];
  /** Bytes of JavaScript memory per 1000 trials. */
  jsPer1000: number;
  wasmPer1000: number;
}

const BLOCKS = 6;

/** A session of simple reaction time in six parts, looked at on the page of rest after each. */
export async function heapGrowth(office: Office, trials: number): Promise<HeapGrowth> {
  const run = await office.run([
    {
      task_id: "simple_rt",
      params: {
        ...{ trials, practice_trials: 0, blocks: BLOCKS, timeout: 3000, anticipation: 0 },
        ...{ foreperiod_min: 300, foreperiod_max: 301 },
      },
    },
  ]);
  const browser = new Browser({ program: chromium, args: ["--headless=new", "about:blank"] });
  try {
    const page = await browser.page();
    let targets = 0;
    await whenTargetComes(page, () => {
      targets += 1;
      void pressSpace(page);
    });
    await page.send("Page.navigate", { url: `${process.env.METRICIS_URL}${run.path}` });
    const points: Heap[] = [];
    for (let state = ""; state !== "done sent"; ) {
      state = await page.evaluate<string>(pressOn);
      expect(["notice", "left", "paused"], "pages that end a run too early").not.toContain(state);
      if (state === "count-down") {
        await page.evaluate(STAGE_GONE);
        points.push({ trials: targets, ...(await memory(page)) });
      }
    }
    // What is only made once is made by the end of the first part
    const steady = points.slice(1);
    const per1000 = (value: (heap: Heap) => number) =>
      1000 * slope(steady.map((heap) => [heap.trials, value(heap)] as const));
    return {
      points,
      jsPer1000: per1000((heap) => heap.js),
      wasmPer1000: per1000((heap) => heap.wasm),
    };
  } finally {
    await browser.close();
  }
}

async function memory(page: Page): Promise<Omit<Heap, "trials">> {
  await page.send("HeapProfiler.collectGarbage");
  await page.send("Performance.enable");
  const { metrics } = await page.send("Performance.getMetrics");
  const metric = (name: string) =>
    (metrics as { name: string; value: number }[]).find((one) => one.name === name)?.value ?? 0;
  const { result } = await page.send("Runtime.evaluate", {
    expression: "WebAssembly.Memory.prototype",
  });
  const prototypeObjectId = (result as { objectId: string }).objectId;
  const { objects } = await page.send("Runtime.queryObjects", { prototypeObjectId });
  const { result: bytes } = await page.send("Runtime.callFunctionOn", {
    objectId: (objects as { objectId: string }).objectId,
    functionDeclaration:
      "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return {
    js: metric("JSHeapUsedSize"),
    wasm: (bytes as { value: number }).value,
    nodes: metric("Nodes"),
  };
}
