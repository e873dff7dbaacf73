// The table of `make bench-timing`.

import type { Cost } from "./costs/load.ts";
import type { HeapGrowth } from "./costs/heap.ts";
import type { Kills } from "./costs/kills.ts";
import { SYSTEMS, type System } from "./rig/rig.ts";
import type { Interval, Reaction, Session } from "./rig/trials.ts";
import { type Load, LOADS } from "./support/loads.ts";
import type { Circumstances } from "./support/machine.ts";
import { quality, type Row } from "./support/run.ts";
import { brownForsythe, interval, mean, quantile, sd, summary } from "./support/stats.ts";
import type { TracedSession } from "./trace/reactions.ts";

export interface Results {
  /** Names one run of the bench. */
  run: string;
  begin: Circumstances;
  end: Circumstances;
  traced: TracedSession[];
  sessions: Session[];
  costs: { metricis: Cost; jsPsych: Cost };
  heap: HeapGrowth;
  kills: Kills;
}

/** An RT error above this, in ms, should carry a flag. */
const LARGE_MS = 5;
/** Where a lapse of the PVT begins, in ms. */
const LAPSE_MS = 500;
/** A misclassified lapse is looked for this near to it, in ms. */
const NEAR_MS = 20;
/** Fewer values than this give no percentage. */
const LEAST = 2;

/** Figures of one table, by their column. */
type Figures = Record<string, string>[];

/** Prints all tables, and then the same as one line of JSON. */
export function print(results: Partial<Results>): void {
  const lines: string[] = [];
  const tables: Figures[] = [];
  const say: Say = {
    line: (text = "") => lines.push(text),
    table: (head, rows) => {
      lines.push(...table(head, rows), "");
      const named = (row: string[]) =>
        Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""]));
      tables.push(rows.map(named));
    },
  };
  if (results.begin) {
    sayCircumstances(say, results.begin, results.end);
  }
  if (results.traced) {
    sayTraced(say, results.traced);
  }
  if (results.sessions) {
    sayReactions(say, results.sessions);
    sayClassification(say, results.sessions);
    sayIntervals(say, results.sessions);
    sayMethods(say, results.sessions);
    sayDiscarded(say, results.sessions);
  }
  sayRest(say, results);
  const { begin, end, heap, kills } = results;
  lines.push("", JSON.stringify({ begin, end, tables, heap, kills }));
  process.stdout.write(`${lines.join("\n")}\n`);
}

interface Say {
  line: (text?: string) => void;
  table: (head: string[], rows: string[][]) => void;
}

/** A table as Markdown has it, so that it can be taken over into a document as it is. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)),
  );
  const pad = (cell: string, i: number) =>
    i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0);
  const line = (cells: string[]) => `| ${cells.map(pad).join(" | ")} |`;
  const rule = widths.map((width, i) => `${"-".repeat(width + 1)}${i === 0 ? "-" : ":"}`);
  return [line(head), `|${rule.join("|")}|`, ...rows.map(line)];
}

function number(value: number | undefined, digits = 2): string {
  return value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits);
}

function signed(value: number | undefined, digits = 2): string {
  return value !== undefined && value > 0 ? `+${number(value, digits)}` : number(value, digits);
}

function share(part: number, all: number): string {
  return all < LEAST ? "–" : `${((100 * part) / all).toFixed(1)} % of ${all}`;
}

function sayCircumstances(say: Say, begin: Circumstances, end?: Circumstances): void {
  say.line(`Commit ${begin.commit}${begin.changed ? " with changes" : ""}, ${begin.time}`);
  say.line(`${begin.browser}; jsPsych ${begin.jsPsych}; Linux ${begin.kernel}`);
  say.line(`${begin.cores} × ${begin.processor}, ${begin.memoryGb} GB`);
  const loads = [begin, ...(end ? [end] : [])].map(({ load }) => number(load[0], 1));
  say.line(`Load average at begin and end: ${loads.join(", ")}`);
  say.line();
}

function sayTraced(say: Say, sessions: TracedSession[]): void {
  say.line("Rung 2: RT error against the browser's trace, ms");
  say.line();
  const rows = sessions.flatMap(({ load, reactions, discarded }) =>
    [true, false].map((backDated) => {
      const some = reactions.filter((reaction) => reaction.backDated === backDated);
      const errors = summary(some.map(({ said, true: truth }) => said - truth));
      return [
        `${load}, ${backDated ? "event carries its time" : "event as it arrives"}`,
        String(some.length),
        signed(errors?.mean, 3),
        number(errors?.sd, 3),
        signed(errors?.worst, 3),
        String(Object.values(discarded).reduce((sum, count) => sum + count, 0)),
      ];
    }),
  );
  say.table(["load, response", "n", "mean", "SD", "worst", "left out"], rows);
}

function error({ said, true: truth }: Reaction): number {
  return said - truth;
}

function of(sessions: Session[], system: System, load: Load): Session[] {
  return sessions.filter((session) => session.system === system && session.load === load);
}

function reactionsOf(sessions: Session[]): Reaction[] {
  return sessions.flatMap(({ reactions }) => reactions);
}

function errorsOf(sessions: Session[]): number[] {
  return reactionsOf(sessions).map(error);
}

function each(sessions: Session[], row: (some: Session[], system: System, load: Load) => string[]) {
  return LOADS.flatMap((load) =>
    SYSTEMS.map((system) => {
      const some = of(sessions, system, load);
      return [`${load}, ${system}`, ...row(some, system, load)];
    }),
  );
}

function sayReactions(say: Say, sessions: Session[]): void {
  say.line("Rung 3: RT error (recorded − true), ms; 95 % by drawing whole runs");
  say.line();
  const rows = each(sessions, (some, _, load) => {
    const errors = errorsOf(some);
    const all = summary(errors);
    const [low, high] =
      some.length > 1 && all
        ? interval(some, (drawn) => mean(errorsOf(drawn)))
        : [Number.NaN, Number.NaN];
    const rival = errorsOf(of(sessions, "jsPsych", load));
    const ratio = all && rival.length > LEAST ? sd(rival) / all.sd : Number.NaN;
    const w = all && rival.length > LEAST ? brownForsythe(errors, rival) : Number.NaN;
    return [
      String(errors.length),
      signed(all?.mean),
      Number.isNaN(low) ? "–" : `${signed(low)} to ${signed(high)}`,
      number(all?.sd),
      signed(all?.p50),
      number(all ? quantile(errors.map(Math.abs), 0.99) : undefined),
      signed(all?.worst),
      number(ratio, 1),
      number(w, 1),
    ];
  });
  say.table(
    [
      ...["load, system", "n", "mean", "95 %", "SD", "p50", "p99 of |error|", "worst"],
      ...["SD jsPsych/SD", "W"],
    ],
    rows,
  );
}

function sayClassification(say: Say, sessions: Session[]): void {
  say.line(`Lapses (RT ≥ ${LAPSE_MS} ms) taken for none or the reverse, true RT within ${NEAR_MS} ms;`);
  say.line("bias of the mean of 1000/RT; flags Q0 to Q4 of trials with an error above");
  say.line(`${LARGE_MS} ms, and of the others`);
  say.line();
  const rows = each(sessions, (some, system) => {
    const reactions = reactionsOf(some);
    const near = reactions.filter(({ true: truth }) => Math.abs(truth - LAPSE_MS) <= NEAR_MS);
    const wrong = near.filter(({ said, true: truth }) => said >= LAPSE_MS !== truth >= LAPSE_MS);
    const speed = (value: (reaction: Reaction) => number) =>
      mean(reactions.map((reaction) => 1000 / value(reaction)));
    const any = reactions.length > 0;
    const bias = any ? speed(({ said }) => said) - speed((r) => r.true) : Number.NaN;
    const flagged = (row: Row | undefined) => ((row?.quality ?? 0) & quality.timing) !== 0;
    const large = reactions.filter((reaction) => Math.abs(error(reaction)) > LARGE_MS);
    const small = reactions.filter((reaction) => Math.abs(error(reaction)) <= LARGE_MS);
    const ours = system.startsWith("metricis");
    const count = (these: Reaction[]) => these.filter(({ row }) => flagged(row)).length;
    return [
      share(wrong.length, near.length),
      signed(bias, 4),
      ours ? `${count(large)} of ${large.length}` : `– of ${large.length}`,
      ours ? share(count(small), small.length) : "–",
    ];
  });
  const head = ["load, system", "lapses wrong", "1000/RT"];
  say.table([...head, "large and flagged", "small and flagged"], rows);
}

function wrong({ shown, asked, refresh }: Interval): boolean {
  return Math.round(shown / refresh) !== Math.max(1, Math.round(asked / refresh));
}

function sayIntervals(say: Say, sessions: Session[]): void {
  say.line("Intervals on the screen: shown − asked for in whole frames, ms. SOA: from one stimulus to");
  say.line("the next, SSD: to the stop signal (jsPsych is measured by one stimulus, its better case)");
  say.line();
  const kinds = { soa: "SOA", target: "duration", ssd: "SSD" } as const;
  const cells = LOADS.flatMap((load) => SYSTEMS.map((system) => [load, system] as const));
  const rows = cells.flatMap(([load, system]) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => {
      const found = of(sessions, system, load).flatMap(({ intervals }) =>
        intervals.filter((interval) => interval.kind === kind),
      );
      if (found.length === 0) {
        return [];
      }
      const errors = summary(
        found.map(({ shown, asked, refresh }) => {
          return shown - Math.max(1, Math.round(asked / refresh)) * refresh;
        }),
      );
      const bad = found.filter(wrong);
      const never = found.filter(({ shown }) => shown === 0).length;
      const flagged = bad.filter((interval) => interval.flagged).length;
      const said = found.filter(({ said }) => said !== undefined);
      const agree = said.filter(
        ({ said, shown, refresh }) => said === Math.round(shown / refresh),
      ).length;
      return [
        [
          `${load}, ${system}, ${kinds[kind]}`,
          ...[signed(errors?.mean), number(errors?.sd), signed(errors?.worst)],
          share(found.length - bad.length, found.length),
          String(never),
          system.startsWith("metricis") ? `${flagged} of ${bad.length}` : "–",
          said.length > 0 ? share(agree, said.length) : "–",
        ],
      ];
    }),
  );
  const head = ["load, system, what", "mean", "SD", "worst", "exact frames"];
  say.table([...head, "never", "wrong and flagged", "stored frames agree"], rows);
}

/** The reaction time that another method gives from the same stored stamps. */
const METHODS: [string, (row: Row) => number | undefined][] = [
  ["3: presented", (row) => row.pres_on_us],
  ["2: max(post, next − T)", (row) => {
    return row.raf_n1_us === undefined
      ? undefined
      : Math.max(row.post_us ?? row.raf_n_us ?? 0, row.raf_n1_us - 1000 * row.t_ms);
  }],
  ["1: end of the callback", (row) => Math.max(row.cb_end_us ?? 0, row.raf_n_us ?? 0)],
  ["frame's own stamp", (row) => row.raf_n_us],
];

function sayMethods(say: Say, sessions: Session[]): void {
  say.line("The same trials by each method, from the stored stamps; and the two parts of the error: the");
  say.line("claimed onset and the response's stamp against the rig (page clock tied to ± 0.1 ms), ms");
  say.line();
  const rows = LOADS.flatMap((load) => {
    const reactions = reactionsOf(of(sessions, "metricis", load)).filter(({ row }) => row);
    const methods = METHODS.map(([name, onset]) => {
      const errors = summary(
        reactions.flatMap(({ row, true: truth }) => {
          const at = row && onset(row);
          return row?.ts_resp_us === undefined || at === undefined
            ? []
            : [(row.ts_resp_us - at) / 1000 - truth];
        }),
      );
      const figures = [String(errors?.n ?? 0), signed(errors?.mean), number(errors?.sd)];
      return [`${load}, method ${name}`, ...figures];
    });
    const onset = reactions.flatMap(({ onsetError }) => onsetError ?? []);
    const response = reactions.flatMap((reaction) =>
      reaction.onsetError === undefined ? [] : [error(reaction) + reaction.onsetError],
    );
    const part = (name: string, values: number[]) => {
      const all = summary(values);
      return [`${load}, ${name}`, String(values.length), signed(all?.mean), number(all?.sd)];
    };
    return [...methods, part("onset alone", onset), part("response alone", response)];
  });
  say.table(["load, method", "n", "mean", "SD"], rows);
}

function sayDiscarded(say: Say, sessions: Session[]): void {
  const count: Record<string, number> = {};
  for (const { discarded } of sessions) {
    for (const [why, trials] of Object.entries(discarded)) {
      count[why] = (count[why] ?? 0) + trials;
    }
  }
  const warmUp = sessions.reduce((sum, session) => sum + session.warmUp, 0);
  const samples = sessions.reduce((sum, session) => sum + session.samples, 0);
  const late = sessions.reduce((sum, session) => sum + session.late, 0);
  const worst = Math.max(...sessions.map(({ worstGap }) => worstGap));
  say.line(`Left out: ${warmUp} trials to warm up (the first of each run, all systems alike)`);
  for (const [why, trials] of Object.entries(count)) {
    say.line(`          ${trials} trials: ${why}`);
  }
  const priority = sessions.every(({ realTime }) => realTime) ? "" : ", without real-time priority";
  say.line(
    `The photodiode looked ${samples} times, ${late} times later than 1 ms after the time before ` +
      `(longest ${number(worst, 1)} ms)${priority}`,
  );
  say.line();
}

function sayRest(say: Say, { costs, heap, kills }: Partial<Results>): void {
  if (costs) {
    const row = (name: string, cost: Cost) => [
      name,
      String(cost.requests),
      String(cost.bytes),
      number(cost.firstPaint, 0),
      number(cost.ready, 0),
      number(cost.firstTrial, 0),
    ];
    const head = ["system", "requests", "bytes", "first paint ms", "ready ms", "first trial ms"];
    say.table(head, [row("metricis", costs.metricis), row("jsPsych", costs.jsPsych)]);
  }
  if (heap) {
    const last = heap.points.at(-1);
    say.line(
      `Memory: ${number(heap.jsPer1000 / 1024, 1)} kB of JavaScript and ` +
        `${number(heap.wasmPer1000 / 1024, 1)} kB of WASM per 1000 trials ` +
        `(${last?.trials ?? 0} trials; ${number((last?.js ?? 0) / 1024, 0)} kB and ` +
        `${number((last?.wasm ?? 0) / 1024, 0)} kB in the end)`,
    );
  }
  if (kills) {
    const sure = kills.lives.reduce((sum, life) => sum + life.acknowledged, 0);
    say.line(
      `Kills: ${kills.lives.length - 1}; of ${sure} acknowledged trials ${kills.lost} lost; ` +
        `${kills.trials} of ${kills.planned} planned trials in the end`,
    );
  }
}
