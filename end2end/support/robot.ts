import { type BrowserContext, expect, type Page } from "@playwright/test";

/** How often the robot has answered, and where it stops when it is told to. */
export class Robot {
  /** Answers so far. */
  answers = 0;
  /** Answers in all after which it rests; a trial that goes on is then left alone. */
  restAfter = Number.POSITIVE_INFINITY;

  readonly #names: string[] = [];

  /** The stimuli that it answered, in order. */
  get answered(): readonly string[] {
    return this.#names;
  }

  /**
   * Answers every stimulus in the pages of this context: it watches which scene is on the stage
   * (layers carry `data-scene` and are toggled by opacity), lets a plausible time pass, and then
   * touches the screen as a finger would, by a trusted event.
   */
  async attach(context: BrowserContext): Promise<void> {
    await context.exposeBinding("robotSees", async ({ page }, name: string) => {
      if (this.answers >= this.restAfter) {
        return;
      }
      this.answers += 1;
      this.#names.push(name);
      await touch(page, name);
    });
    await context.addInitScript(() => {
      let shown = "";
      let since = 0;
      let told = false;
      let count = 0;
      const isTarget = (name: string) => name === "target" || /^[<>-]{2}[<>][<>-]{2}$/.test(name);
      const look = (now: number) => {
        const layers = document.querySelectorAll<HTMLElement>(".stage:not([hidden]) .layer");
        const layer = [...layers].find((layer) => layer.style.opacity === "1");
        const name = layer?.dataset.scene ?? "";
        if (name !== shown) {
          [shown, since, told] = [name, now, false];
        }
        // 250 to 370 ms: nobody is as even as a machine
        const reaction = 250 + ((count * 47) % 120);
        if (isTarget(name) && !told && now - since >= reaction) {
          told = true;
          count += 1;
          const tell = Reflect.get(window, "robotSees") as (name: string) => void;
          tell(name);
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }
}

/** Touches the half of the screen that the middle arrow points to, at thumb height. */
async function touch(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 390, height: 844 };
  const share = name === "target" ? 0.5 : name[2] === "<" ? 0.25 : 0.75;
  await page.touchscreen.tap(width * share, height * 0.85);
}

/**
 * Presses the main button of each page of the task runner until the page of this kind shows, and
 * gives the kinds of the pages on the way. Between two pages the robot does the trials.
 */
export async function playUntil(page: Page, end: string): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const column = page.locator("#app:not([hidden]) > [data-page]");
    await expect(column).toBeVisible({ timeout: 30_000 });
    const kind = (await column.getAttribute("data-page")) ?? "";
    seen.push(kind);
    if (kind === end) {
      return seen;
    }
    expect(["done", "notice", "left"], "pages that end a run too early").not.toContain(kind);
    const here = await column.elementHandle();
    if (kind !== "checking") {
      await column.locator("button.main:enabled").tap();
    }
    await page.waitForFunction((here) => !here?.isConnected, here);
  }
}
