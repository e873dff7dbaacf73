// Screen, photodiode and one browser at a time.

import { Browser, chromium, type Page } from "../support/browser.ts";
import { type Load, put, WITHOUT_ELEMENT_TIMING } from "../support/loads.ts";
import type { Point } from "../support/page.ts";
import { Photodiode } from "./photodiode.ts";
import { HEIGHT, Screen, WIDTH } from "./screen.ts";

/** What is measured. */
export type System = "metricis" | "metricis, no Element Timing" | "jsPsych" | "jsPsych rAF";

export const SYSTEMS: readonly System[] = [
  "metricis",
  "metricis, no Element Timing",
  "jsPsych",
  "jsPsych rAF",
];

/** A corner where nothing is shown: the pointer waits there. */
const CORNER: Point = { x: 3, y: 3 };

export class Rig {
  private constructor(
    readonly screen: Screen,
    readonly photodiode: Photodiode,
  ) {}

  /** `folder` takes the compiled program. */
  static async open(folder: string): Promise<Rig> {
    const screen = await Screen.open();
    return new Rig(screen, await Photodiode.open(screen, folder));
  }

  /** A fresh browser that fills the screen, with the load on its page. */
  async browse(system: System, load: Load): Promise<{ browser: Browser; page: Page }> {
    const browser = new Browser({
      program: chromium,
      args: [
        "--kiosk",
        "--window-position=0,0",
        `--window-size=${WIDTH},${HEIGHT}`,
        "--ozone-platform=x11",
        "about:blank",
      ],
      env: { DISPLAY: this.screen.display },
    });
    const page = await browser.page();
    await put(load, page);
    if (system === "metricis, no Element Timing") {
      await page.before(WITHOUT_ELEMENT_TIMING);
    }
    return { browser, page };
  }

  /** Gives the page the keyboard, as a participant's first click does. */
  async focus(page: Page): Promise<void> {
    await this.photodiode.click(CORNER);
    await page.until("document.hasFocus()");
  }

  /** A pixel of the screen, from one of the window. */
  async onScreen(page: Page, point: Point): Promise<Point> {
    const [left, top] = await page.evaluate<[number, number]>(
      "[screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]",
    );
    return { x: point.x + left, y: point.y + top };
  }

  close(): void {
    this.photodiode.close();
    this.screen.close();
  }
}

/** What must be added to a time of the page to get CLOCK_MONOTONIC, in ms; good to about 0.1 ms. */
export async function clockOffset(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 };
  for (let i = 0; i < 60; i += 1) {
    const before = process.hrtime.bigint();
    const now = await page.evaluate<number>("performance.now()");
    const after = process.hrtime.bigint();
    const took = Number(after - before) / 1e6;
    if (took < best.took) {
      best = { took, offset: Number(before) / 1e6 + took / 2 - now };
    }
  }
  return best.offset;
}
