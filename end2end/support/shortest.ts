// The shortest session that each task of the library allows, and how its answers are given.

import type { TaskInput } from "./study.ts";

/** How a task is played. */
export interface Play {
  /** The smallest allowed values of the parameters that make it long. */
  params: TaskInput["params"];
  /** Which scenes of the stage ask for an answer: their names, joined by `+`. */
  asks: RegExp;
  /**
   * The keys of its response options. By touch the on-screen answers are used, or, where places of
   * the stage are the answers, as many columns as there are keys.
   */
  keys: string[];
  /** For answers of several presses, what is pressed each time. */
  presses?: Press[];
  /**
   * Even the shortest session is much over a minute: in this project it is left in the middle, by
   * the way out that everybody has. In the other one it is played to its end.
   */
  leftIn?: "desktop" | "phone";
}

/** A key and the on-screen answer that is the same, or a place in thousandths of the short side. */
export type Press = { key: string; answer: string } | { x: number; y: number };

/** Whatever is shown, but not that nothing is. */
const anything = /^(?!blank)./;
const sides = ["ArrowLeft", "ArrowRight"];
const four = ["KeyD", "KeyF", "KeyJ", "KeyK"];
const space = ["Space"];
const done: Press = { key: "Enter", answer: "done" };
const alone = { practice_trials: 0, blocks: 1 };

/** Lists of two, forward; the second is beyond the span of somebody who always answers the same. */
const shortSpan = {
  backward: false,
  start_forward: 2,
  max_forward: 2,
  on: 100,
  off: 0,
  practice_trials: 0,
};

export const shortest: Readonly<Record<string, Play>> = {
  // 48 trials of 2 s are the fewest that balance places, cues and neighbours
  ant: {
    params: {
      ...alone,
      trials: 48,
      fixation_min: 100,
      fixation_max: 100,
      cue: 17,
      cue_delay: 0,
      timeout: 1000,
      trial_time: 2000,
    },
    asks: /[<>]/,
    keys: sides,
    leftIn: "phone",
  },
  ax_cpt: {
    params: {
      ...alone,
      trials: 8,
      ax: 25,
      cue: 100,
      delay_min: 100,
      delay_max: 100,
      probe: 300,
      timeout: 600,
      iti: 100,
    },
    asks: anything,
    keys: ["KeyJ", "KeyF"],
  },
  card_sort: {
    params: { trials: 24, run: 3, categories: 1, practice_trials: 0, feedback_time: 300, iti: 100 },
    asks: /^key cards\+(?!feedback)/,
    keys: four,
  },
  choice_rt: {
    params: { ...alone, trials: 8, foreperiod_min: 300, foreperiod_max: 300 },
    asks: /box_/,
    keys: four,
  },
  corsi: {
    params: shortSpan,
    asks: /^answer/,
    keys: [],
    presses: [{ x: 170, y: -60 }, { x: -190, y: 240 }, done],
  },
  cpt: {
    params: {
      cycles: 1,
      run_trials: 10,
      run_x: 1,
      practice_trials: 0,
      isi_1: 500,
      isi_2: 500,
      isi_3: 0,
    },
    asks: anything,
    keys: space,
  },
  delay_discounting: {
    params: { procedure: "five_trial", practice_trials: 0, iti: 100 },
    asks: anything,
    keys: sides,
  },
  digit_span: {
    params: shortSpan,
    asks: /^answer/,
    keys: [],
    presses: [{ key: "Digit7", answer: "7" }, { key: "Digit2", answer: "2" }, done],
  },
  divided_attention: {
    params: { trials: 8, targets: 25, practice_trials: 0, soa: 400, stimulus: 200 },
    asks: /^fixation\+/,
    keys: sides,
  },
  flanker: {
    params: { ...alone, trials: 8, fixation: 100, iti: 100 },
    asks: /[<>]/,
    keys: sides,
  },
  go_nogo: {
    params: { ...alone, trials: 8, soa_min: 500, soa_max: 500 },
    asks: /go/,
    keys: space,
  },
  letter_number: {
    params: { ...alone, trials: 16, cue: "place", rsi: 150 },
    asks: /[A-Z][2-9]|[2-9][A-Z]/,
    keys: sides,
  },
  nback: {
    params: {
      ...alone,
      level_min: 1,
      level_max: 1,
      trials: 10,
      targets: 3,
      lures: 0,
      stimulus: 100,
      soa: 500,
    },
    asks: anything,
    keys: space,
  },
  // The one parameter of its length is whole minutes
  pvt: {
    params: { minutes: 1, practice_trials: 0, rsi_min: 1000, rsi_max: 3000 },
    asks: /target/,
    keys: space,
    leftIn: "desktop",
  },
  reversal_learning: {
    params: {
      trials: 10,
      practice_trials: 0,
      criterion: 3,
      stage_trials: 10,
      feedback_time: 200,
      fixation: 100,
      iti: 100,
    },
    asks: /\|/,
    keys: sides,
  },
  sart: {
    params: { rounds: 3, practice_trials: 0, soa: 400, stimulus: 200 },
    asks: /\d/,
    keys: space,
  },
  simon: {
    params: { ...alone, trials: 8, fixation: 100, iti: 100 },
    asks: /blue|yellow/,
    keys: sides,
  },
  simple_rt: {
    params: { trials: 5, practice_trials: 0, foreperiod_min: 300, foreperiod_max: 400 },
    asks: /target/,
    keys: space,
  },
  stop_signal: {
    params: { ...alone, trials: 8, fixation: 100, timeout: 1000, iti: 100 },
    asks: /[<>]/,
    keys: sides,
  },
  stroop: {
    params: { ...alone, trials: 12, fixation: 100, iti: 100 },
    asks: /\//,
    keys: four,
  },
  // 97 trials are the fewest that balance both tasks
  task_switching: {
    params: {
      ...alone,
      trials: 64,
      single_trials: 16,
      csi_short: 17,
      csi_long: 100,
      rsi: 200,
    },
    asks: /digit/,
    keys: sides,
    leftIn: "phone",
  },
  // One problem, which nobody solves who moves the balls round and round: ten seconds are its time
  tower: {
    params: {
      moves_2: 0,
      moves_3: 0,
      moves_4: 0,
      moves_5: 1,
      timeout: 10_000,
      practice_trials: 0,
    },
    asks: /board/,
    keys: ["Digit1", "Digit2", "Digit3"],
  },
  vigilance: {
    params: { periods: 3, period_trials: 20, practice_trials: 0, soa: 400, stimulus: 200 },
    asks: anything,
    keys: space,
  },
};
