// The browser's own trace: when each frame really reached the screen, by the compositor's account.

import type { Browser } from "../support/browser.ts";

interface TraceEvent {
  name: string;
  ph: string;
  /** Microseconds, CLOCK_MONOTONIC. */
  ts: number;
  cat?: string;
  id2?: { local?: string };
  pid: number;
  args?: {
    frame_reporter?: { state?: string };
    data?: { startTime?: number };
  };
}

/** One frame with a part of the main thread in it; ms, CLOCK_MONOTONIC. */
export interface Frame {
  /** The main thread was asked to draw it. */
  begun: number;
  /** What it drew was taken over. */
  committed: number;
  presented: number;
}

const CATEGORIES = ["cc", "viz", "benchmark", "blink.user_timing"];
const MARK = "metricis-sync";

/** Leaves a mark that is in the trace and in the page's own timeline. */
export const LEAVE_MARK = `performance.mark(${JSON.stringify(MARK)}).startTime`;

export async function startTrace({ cdp }: Browser): Promise<void> {
  await cdp.send("Tracing.start", {
    transferMode: "ReturnAsStream",
    traceConfig: { recordMode: "recordAsMuchAsPossible", includedCategories: CATEGORIES },
  });
}

export async function endTrace({ cdp }: Browser): Promise<TraceEvent[]> {
  const complete = new Promise<string>((done) => {
    cdp.on("Tracing.tracingComplete", undefined, ({ stream }) => done(stream as string));
  });
  await cdp.send("Tracing.end");
  const handle = await complete;
  const parts: string[] = [];
  for (;;) {
    const { data, eof } = await cdp.send("IO.read", { handle, size: 1 << 20 });
    parts.push(data as string);
    if (eof) {
      break;
    }
  }
  return (JSON.parse(parts.join("")) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** What must be added to a time of the page to get the trace's, in ms. */
export function traceOffset(events: TraceEvent[]): number {
  const mark = events.find(({ name, args }) => name === MARK && args?.data?.startTime);
  if (!mark) {
    throw new Error("the mark is not in the trace");
  }
  return mark.ts / 1000 - (mark.args?.data?.startTime ?? 0);
}

/** All frames of the pages that were presented with what the main thread had drawn. */
export function frames(events: TraceEvent[]): Frame[] {
  const open = new Map<string, Partial<Frame> & { shown?: boolean }>();
  const found: Frame[] = [];
  const own = events.filter(({ ph, id2 }) => (ph === "b" || ph === "e") && id2?.local);
  for (const { name, ph, ts, id2, pid, args } of own.sort((a, b) => a.ts - b.ts)) {
    const id = `${pid} ${id2?.local}`;
    const at = ts / 1000;
    if (name === "PipelineReporter" && ph === "b") {
      const state = args?.frame_reporter?.state ?? "";
      open.set(id, { shown: state.startsWith("STATE_PRESENTED") });
    }
    const frame = open.get(id);
    if (!frame) {
      continue;
    }
    if (name === "SendBeginMainFrameToCommit") {
      frame[ph === "b" ? "begun" : "committed"] = at;
    }
    if (name === "PipelineReporter" && ph === "e") {
      const state = args?.frame_reporter?.state ?? "";
      const { begun, committed } = frame;
      if ((frame.shown || state.startsWith("STATE_PRESENTED")) && begun && committed) {
        found.push({ begun, committed, presented: at });
      }
      open.delete(id);
    }
  }
  return found;
}

/** The frame that brought a change which the main thread made at this time. */
export function frameOf(all: Frame[], at: number): Frame | undefined {
  return all.find(({ begun, committed }) => begun <= at && at <= committed);
}
