import { readFileSync } from "node:fs";

import type { Demo } from "./demo.ts";

/** Names that the demonstration gives to people, as far as they occur nowhere else. */
const names = ["Hennessey", "MacLeod", "Boudreau", "Fournier", "Chabert", "Lindqvist", "Okafor"];

/**
 * Reads the server's log of a whole run: every line is JSON, and none holds an e-mail address, a
 * password, a token or a name.
 */
export function checkLog(logFile: string, demo: Demo): void {
  // What the demo prints for the person at the terminal stands in the same file
  const lines = readFileSync(logFile, "utf8").split("\n").filter((line) => line.startsWith("{"));
  if (lines.length < 10) {
    throw new Error(`${logFile} holds ${lines.length} lines only: the log was not kept`);
  }
  const secrets = [
    ...demo.users.flatMap((user) => [user.email, user.password]),
    ...demo.participants.map((participant) => participant.magic_link.split("token=")[1] ?? ""),
    ...names,
  ].filter((secret) => secret.length > 3);
  const address = /[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z]{2,}/i;
  for (const line of lines) {
    const entry = JSON.parse(line) as Record<string, unknown>;
    for (const field of ["timestamp", "level", "event"]) {
      if (typeof entry[field] !== "string") {
        throw new Error(`a log line has no ${field}: ${line}`);
      }
    }
    const found = secrets.find((secret) => line.includes(secret)) ?? line.match(address)?.[0];
    if (found !== undefined) {
      throw new Error(`the log holds '${found}': ${line}`);
    }
  }
}
