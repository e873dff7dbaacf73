// What it costs to get to the first trial: bytes over the network, and time.

import { expect } from "@playwright/test";

import { Browser, chromium, type Page } from "../support/browser.ts";
import { pressOn } from "../support/page.ts";
import type { Office } from "../support/run.ts";

/** Bytes as transferred (packed, with headers); times in ms after the navigation began. */
export interface Cost {
  requests: number;
  bytes: number;
  /** By kind of resource. */
  kinds: Record<string, number>;
  firstPaint: number;
  /** The participant can press Start: ours has measured the device by then (140 frames). */
  ready: number;
  /** First frame of the first trial when every button is pressed at once. */
  firstTrial: number;
}

export async function costOfMetricis(office: Office): Promise<Cost> {
  const { path } = await office.run([
    {
      task_id: "simple_rt",
      params: { trials: 5, practice_trials: 0, timeout: 500, anticipation: 0 },
    },
  ]);
  return cost(`${process.env.METRICIS_URL}${path}`, async (page) => {
    await page.until("document.querySelector('[data-page=landing][data-ready]')");
    const ready = await page.evaluate<number>("performance.now()");
    for (let state = ""; state !== "count-down"; ) {
      state = await page.evaluate<string>(pressOn);
      expect(["notice", "left", "paused"], "pages that end a run too early").not.toContain(state);
    }
    const firstTrial = await page.evaluate<number>(`new Promise((begun) => {
      const box = document.querySelector('.stage .layer[data-scene="box"]');
      new MutationObserver(() => {
        if (box.style.opacity === "1") begun(performance.now());
      }).observe(box, { attributes: true });
    })`);
    return { ready, firstTrial };
  });
}

export async function costOfJsPsych(url: string): Promise<Cost> {
  return cost(`${url}/jspsych-stock.html?rt=5`, async (page) => {
    await page.until("document.readyState === 'complete' && window.begin");
    const ready = await page.evaluate<number>("performance.now()");
    await page.evaluate("window.begin()");
    const begun = "performance.getEntriesByName('begun')[0]?.startTime";
    return { ready, firstTrial: await page.until<number>(begun) };
  });
}

async function cost(
  url: string,
  play: (page: Page) => Promise<{ ready: number; firstTrial: number }>,
): Promise<Cost> {
  const browser = new Browser({ program: chromium, args: ["--headless=new", "about:blank"] });
  try {
    const page = await browser.page();
    const kinds: Record<string, number> = {};
    const kindOf = new Map<string, string>();
    let [requests, bytes] = [0, 0];
    page.on("Network.responseReceived", ({ requestId, type }) => {
      kindOf.set(requestId as string, type as string);
    });
    page.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const kind = kindOf.get(requestId as string) ?? "Other";
      kinds[kind] = (kinds[kind] ?? 0) + (encodedDataLength as number);
      requests += 1;
      bytes += encodedDataLength as number;
    });
    await page.send("Network.enable");
    await page.send("Page.navigate", { url });
    const times = await play(page);
    const firstPaint = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN",
    );
    return { requests, bytes, kinds, firstPaint, ...times };
  } finally {
    await browser.close();
  }
}
