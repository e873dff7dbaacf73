// A screen that only exists in memory, as a file that another process can watch.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** Size in pixels. */
export const WIDTH = 1000;
export const HEIGHT = 800;

/** One X server. */
export class Screen {
  private constructor(
    readonly display: string,
    readonly framebuffer: string,
    readonly folder: string,
    readonly server: ChildProcess,
  ) {}

  static async open(): Promise<Screen> {
    const folder = mkdtempSync(join(tmpdir(), "metricis-screen-"));
    const server = spawn(
      "Xvfb",
      [
        ...["-displayfd", "3", "-screen", "0", `${WIDTH}x${HEIGHT}x24`, "-fbdir", folder],
        ...["-nolisten", "tcp", "-noreset", "-s", "0"],
      ],
      { stdio: ["ignore", "ignore", "ignore", "pipe"] },
    );
    const number = await new Promise<string>((found, failed) => {
      server.once("error", failed);
      server.once("exit", () => failed(new Error("Xvfb ended")));
      (server.stdio[3] as Readable).once("data", (text: Buffer) => found(String(text).trim()));
    });
    return new Screen(`:${number}`, join(folder, "Xvfb_screen0"), folder, server);
  }

  close(): void {
    this.server.kill("SIGTERM");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
