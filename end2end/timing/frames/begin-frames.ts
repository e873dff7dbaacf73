// A display whose every refresh is ours: the headless shell draws a frame when it is told to, at
// the time that it is told.

import { Browser, headlessShell, type Page } from "../support/browser.ts";
import type { Params } from "../support/cdp.ts";
import { decode, type Picture } from "./png.ts";

/** Size of the display in pixels. */
const WIDTH = 400;
const HEIGHT = 300;
/** How far the display's clock is ahead of the machine's, in ms: the browser corrects late ones. */
const AHEAD_MS = 600_000;

/** A browser on a display with a fixed refresh rate. */
export class Display {
  /** Refreshes so far, those that brought no new frame included. */
  tick = 0;
  readonly #start: number;
  readonly #interval: number;

  private constructor(
    readonly browser: Browser,
    readonly page: Page,
    readonly rate: number,
  ) {
    this.#interval = 1000 / rate;
    this.#start = Number(process.hrtime.bigint() / 1000n) / 1000 + AHEAD_MS;
  }

  static async open(rate: number): Promise<Display> {
    const browser = new Browser({
      program: headlessShell,
      args: [
        "--enable-begin-frame-control",
        "--run-all-compositor-stages-before-draw",
        "--disable-threaded-animation",
        "--disable-threaded-scrolling",
        "--disable-checker-imaging",
        "--disable-image-animation-resync",
        `--window-size=${WIDTH},${HEIGHT}`,
      ],
    });
    const page = await browser.page({
      url: "about:blank",
      width: WIDTH,
      height: HEIGHT,
      enableBeginFrameControl: true,
    });
    return new Display(browser, page, rate);
  }

  /** A refresh without a new frame: the page was not ready in time. */
  drop(): void {
    this.tick += 1;
  }

  /** A refresh with a new frame. */
  async refresh(): Promise<void> {
    await this.#frame({});
  }

  /** A refresh with a new frame, and what it shows. */
  async look(): Promise<Picture> {
    const picture = await this.#frame({ screenshot: { format: "png", optimizeForSpeed: true } });
    if (!picture) {
      throw new Error(`no picture of refresh ${this.tick}`);
    }
    return decode(Buffer.from(picture, "base64"));
  }

  async #frame(more: Params): Promise<string | undefined> {
    this.tick += 1;
    const { screenshotData } = await this.page.send("HeadlessExperimental.beginFrame", {
      frameTimeTicks: this.#start + this.tick * this.#interval,
      interval: this.#interval,
      ...more,
    });
    return screenshotData as string | undefined;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
