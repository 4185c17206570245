// What is too faint to read (7:1) or to find (3:1), by the colours that lie on each other where a text or a control is.
// Returns sentences; none is good.
() => {
  const wrong = new Set();
  const TEXT = 7, EDGE = 3;
  const style = (element, pseudo) => getComputedStyle(element, pseudo);
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.innerText || element.textContent || element.name || "").trim();
    return `<${element.tagName.toLowerCase()}> "${text.replace(/\s+/g, " ").slice(0, 50)}"`;
  };
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const faded = (element) => {
    let all = 1;
    for (let at = element; at; at = at.parentElement) all *= parseFloat(style(at).opacity);
    return all;
  };
  const ground = (element) => {
    if (element.matches("text, tspan")) return null;
    if (element.tagName === "use") return rgba(style(document.querySelector(element.getAttribute("href")).lastElementChild).fill);
    if (element instanceof SVGElement && element.tagName !== "svg") return style(element).fill === "none" ? null : rgba(style(element).fill);
    return rgba(style(element).backgroundColor);
  };
  // All that lies under a point, as one colour: what is hit there, top to bottom, below `from`.
  const under = (x, y, from, itself) => {
    const pile = document.elementsFromPoint(x, y);
    const at = pile.indexOf(from);
    const below = at < 0 ? pile : pile.slice(itself ? at : at + 1);
    const page = rgba(style(document.documentElement).backgroundColor);
    return [...below].reverse().reduce((colour, element) => {
      const own = ground(element);
      return own ? over([own[0], own[1], own[2], own[3] * faded(element)], colour) : colour;
    }, page[3] ? page : rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#000" : "#fff"));
  };
  // So that the pile of a point holds everything that is painted there.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { pointer-events: auto !important; transition: none !important }");
  document.adoptedStyleSheets.push(sheet);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || seen.has(holder) || !shown(holder) || holder.closest("script, style, option, title")) continue;
    seen.add(holder);
    const range = document.createRange();
    range.selectNodeContents(node);
    let box = range.getClientRects()[0];
    if (!box || box.width < 2) continue;
    if (box.top < 0 || box.bottom > innerHeight) {
      holder.scrollIntoView({ block: "center", behavior: "instant" });
      box = range.getClientRects()[0];
    }
    const [x, y] = [box.left + Math.min(box.width / 2, 3), box.top + box.height / 2];
    const pile = document.elementsFromPoint(x, y);
    if (!pile.includes(holder)) continue;
    const back = under(x, y, holder, true);
    const colour = rgba(holder instanceof SVGElement ? style(holder).fill : style(holder).color);
    const found = contrast(over([colour[0], colour[1], colour[2], colour[3] * faded(holder)], back), back);
    if (found < TEXT) wrong.add(`text ${found.toFixed(2)}: ${name(holder)}`);
  }
  // What is typed, and its hint.
  for (const field of document.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")) {
    if (!shown(field)) continue;
    const back = rgba(style(field).backgroundColor);
    for (const colour of [style(field).color, ...(field.placeholder ? [style(field, "::placeholder").color] : [])])
      if (contrast(rgba(colour), back) < TEXT) wrong.add(`typed text ${contrast(rgba(colour), back).toFixed(2)}: ${name(field)}`);
  }
  // ---- edges: what shows where a control is, beside what lies around it
  for (const control of document.querySelectorAll("button, input:not([type=hidden]), textarea, select, a.btn, a.tile, a.round, .chip, .fold")) {
    if (!shown(control)) continue;
    control.scrollIntoView({ block: "center", behavior: "instant" });
    const box = control.getBoundingClientRect();
    if (box.width < 4) continue;
    const own = style(control);
    const y = box.top + box.height / 2;
    const around = under(Math.max(box.left - 3, 0), y, null, false);
    const edges = [];
    if (parseFloat(own.borderInlineStartWidth) >= 1 && own.borderInlineStartStyle !== "none") edges.push(own.borderInlineStartColor);
    if (rgba(own.backgroundColor)[3]) edges.push(own.backgroundColor);
    // Words alone, underlined: a link in all but name.
    if (!edges.length) continue;
    const best = Math.max(...edges.map((colour) => contrast(over(rgba(colour), around), around)));
    if (best < EDGE) wrong.add(`edge ${best.toFixed(2)}: ${name(control)}`);
  }
  // ---- icons and threads
  for (const shape of document.querySelectorAll("svg.ic")) {
    if (!shown(shape)) continue;
    shape.scrollIntoView({ block: "center", behavior: "instant" });
    const at = shape.getBoundingClientRect();
    if (at.width < 2) continue;
    const back = under(at.left + 1, at.top + 1, shape, false);
    const colour = rgba(style(shape).stroke === "none" ? style(shape).color : style(shape).stroke);
    if (!colour[3]) continue;
    const found = contrast(over(colour, back), back);
    if (found < EDGE) wrong.add(`sign ${found.toFixed(2)}: ${shape.outerHTML.slice(0, 60)} in ${name(shape.parentElement)}`);
  }
  document.adoptedStyleSheets.pop();
  return [...wrong];
}
