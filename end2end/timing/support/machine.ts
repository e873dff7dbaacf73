// What the measurements were made on.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

import { chromium } from "./browser.ts";

export interface Circumstances {
  time: string;
  commit: string;
  /** Whether the tree has changes that are in no commit. */
  changed: boolean;
  processor: string;
  cores: number;
  memoryGb: number;
  kernel: string;
  browser: string;
  jsPsych: string;
  load: number[];
  /** Time that the host took from this machine since its start, % of all; none where unknown. */
  stolen: number | undefined;
}

export function circumstances(): Circumstances {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const pack = new URL("../../node_modules/jspsych/package.json", import.meta.url);
  const [processor] = cpus();
  return {
    time: new Date().toISOString(),
    commit: git("rev-parse", "--short=12", "HEAD"),
    changed: git("status", "--porcelain") !== "",
    processor: processor?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    browser: version(),
    jsPsych: (JSON.parse(readFileSync(pack, "utf8")) as { version: string }).version,
    load: loadavg(),
    stolen: stolen(),
  };
}

/** Debian's start script complains of what does not matter here. */
function version(): string {
  const { stdout } = spawnSync(chromium, ["--version"], { encoding: "utf8" });
  return stdout.trim();
}

/** From /proc/stat: user nice system idle iowait irq softirq steal. */
function stolen(): number | undefined {
  try {
    const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
    const times = line.split(/\s+/).slice(1, 9).map(Number);
    const all = times.reduce((sum, time) => sum + time, 0);
    return (100 * (times[7] ?? 0)) / all;
  } catch {
    return undefined;
  }
}
