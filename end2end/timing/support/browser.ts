// Starts a browser whose every option is known, and speaks with its pages.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { args as quiet, executablePath as chromium } from "../../support/chromium.mjs";
import { Cdp, type Params } from "./cdp.ts";

/** Debian's headless shell, or the one that CHROMIUM_HEADLESS_SHELL names. */
export const headlessShell =
  process.env.CHROMIUM_HEADLESS_SHELL ?? "/usr/bin/chromium-headless-shell";

export { chromium };

export interface Start {
  program: string;
  args?: string[];
  env?: Record<string, string>;
  /** Folder of the profile; a new one that is removed at the end if not given. */
  profile?: string;
}

/** One browser process. */
export class Browser {
  readonly cdp: Cdp;
  readonly process: ChildProcess;
  readonly #profile: string | undefined;
  readonly #exited: Promise<void>;

  constructor({ program, args = [], env = {}, profile }: Start) {
    this.#profile = profile ? undefined : mkdtempSync(join(tmpdir(), "metricis-timing-"));
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    this.process = spawn(
      program,
      [
        ...quiet,
        ...sandbox,
        "--remote-debugging-pipe",
        "--no-default-browser-check",
        "--disable-extensions",
        "--disable-default-apps",
        "--password-store=basic",
        "--lang=en-GB",
        `--user-data-dir=${profile ?? this.#profile}`,
        ...args,
      ],
      {
        // A group of its own, so that a kill reaches every process of the browser
        detached: true,
        env: { ...process.env, ...env },
        stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      },
    );
    this.#exited = new Promise((done) => this.process.once("exit", () => done()));
    this.cdp = new Cdp(this.process);
  }

  /** A page of the browser: the first one, or a new one. */
  async page(create: Params | undefined = undefined): Promise<Page> {
    let target: string;
    if (create) {
      target = (await this.cdp.send("Target.createTarget", create)).targetId as string;
    } else {
      const { targetInfos } = await this.cdp.send("Target.getTargets");
      const pages = (targetInfos as { type: string; targetId: string }[]).filter(
        (target) => target.type === "page",
      );
      target = pages[0]?.targetId ?? "";
    }
    const attach = { targetId: target, flatten: true };
    const { sessionId } = await this.cdp.send("Target.attachToTarget", attach);
    return new Page(this.cdp, sessionId as string);
  }

  /** Ends all of its processes at once, as when the battery is taken out. */
  async kill(): Promise<void> {
    if (this.process.pid !== undefined && this.process.exitCode === null) {
      process.kill(-this.process.pid, "SIGKILL");
    }
    await this.#exited;
  }

  /** Ends it and removes what it wrote. */
  async close(): Promise<void> {
    await this.kill();
    if (this.#profile) {
      rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** One page. */
export class Page {
  constructor(
    readonly cdp: Cdp,
    readonly session: string,
  ) {}

  send(method: string, params: Params = {}): Promise<Params> {
    return this.cdp.send(method, params, this.session);
  }

  on(method: string, heard: (params: Params) => void): void {
    this.cdp.on(method, this.session, heard);
  }

  /** The value of an expression, as a press of a button would run it. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) {
      const { exception, text } = exceptionDetails as {
        text: string;
        exception?: { description?: string };
      };
      throw new Error(exception?.description ?? text);
    }
    return (result as { value: T }).value;
  }

  /** Evaluates until the answer is neither false nor nothing, again as soon as it is there. */
  async until<T>(expression: string, tries = 100_000): Promise<NonNullable<T>> {
    for (let i = 0; i < tries; i += 1) {
      const value = await this.evaluate<T>(expression).catch(() => undefined);
      if (value) {
        return value;
      }
    }
    throw new Error(`never true: ${expression}`);
  }

  /** Runs this in every document of the page before anything of its own. */
  async before(source: string): Promise<void> {
    await this.send("Page.enable");
    await this.send("Page.addScriptToEvaluateOnNewDocument", { source });
  }
}
