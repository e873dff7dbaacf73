import type { BrowserContext } from "@playwright/test";

/**
 * The browser's line about a form that was refused. No test may excuse it: the server answers the
 * forms of our pages in a way that is no failure to the browser.
 */
const refusedForm = /^console error: Failed to load resource: .* status of 4\d\d .*\/_fn\//;

/** Everything that went wrong in a browser while a test ran, apart from what it expected. */
export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Says that this test provokes such a problem on purpose. A refused form is none. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** Problems that nothing allowed, in the order they came. */
  unexpected(): string[] {
    return this.#found.filter((found) => {
      return refusedForm.test(found) || !this.#allowed.some((pattern) => pattern.test(found));
    });
  }

  /** Listens to every page of a context. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "warning" || message.type() === "error") {
        const { url, line } = message.location();
        this.#found.push(`console ${message.type()}: ${message.text()} (${url}:${line})`);
      }
    });
    context.on("weberror", (error) => {
      this.#found.push(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "failed";
      // The browser gives up what it was loading for a page that is being left
      if (reason !== "net::ERR_ABORTED") {
        this.#found.push(`request: ${request.method()} ${request.url()} ${reason}`);
      }
    });
    await context.exposeBinding("reportPolicyViolation", (_source, violation: string) => {
      this.#found.push(`policy: ${violation}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = Reflect.get(window, "reportPolicyViolation") as (text: string) => void;
        report(`${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}`);
      });
    });
  }
}
