// What is asked of the task page from outside. None of it runs while a trial does, unless said so.

/**
 * Presses the main button of the page that is shown, if it may be pressed, and says what is there:
 * the kind of the page, `count-down` before a block, or `stage` while it runs.
 */
export const pressOn = `(() => {
  const stage = document.querySelector(".stage:not([hidden])");
  if (stage) {
    const counts = [...stage.querySelectorAll(".layer")].some((layer) =>
      layer.style.opacity === "1" && /^[123]$/.test(layer.dataset.scene));
    return counts ? "count-down" : "stage";
  }
  const column = document.querySelector("#app:not([hidden]) > [data-page]");
  if (!column) return "";
  const kind = column.dataset.page;
  if (kind === "done") return "done " + (column.dataset.sending ?? "");
  column.querySelector("button.main:enabled")?.click();
  return kind;
})()`;

/** Resolves when the stage has been taken away; asks nothing of the page until then. */
export const STAGE_GONE = `new Promise((gone) => {
  const stage = document.querySelector(".stage");
  new MutationObserver((_, observer) => {
    if (stage.hidden || stage.hasAttribute("hidden")) {
      observer.disconnect();
      gone(true);
    }
  }).observe(stage, { attributes: true, attributeFilter: ["hidden"] });
})`;

/** What a scene must show for a pixel to be a sensor: its name is tested with this. */
export interface Sensor {
  /** Scenes in which the pixel must be covered. */
  covered: RegExp;
  /** Scenes of no interest: a pixel may be either way there. */
  ignored?: RegExp;
}

/**
 * A point of the window, in CSS pixels, that is well covered by the drawing in all scenes that
 * `covered` names, and well clear of it in all others. Looks at the layers that wait on the stage.
 */
export function sensorPoint({ covered, ignored }: Sensor): string {
  return `(() => {
    const covered = ${covered}, ignored = ${ignored ?? /^$/};
    const layers = [...document.querySelectorAll(".stage .layer")].map((layer) => {
      const shapes = [...layer.querySelectorAll("svg *")].map((shape) => {
        const matrix = shape.getScreenCTM().inverse();
        const filled = shape.classList.contains("fill");
        return (at) => {
          const own = at.matrixTransform(matrix);
          return filled ? shape.isPointInFill(own) : shape.isPointInStroke(own);
        };
      });
      const texts = [...layer.querySelectorAll("p")].flatMap((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].map((r) => ({ x, y }) =>
          x > r.left && x < r.right && y > r.top && y < r.bottom);
      });
      const parts = [...shapes, ...texts];
      const inside = (x, y) => parts.some((part) => part(new DOMPoint(x, y)));
      return { name: layer.dataset.scene, box: layer.getBoundingClientRect(), inside };
    });
    const wanted = layers.filter(({ name }) => covered.test(name));
    const others = layers.filter(({ name }) => !covered.test(name) && !ignored.test(name));
    if (wanted.length === 0) return null;
    const { box } = wanted[0];
    // The pixel and its neighbours two pixels away, which takes care of soft edges
    const near = [[0, 0], [2, 0], [-2, 0], [0, 2], [0, -2]];
    for (let y = Math.ceil(box.top) + 0.5; y < box.bottom; y += 1) {
      for (let x = Math.ceil(box.left) + 0.5; x < box.right; x += 1) {
        if (
          near.every(([dx, dy]) => wanted.every(({ inside }) => inside(x + dx, y + dy))) &&
          !near.some(([dx, dy]) => others.some(({ inside }) => inside(x + dx, y + dy)))
        ) {
          return { x: Math.floor(x), y: Math.floor(y) };
        }
      }
    }
    return null;
  })()`;
}

/** A pixel of the window. */
export interface Point {
  x: number;
  y: number;
}
