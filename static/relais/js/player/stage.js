// @ts-check
/**
 * The stage: shows the view of the address, moves between addresses, and keeps back and forward right.
 *
 * Views are functions of a context: (context, values of the address) -> what to show, or null where it
 * is not here. They write nothing into the page themselves; `bind` gets what was shown.
 */

import { addressesIn, routeOf } from "./routes.js";

/**
 * @typedef {{
 *   templates: import("./templates.js").Templates,
 *   language: string,
 *   library: import("./library.js").Library,
 *   people: () => Promise<any[]>,
 *   openLearner: () => Promise<import("./learner.js").Learner | null>,
 *   clock: (person: any) => Promise<() => number>,
 *   isConnected: () => boolean,
 * }} Base `clock` gives the centre's time as this device knows it
 * @typedef {Base & {
 *   learner: any, addresses: import("./routes.js").Addresses, route: import("./routes.js").Route, signal: AbortSignal,
 *   go: (address: string, options?: {replace?: boolean, notice?: Node | null, state?: any}) => void, refresh: () => void, state: any,
 * }} Context
 * @typedef {{title: string, node: Node, entry?: string, address?: string, elsewhere?: Record<string, string>,
 *   bind?: (root: HTMLElement, signal: AbortSignal) => unknown, isLive?: boolean} | {address: string, isRedirect: true}} Shown
 * @typedef {(context: Context, values: Record<string, string>) => Shown | null | Promise<Shown | null>} View
 */

/** These are this device's while a quiz is open here, and until its answers are with the centre. */
const ALWAYS_HERE = new Set(["start", "attempt", "question", "review", "result"]);

export class Stage {
  /**
   * @param {HTMLElement} root where views are shown
   * @param {Base} base
   * @param {Record<string, View>} views by the name of their address; and absent, nobody, broken
   */
  constructor(root, base, views) {
    this.root = root;
    this.base = base;
    this.views = views;
    this.addresses = addressesIn(base.language);
    this.shownPath = "";
    this.leaving = new AbortController();
    this.turn = 0;
  }

  start() {
    history.scrollRestoration = "manual";
    addEventListener("popstate", (event) => this.returned(event));
    document.addEventListener("click", (event) => this.clicked(event));
    addEventListener("scrollend", () => this.noteScroll());
    return this.show();
  }

  /** Go to an address of the site. @param {string} address @param {{replace?: boolean, notice?: Node | null, state?: any}} options */
  go(address, { replace = false, notice = null, state = null } = {}) {
    const path = new URL(address, location.href).pathname;
    if (!this.isOurs(path)) return location.assign(address);
    this.noteScroll();
    history[replace ? "replaceState" : "pushState"]({ ...state, relais: true }, "", address);
    return this.show({ notice });
  }

  /** Tell whether an address is answered here: without a connection all in this language, else what a quiz needs. @param {string} path */
  isOurs(path) {
    const route = routeOf(path);
    // The page on which people open and lock begins with a fresh page.
    if (route.language !== this.base.language || route.name === "device") return false;
    return ALWAYS_HERE.has(route.name) || !this.base.isConnected();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = /** @type {Element} */ (event.target).closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    // Asked for from the site itself: see the notice that it answers again.
    if (link.hasAttribute("data-reload")) return;
    // A place on this page is the browser's own business.
    if (link.pathname === location.pathname && link.hash) return;
    if (!this.isOurs(link.pathname)) return;
    event.preventDefault();
    this.go(link.href);
  }

  /** @param {PopStateEvent} event */
  returned(event) {
    if (location.pathname === this.shownPath) {
      if (!location.hash) scrollTo(0, event.state?.y ?? 0);
      return;
    }
    if (this.isOurs(location.pathname)) this.show({ y: event.state?.y ?? 0 });
    else location.reload();
  }

  noteScroll() {
    if (this.shownPath === location.pathname) history.replaceState({ ...history.state, y: scrollY }, "");
  }

  /** Show the view of the address. @param {{notice?: Node | null, y?: number | null, isQuiet?: boolean}} options */
  async show({ notice = null, y = null, isQuiet = false } = {}) {
    const turn = (this.turn += 1);
    const leaving = new AbortController();
    const shown = await this.find(leaving.signal);
    // Somebody went on meanwhile.
    if (turn !== this.turn || !shown) return;
    if ("isRedirect" in shown) {
      history.replaceState(history.state, "", shown.address);
      return this.show({ notice });
    }
    this.leaving.abort();
    this.leaving = leaving;
    if (shown.address && shown.address !== location.pathname) history.replaceState(history.state, "", shown.address + location.hash);
    this.put(shown, notice);
    if (!isQuiet) this.arrive(y);
    shown.bind?.(this.root, leaving.signal);
  }

  /** Show the same address again with what is known now; focus and place stay. */
  refresh() {
    return this.show({ isQuiet: true });
  }

  /** @param {AbortSignal} signal @returns {Promise<Shown | null>} */
  async find(signal) {
    const route = routeOf(location.pathname);
    const go = this.go.bind(this);
    const parts = { addresses: this.addresses, route, signal, go, refresh: () => void this.refresh(), state: history.state };
    const context = /** @type {Context} */ ({ ...this.base, ...parts, learner: null });
    try {
      context.learner = await this.base.openLearner();
      if (!context.learner) return await this.views.nobody(context, {});
      const view = this.views[route.name];
      return (view && (await view(context, route.values))) ?? (await this.views.absent(context, route.values));
    } catch (error) {
      console.warn("this view could not be made:", error);
      return this.views.broken(context, {});
    }
  }

  /** @param {Exclude<Shown, {isRedirect: true}>} shown @param {Node | null} notice */
  put(shown, notice) {
    this.root.replaceChildren(...(notice ? [notice] : []), shown.node);
    this.shownPath = location.pathname;
    document.title = document.title.replace(/^.*(?= - )/u, () => shown.title);
    for (const link of document.querySelectorAll(".tabs a")) {
      const target = /** @type {Record<string, any>} */ (this.addresses)[shown.entry ?? ""];
      const isHere = Boolean(target) && link.getAttribute("href") === target;
      isHere ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
    const rest = location.pathname.replace(/^\/[^/]*\//u, "");
    for (const link of document.querySelectorAll(".lang a[hreflang]")) {
      const code = link.getAttribute("hreflang") ?? "";
      link.setAttribute("href", shown.elsewhere?.[code] ?? `/${code}/${rest}`);
    }
  }

  /** Bring the reader to the view: to its place in the address, to where they were, or to its top. @param {number | null} y */
  arrive(y) {
    const heading = /** @type {HTMLElement | null} */ (this.root.querySelector("h1"));
    heading?.focus({ preventScroll: true });
    const place = y === null && location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (place) place.scrollIntoView();
    else scrollTo(0, y ?? 0);
  }
}

/** Return HTML of a pack or a paper as nodes. Both are signed or kept encrypted; the page runs no script of theirs. @param {string} html */
export function nodesOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html ?? "";
  return [...template.content.childNodes];
}

/** Return language and direction of content that is not in the page's language, else null. @param {string} content @param {string} page */
export function tongueOf(content, page) {
  return content && content !== page ? { lang: content, dir: content === "ar" ? "rtl" : "ltr" } : null;
}
