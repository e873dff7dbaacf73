// A participant who does any task of the library, by touch or with the keyboard alone.

import { expect, type Locator, type Page } from "@playwright/test";

import type { Play, Press } from "./shortest.ts";

/** What the page tells about one moment that asks for an answer. */
interface Moment {
  /** Middles of the on-screen answers that are drawn, by code, CSS pixels. */
  answers: [code: string, x: number, y: number][];
  /** Middle and short side of the board, CSS pixels. */
  middle: [x: number, y: number];
  short: number;
}

/** Does one task after the other, by trusted touches or key presses, each response option in turn. */
export class Player {
  /** Answers so far. */
  answers = 0;

  readonly #page: Page;
  readonly #plays: Play[];
  readonly #touch: boolean;
  #ended = 0;

  constructor(page: Page, plays: Play[], touch: boolean) {
    this.#page = page;
    this.#plays = plays;
    this.#touch = touch;
  }

  /** Watches the stage: call it before the task runner is opened. */
  async attach(): Promise<void> {
    await this.#page.exposeBinding("playerSees", async (_source, moment: Moment) => {
      this.answers += 1;
      await this.#answer(moment);
    });
    // One page may hold several tasks, and one run several pages
    await this.#page.exposeBinding("playerPlays", () => this.#play.asks.source);
    await this.#page.addInitScript(watchStage);
  }

  /** How the task is played that has not ended yet. */
  get #play(): Play {
    const play = this.#plays[this.#ended];
    if (!play) {
      throw new Error("all tasks have ended");
    }
    return play;
  }

  /** Presses a button of a page. */
  async press(button: Locator): Promise<void> {
    await (this.#touch ? button.tap() : button.press("Enter"));
  }

  /** Presses the main button of each page of the task runner until one of these kinds shows. */
  async playUntil(ends: string[]): Promise<void> {
    for (;;) {
      const column = this.#page.locator("#app:not([hidden]) > [data-page]");
      // The trials of the longest task lie between two pages
      await expect(column).toBeVisible({ timeout: 200_000 });
      const kind = (await column.getAttribute("data-page")) ?? "";
      if (ends.includes(kind)) {
        return;
      }
      expect(["done", "notice", "left", "paused"], "pages nobody asked for").not.toContain(kind);
      if (kind === "module-end") {
        this.#ended += 1;
      }
      const here = await column.elementHandle();
      if (kind !== "checking") {
        await this.press(column.locator("button.main:enabled"));
      }
      await this.#page.waitForFunction((here) => !here?.isConnected, here);
    }
  }

  async #answer(moment: Moment): Promise<void> {
    const { keys, presses } = this.#play;
    if (presses) {
      for (const press of presses) {
        await this.#give(press, moment);
      }
      return;
    }
    const option = this.answers % keys.length;
    const { answers, middle, short } = moment;
    if (!this.#touch) {
      await this.#page.keyboard.press(keys[option] ?? "");
    } else if (answers.length > 0) {
      const [, x, y] = answers[option % answers.length] ?? ["", 0, 0];
      await this.#page.touchscreen.tap(x, y);
    } else {
      const x = middle[0] + short * ((option + 0.5) / keys.length - 0.5);
      await this.#page.touchscreen.tap(x, middle[1]);
    }
  }

  async #give(press: Press, { answers, middle, short }: Moment): Promise<void> {
    if ("x" in press) {
      const x = middle[0] + (press.x / 1000) * short;
      const y = middle[1] + (press.y / 1000) * short;
      await (this.#touch ? this.#page.touchscreen.tap(x, y) : this.#page.mouse.click(x, y));
    } else if (this.#touch) {
      const [, x, y] = answers.find(([code]) => code === press.answer) ?? ["", 0, 0];
      await this.#page.touchscreen.tap(x, y);
    } else {
      await this.#page.keyboard.press(press.key);
    }
  }
}

/** Runs in the page: tells every moment that asks for an answer, a plausible time after it began. */
function watchStage(): void {
  const reaction = 220;
  let asking: RegExp | undefined;
  let closed = true;
  let shown = "";
  let due: number | undefined;
  const tell = () => {
    const middleOf = ({ left, top, width, height }: DOMRect): [number, number] => {
      return [left + width / 2, top + height / 2];
    };
    const board = document.querySelector(".stage .board")?.getBoundingClientRect();
    const drawn = [...document.querySelectorAll<HTMLElement>(".stage .answer")];
    const answers = drawn
      .map((answer) => ({ code: answer.dataset.answer, place: answer.getBoundingClientRect() }))
      .filter(({ place }) => place.width > 0)
      .map(({ code, place }) => [code, ...middleOf(place)]);
    const see = Reflect.get(window, "playerSees") as (moment: unknown) => void;
    see({
      answers,
      middle: board ? middleOf(board) : [0, 0],
      short: board ? Math.min(board.width, board.height) : 0,
    });
  };
  const open = async () => {
    const ask = Reflect.get(window, "playerPlays") as () => Promise<string>;
    asking = new RegExp(await ask());
  };
  const look = (now: number) => {
    const hidden = document.querySelector(".stage:not([hidden])") === null;
    if (closed && !hidden) {
      void open();
    }
    closed = hidden;
    const layers = [...document.querySelectorAll<HTMLElement>(".stage:not([hidden]) .layer")];
    const names = layers
      .filter((layer) => layer.style.opacity === "1")
      .map((layer) => layer.dataset.scene ?? "")
      .join("+");
    // What an answer adds to a question or takes away again is no new question
    const same = names.startsWith(`${shown}+`) || shown.startsWith(`${names}+`);
    if (hidden) {
      due = undefined;
    } else if (names !== shown && !(same && asking?.test(shown))) {
      const asked = asking?.test(names) && !names.includes("feedback");
      due = asked ? now + reaction : due;
    }
    shown = names;
    if (due !== undefined && now >= due) {
      due = undefined;
      tell();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
