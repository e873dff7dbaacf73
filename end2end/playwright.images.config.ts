import base from "./playwright.config.ts";

/** Takes the pictures of the README; no test of anything. */
export default { ...base, testDir: "images", projects: [{ name: "images" }] };
