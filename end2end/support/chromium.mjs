// How Chromium is started, by the browser tests and by the tests of the WASM crates.

/** Debian's Chromium, or the one that CHROMIUM names. */
export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A browser that is quiet on the network and the same on every machine. */
export const args = [
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Options for Playwright's `chromium.launch`. Chromium refuses its sandbox to root. */
export const launchOptions = { executablePath, args, chromiumSandbox: process.getuid?.() !== 0 };
