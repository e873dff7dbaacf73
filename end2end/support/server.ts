import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { readDemo } from "./demo.ts";
import { checkLog } from "./log.ts";
import { signInStaff } from "./staff.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Longest wait for the first answer: an empty data folder is set up and seeded. */
const START_MS = 90_000;
/** Longest wait for the end of the server and its database. */
const STOP_MS = 20_000;

/**
 * Starts `metricis demo` on a free port with an empty data folder, once for the whole run, and
 * tells the tests by METRICIS_URL, METRICIS_DATA_DIR and METRICIS_LOG (the server's log).
 *
 * With METRICIS_URL set, that server is used instead; METRICIS_DATA_DIR is then its data folder.
 */
export default async function startServer(): Promise<(() => Promise<void>) | void> {
  if (process.env.METRICIS_URL) {
    await signInStaff();
    return;
  }
  const program = process.env.METRICIS_BIN ?? join(targetFolder(), "debug/metricis");
  if (!existsSync(program)) {
    throw new Error(`${program} is missing; build it by: cargo build --package metricis`);
  }
  const folder = mkdtempSync(join(tmpdir(), "metricis-end2end-"));
  const results = process.env.METRICIS_RESULTS ?? "test-results";
  const logFile = resolve(root, "end2end", results, "server.log");
  mkdirSync(dirname(logFile), { recursive: true });

  const port = await freePort();
  const server = spawn(program, ["demo"], {
    env: {
      ...process.env,
      API_PORT: String(port),
      METRICIS_DATA_DIR: folder,
      // All tests come from one address, and each worker signs in anew
      AUTH_RATE_LIMIT_PER_MINUTE: "600",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(logFile);
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });

  process.env.METRICIS_URL = `http://127.0.0.1:${port}`;
  process.env.METRICIS_DATA_DIR = folder;
  process.env.METRICIS_LOG = logFile;
  const stop = async () => {
    const demo = existsSync(join(folder, "demo.json")) ? readDemo() : undefined;
    await end(server);
    if (demo) {
      checkLog(logFile, demo);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(server, `${process.env.METRICIS_URL}/api/health`, logFile);
    await written(server, join(folder, "demo.json"), logFile);
    await signInStaff();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function targetFolder(): string {
  return process.env.CARGO_TARGET_DIR ?? join(root, "target");
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") {
          found(address.port);
        } else {
          failed(new Error("no free port"));
        }
      });
    });
  });
}

async function answering(server: ChildProcess, url: string, logFile: string): Promise<void> {
  await until(server, logFile, async () => {
    try {
      return (await fetch(url)).ok;
    } catch {
      return false;
    }
  });
}

async function written(server: ChildProcess, file: string, logFile: string): Promise<void> {
  await until(server, logFile, async () => existsSync(file));
}

async function until(
  server: ChildProcess,
  logFile: string,
  done: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await done())) {
    if (server.exitCode !== null) {
      throw new Error(`metricis demo ended with code ${server.exitCode}; see ${logFile}`);
    }
    if (Date.now() > deadline) {
      throw new Error(`metricis demo was not ready after ${START_MS / 1000} s; see ${logFile}`);
    }
    await pause(100);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const exited = new Promise<"exited">((resolve) => server.once("exit", () => resolve("exited")));
  server.kill("SIGTERM");
  if ((await Promise.race([exited, pause(STOP_MS, "late", { ref: false })])) === "late") {
    server.kill("SIGKILL");
    throw new Error(`metricis demo did not end within ${STOP_MS / 1000} s of SIGTERM`);
  }
}
