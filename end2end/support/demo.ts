import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `metricis demo` writes into `demo.json` for scripts and tests. */
export interface Demo {
  base_url: string;
  study: { id: string; code: string };
  users: { role: Role; email: string; password: string }[];
  participants: { id: string; code: string; magic_link: string }[];
  batteries: { id: string; name: string }[];
}

export type Role = "admin" | "researcher" | "coordinator" | "viewer";

/** The demo that the tests run against. */
export function readDemo(): Demo {
  const folder = process.env.METRICIS_DATA_DIR;
  if (!folder) {
    throw new Error("METRICIS_DATA_DIR must name the data folder of the demo at METRICIS_URL");
  }
  return JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Demo;
}
