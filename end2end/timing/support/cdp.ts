// The browser's debugging interface over a pipe, without a library between: what is measured must
// not be disturbed by helpers that a library puts into the page.

import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
  sessionId?: string;
}

interface Waiting {
  method: string;
  done: (result: Record<string, unknown>) => void;
  failed: (error: Error) => void;
}

/** Something that the browser told. */
export type Params = Record<string, unknown>;

/** The connection to one browser. Answers and events belong to sessions (one for each page). */
export class Cdp {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, ((params: Params) => void)[]>();
  #number = 0;
  #rest: Buffer[] = [];
  #ended: Error | undefined;

  /** The browser was started with `--remote-debugging-pipe`: it reads from 3 and writes to 4. */
  constructor(browser: ChildProcess) {
    const [, , , out, back] = browser.stdio;
    this.#out = out as Writable;
    this.#out.on("error", (error) => this.#end(error));
    (back as Readable).on("data", (bytes: Buffer) => this.#read(bytes));
    browser.once("exit", () => this.#end(new Error("the browser ended")));
  }

  /** Calls a method and waits for its result. */
  send(method: string, params: Params = {}, session?: string): Promise<Params> {
    return new Promise((done, failed) => {
      if (this.#ended) {
        failed(this.#ended);
        return;
      }
      this.#number += 1;
      const id = this.#number;
      this.#waiting.set(id, { method, done, failed });
      const sessionId = session ? { sessionId: session } : {};
      this.#out.write(`${JSON.stringify({ id, method, params, ...sessionId })}\0`);
    });
  }

  /** Calls `heard` for each event of this name in this session. */
  on(method: string, session: string | undefined, heard: (params: Params) => void): void {
    const key = `${session ?? ""} ${method}`;
    this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), heard]);
  }

  #read(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      const whole = Buffer.concat([...this.#rest, bytes.subarray(from, end)]);
      this.#rest = [];
      from = end + 1;
      this.#hear(JSON.parse(whole.toString("utf8")) as Message);
    }
    if (from < bytes.length) {
      this.#rest.push(bytes.subarray(from));
    }
  }

  #hear({ id, method, params, result, error, sessionId }: Message): void {
    if (id === undefined) {
      for (const heard of this.#listeners.get(`${sessionId ?? ""} ${method ?? ""}`) ?? []) {
        heard(params ?? {});
      }
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) {
      waiting?.failed(new Error(`${waiting.method}: ${error.message}`));
    } else {
      waiting?.done(result ?? {});
    }
  }

  #end(error: Error): void {
    this.#ended = error;
    for (const { failed } of this.#waiting.values()) {
      failed(error);
    }
    this.#waiting.clear();
  }
}
