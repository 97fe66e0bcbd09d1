// @ts-check
/**
 * Whether the site answers. A browser's own word is only a hint: a network may lead nowhere.
 *
 * While it does not, links are answered from this device at once, without waiting for a network that is
 * not there; as soon as it does, they lead to the site's own pages again.
 */

const EVERY_MS = 60_000;
const PATIENCE_MS = 4000;

export class Connection {
  /** @param {{ask?: () => Promise<boolean>, onChange?: (isOn: boolean) => void}} options */
  constructor({ ask = siteAnswers, onChange = () => {} } = {}) {
    this.ask = ask;
    this.onChange = onChange;
    this.isOn = false;
  }

  start() {
    addEventListener("online", () => this.look());
    addEventListener("offline", () => this.set(false));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.look());
    setInterval(() => document.visibilityState === "visible" && this.look(), EVERY_MS);
    return this.look();
  }

  async look() {
    this.set(navigator.onLine && (await this.ask()));
  }

  /** @param {boolean} isOn */
  set(isOn) {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    this.onChange(isOn);
  }
}

async function siteAnswers() {
  try {
    const reply = await fetch("/health/", { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
    return reply.ok;
  } catch {
    return false;
  }
}
