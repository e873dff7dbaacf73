// The same trials in jsPsych, as its documentation shows them: a wait, then a square in the middle
// until the space bar (RT), or for a time (duration). Begins when window.begin is called.
//
// ?rt=N                N trials of reaction time
// ?durations=17,33&n=8 for each duration n trials

const query = new URLSearchParams(location.search);
const Plugin = window.keyboardPlugin;

const square =
  '<svg width="200" height="200" viewBox="0 0 200 200"><rect width="200" height="200" fill="#13211f"/></svg>';
const between = (from, to) => from + Math.random() * (to - from);

// The engine plans its waits from the response on, so does jsPsych: a trial of its own
const wait = (from, to) => ({
  type: Plugin,
  stimulus: "",
  choices: "NO_KEYS",
  trial_duration: between(from, to),
});

const timeline = [];
for (let i = 0; i < Number(query.get("rt") ?? 0); i += 1) {
  timeline.push(wait(500, 900));
  timeline.push({
    type: Plugin,
    stimulus: square,
    choices: [" "],
    trial_duration: 3000,
    data: { kind: "rt" },
  });
}
for (const duration of (query.get("durations") ?? "").split(",").filter(Boolean).map(Number)) {
  for (let i = 0; i < Number(query.get("n") ?? 0); i += 1) {
    timeline.push(wait(300, 400));
    timeline.push({
      type: Plugin,
      stimulus: square,
      choices: "NO_KEYS",
      stimulus_duration: duration,
      trial_duration: duration + 300,
      data: { kind: "duration", duration },
    });
  }
}
timeline.push(wait(200, 300));

window.ended = new Promise((resolve) => {
  const jsPsych = window.initJsPsych({ on_finish: () => resolve(jsPsych.data.get().values()) });
  window.begin = () => {
    performance.mark("begun");
    jsPsych.run(timeline);
  };
});
