// @ts-check
/**
 * Draw the places of a hotspot question on its picture, in the author's form.
 *
 * The form works without this module: a place is four numbers, thousandths of the picture. Here the picture
 * is shown above them with every place on it; a drag writes the numbers, and a number that is typed moves
 * the place.
 */

const SVG = "http://www.w3.org/2000/svg";
const WHOLE = 1000;
const SMALLEST = 20;
const PARTS = /** @type {const} */ (["x", "y", "width", "height"]);

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

class Place {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.number = root.dataset.place ?? "";
    this.shape = /** @type {HTMLSelectElement} */ (root.querySelector("select"));
    this.inputs = PARTS.map((part) => /** @type {HTMLInputElement} */ (root.querySelector(`[data-part="${part}"]`)));
  }

  get isEmpty() {
    return this.inputs.every((input) => input.value === "");
  }

  /** @returns {Box | null} */
  get box() {
    const [x, y, width, height] = this.inputs.map((input) => Number.parseInt(input.value, 10));
    return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
  }

  /** @param {Box} box */
  set(box) {
    PARTS.forEach((part, at) => {
      this.inputs[at].value = String(box[part]);
    });
    this.inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
  }
}

class Stage {
  /** @param {HTMLElement} root @param {HTMLElement} picture */
  constructor(root, picture) {
    this.places = [...document.querySelectorAll("[data-place]")].map((each) => new Place(/** @type {HTMLElement} */ (each)));
    /** The place whose numbers were touched last. @type {Place | null} */
    this.touched = null;
    /** @type {{x: number, y: number, place: Place} | null} */
    this.drag = null;
    this.image = document.createElement("img");
    this.image.alt = "";
    this.image.draggable = false;
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("viewBox", `0 0 ${WHOLE} ${WHOLE}`);
    this.svg.setAttribute("preserveAspectRatio", "none");
    this.svg.setAttribute("aria-hidden", "true");
    const holder = Object.assign(document.createElement("div"), { className: "q-stage" });
    holder.append(this.image, this.svg);
    this.box = document.createElement("div");
    this.box.append(Object.assign(document.createElement("p"), { className: "help", textContent: root.dataset.hint }), holder);
    root.before(this.box);
    this.follow(picture);
    for (const place of this.places) {
      place.root.addEventListener("input", () => this.draw());
      place.root.addEventListener("change", () => this.draw());
      place.root.addEventListener("focusin", () => {
        this.touched = place;
      });
    }
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => this.end());
    this.draw();
  }

  /** Show the picture as it is now, or the file that was chosen. @param {HTMLElement} picture */
  follow(picture) {
    const now = picture.querySelector("img");
    const file = /** @type {HTMLInputElement} */ (picture.querySelector("input[type=file]"));
    const show = () => {
      const chosen = file.files?.[0];
      if (this.image.src.startsWith("blob:")) URL.revokeObjectURL(this.image.src);
      this.image.src = chosen ? URL.createObjectURL(chosen) : (now?.src ?? "");
      this.box.hidden = !this.image.getAttribute("src");
    };
    file.addEventListener("change", show);
    show();
  }

  /** @param {PointerEvent} event */
  at(event) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    const within = (/** @type {number} */ value) => Math.min(WHOLE, Math.max(0, Math.round(value * WHOLE)));
    return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const place = this.touched ?? this.places.find((each) => each.isEmpty);
    if (!place) return;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.drag = { ...this.at(event), place };
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.drag) return;
    const { x, y } = this.at(event);
    const [left, top] = [Math.min(x, this.drag.x), Math.min(y, this.drag.y)];
    const [width, height] = [Math.abs(x - this.drag.x), Math.abs(y - this.drag.y)];
    // A tap that trembles draws nothing.
    if (width >= SMALLEST && height >= SMALLEST) this.drag.place.set({ x: left, y: top, width, height });
  }

  end() {
    this.drag = null;
    this.touched = null;
  }

  draw() {
    const shapes = this.places.flatMap((place) => {
      const box = place.box;
      return box ? [shapeOf(place.shape.value, box), numberOf(place.number, box)] : [];
    });
    this.svg.replaceChildren(...shapes);
  }
}

/** @param {string} shape @param {Box} box */
function shapeOf(shape, { x, y, width, height }) {
  const isRound = shape === "ellipse";
  const numbers = isRound ? { cx: x + width / 2, cy: y + height / 2, rx: width / 2, ry: height / 2 } : { x, y, width, height };
  return element(isRound ? "ellipse" : "rect", numbers);
}

/** @param {string} number @param {Box} box */
function numberOf(number, { x, y, width, height }) {
  const text = element("text", { x: x + width / 2, y: y + height / 2 });
  text.textContent = number;
  return text;
}

/** @param {string} name @param {Record<string, number>} numbers */
function element(name, numbers) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(numbers)) made.setAttribute(key, String(value));
  return made;
}

const root = document.querySelector("[data-stage]");
const picture = document.querySelector("[data-picture]");
if (root instanceof HTMLElement && picture instanceof HTMLElement) new Stage(root, picture);
