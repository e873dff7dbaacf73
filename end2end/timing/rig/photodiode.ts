// The program photodiode.c, and what it saw.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { Point } from "../support/page.ts";
import type { Screen } from "./screen.ts";

/** A pixel that changed. Times in ms, CLOCK_MONOTONIC. */
export interface Edge {
  sensor: "A" | "B";
  dark: boolean;
  /** Middle of the gap between two samples in which it changed. */
  at: number;
  /** Length of that gap. */
  gap: number;
}

/** A key press: handed to the X server and taken by it within `took` ms around `at`. */
export interface Press {
  at: number;
  took: number;
}

/** What one watch gave. */
export interface Log {
  edges: Edge[];
  presses: Press[];
  samples: number;
  /** Gaps between two samples of more than 1 ms, and the longest gap in ms. */
  late: number;
  worst: number;
  /** When those gaps were. */
  gaps: { from: number; to: number }[];
}

const MS = 1e6;

/** The watching process. */
export class Photodiode {
  /** Whether it runs with real-time priority. */
  realTime = false;
  readonly #process: ChildProcess;
  #log: Log = empty();
  #heard: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.once("exit", () => this.#failed?.(new Error("the photodiode ended")));
  }

  static async open(screen: Screen, folder: string): Promise<Photodiode> {
    const program = join(folder, "photodiode");
    const source = fileURLToPath(new URL("photodiode.c", import.meta.url));
    const options = ["-O2", "-std=c17", "-Wall", "-Wextra", "-Werror"];
    execFileSync("cc", [...options, "-o", program, source, "-lX11", "-lXtst"]);
    const child = spawn(program, [screen.framebuffer, String(screen.server.pid)], {
      env: { ...process.env, DISPLAY: screen.display },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const photodiode = new Photodiode(child);
    const ready = photodiode.#answer();
    createInterface({ input: child.stdout }).on("line", (line) => photodiode.#hear(line));
    await ready;
    return photodiode;
  }

  /**
   * Watches two pixels, and presses the space bar each time that the second goes dark after one of
   * `delays` (µs). With `light` the second one only looks at that part of it.
   */
  arm(a: Point, b: Point, delays: number[], light: "grey" | "red" = "grey"): void {
    this.#log = empty();
    this.#say(`answer space ${delays.map(Math.round).join(" ")}`);
    this.#say(`arm ${a.x} ${a.y} ${b.x} ${b.y} ${light}`);
  }

  /** Stops watching. */
  async disarm(): Promise<Log> {
    const told = this.#answer();
    this.#say("disarm");
    await told;
    return this.#log;
  }

  /** Presses the left mouse button, which gives a window the keyboard. */
  async click(point: Point): Promise<void> {
    const told = this.#answer();
    this.#say(`click ${point.x} ${point.y}`);
    await told;
  }

  close(): void {
    this.#process.stdin?.end();
  }

  #say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  #answer(): Promise<void> {
    return new Promise((heard, failed) => {
      this.#heard = heard;
      this.#failed = failed;
    });
  }

  #hear(line: string): void {
    const [word = "", ...rest] = line.split(" ");
    const numbers = rest.map(Number);
    switch (word) {
      case "ready":
        this.realTime = rest[0] === "fifo";
        this.#heard?.();
        break;
      case "dark":
      case "light": {
        const [, at = 0, gap = 0] = numbers;
        const sensor = rest[0] === "A" ? "A" : "B";
        const middle = (at - gap / 2) / MS;
        this.#log.edges.push({ sensor, dark: word === "dark", at: middle, gap: gap / MS });
        break;
      }
      case "late": {
        const [at = 0, gap = 0] = numbers;
        this.#log.gaps.push({ from: (at - gap) / MS, to: at / MS });
        break;
      }
      case "key": {
        const [before = 0, after = 0] = numbers;
        this.#log.presses.push({ at: (before + after) / 2 / MS, took: (after - before) / MS });
        break;
      }
      case "watched": {
        const [samples = 0, late = 0, worst = 0] = numbers;
        Object.assign(this.#log, { samples, late, worst: worst / MS });
        this.#heard?.();
        break;
      }
      default:
        this.#heard?.();
    }
  }
}

function empty(): Log {
  return { edges: [], presses: [], samples: 0, late: 0, worst: 0, gaps: [] };
}
