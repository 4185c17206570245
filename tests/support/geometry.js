// What is wrong with where things stand on a page, for fingers and eyes. Returns sentences; none is good.
() => {
  const wrong = new Set();
  const main = document.querySelector("main");
  const style = (element) => getComputedStyle(element);
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.innerText || element.textContent || element.name || "").trim();
    return `<${element.tagName.toLowerCase()}> "${text.replace(/\s+/g, " ").slice(0, 60)}"`;
  };
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  // What only a screen reader meets: one pixel, clipped.
  const hidden = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (box.width <= 1.5 && box.height <= 1.5 && style(at).overflow !== "visible") return true;
    }
    return false;
  };
  // What stands still while the page moves lies on it on purpose: it is compared with its own kind only.
  const layer = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/fixed|sticky/.test(style(at).position)) return at;
      if (at === main) return main;
    }
    return null;
  };
  const wide = document.documentElement.clientWidth;
  scrollTo(0, 0);
  if (main) main.scrollTop = 0;

  // ---- nothing wider than the screen, whatever hides it
  for (const frame of [document.scrollingElement, document.body, main]) {
    if (frame && frame.scrollWidth > frame.clientWidth + 1)
      wrong.add(`${name(frame).slice(0, 30)} scrolls sideways: ${frame.scrollWidth} in ${frame.clientWidth}`);
  }

  // ---- no text cut: by the screen, by a box it stands in, by dots
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !shown(holder) || hidden(holder) || holder.closest("script, style, option, title")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frames = [];
    for (let at = holder; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, webkitLineClamp } = style(at);
      if (webkitLineClamp !== "none" && at.scrollHeight > at.clientHeight + 1) wrong.add(`text is cut by dots: ${name(at)}`);
      if (overflowX !== "visible" || overflowY !== "visible") frames.push([at, overflowX, overflowY]);
    }
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      if (box.right > wide + 1 || box.left < -1) wrong.add(`text beside the screen: ${name(holder)}`);
      // The upper and lower edge of a line hold no ink.
      const slack = box.height * 0.22;
      for (const [frame, x, y] of frames) {
        const around = frame.getBoundingClientRect();
        if (x !== "visible" && (box.right > around.right + 1 || box.left < around.left - 1))
          wrong.add(`text is cut: ${name(holder)} by ${name(frame)}`);
        if (/hidden|clip/.test(y) && (box.bottom - slack > around.bottom + 1 || box.top + slack < around.top - 1))
          wrong.add(`text is cut: ${name(holder)} by ${name(frame)}`);
      }
      lines.push({ holder, layer: layer(holder), left: box.left + 1, right: box.right - 1, top: box.top + slack, bottom: box.bottom - slack });
    }
  }

  // ---- no text on other text
  lines.sort((one, other) => one.top - other.top);
  for (let i = 0; i < lines.length; i++) {
    const one = lines[i];
    for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++) {
      const other = lines[j];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (one.layer === other.layer && across > 1 && down > 1)
        wrong.add(`text on text: ${name(one.holder)} and ${name(other.holder)}`);
    }
  }

  // ---- no text on a drawn line, unless something solid lies between
  const solid = (element) => !element.matches("text, tspan") && /^rgb\(|, 1\)$/.test(element instanceof SVGElement ? style(element).fill : style(element).backgroundColor);
  const covered = (shape, x, y) => {
    const [was, wasMain, before] = [scrollY, main ? main.scrollTop : 0, shape.getBoundingClientRect().top];
    shape.scrollIntoView({ block: "center", behavior: "instant" });
    const pile = document.elementsFromPoint(x, y + shape.getBoundingClientRect().top - before);
    scrollTo(0, was);
    if (main) main.scrollTop = wasMain;
    const at = pile.indexOf(shape);
    return at > 0 && pile.slice(0, at).some(solid);
  };
  for (const shape of document.querySelectorAll("svg :is(path, line, polyline, polygon, circle, ellipse, rect)")) {
    const { stroke, strokeWidth, strokeOpacity } = style(shape);
    if (stroke === "none" || !parseFloat(strokeWidth) || strokeOpacity === "0" || !shown(shape) || shape.closest("defs, pattern, clipPath, mask")) continue;
    const box = shape.getBoundingClientRect();
    const near = lines.filter((line) => line.layer === layer(shape) && line.right > box.left && line.left < box.right && line.bottom > box.top && line.top < box.bottom);
    const place = shape.getScreenCTM();
    if (!near.length || !place || !shape.getTotalLength) continue;
    const length = shape.getTotalLength();
    const picture = shape.ownerSVGElement;
    const edge = style(picture).overflow === "visible" ? null : picture.getBoundingClientRect();
    const points = [];
    for (let at = 0; at <= length; at += Math.max(length / 400, 1.5)) {
      const point = shape.getPointAtLength(at).matrixTransform(place);
      if (!edge || (point.x > edge.left && point.x < edge.right && point.y > edge.top && point.y < edge.bottom)) points.push(point);
    }
    for (const line of near) {
      const hit = points.find((at) => at.x > line.left && at.x < line.right && at.y > line.top && at.y < line.bottom);
      if (!hit || line.holder === shape) continue;
      if (!covered(shape, hit.x, hit.y)) wrong.add(`text on a line: ${name(line.holder)}`);
    }
  }

  // ---- every control is what a finger hits, in its middle and near its corners, large enough, and not against another
  const inText = (element) => {
    if (element.tagName !== "A" || style(element).display !== "inline") return false;
    return element.parentElement.innerText.trim().length > element.innerText.trim().length;
  };
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex='0']")]
    .filter((element) => shown(element) && !hidden(element.closest("label") || element));
  const targets = [...new Set(controls.map((element) => element.closest("label") || element))];
  const boxes = targets.map((target) => {
    target.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = target.getBoundingClientRect();
    if (!inText(target) && !target.closest(".skip")) {
      if (box.width < 47.9 || box.height < 47.9)
        wrong.add(`small: ${name(target)} is ${box.width.toFixed(1)} by ${box.height.toFixed(1)}`);
      if (box.right > wide + 0.5 || box.left < -0.5) wrong.add(`beside the screen: ${name(target)}`);
      // A round corner has no finger in its very corner.
      const painted = style(target.querySelector(":scope > input:not([type=hidden])") || target);
      const spots = [[box.left + box.width / 2, box.top + box.height / 2]];
      for (const [corner, x, y, right, down] of [["TopLeft", box.left, box.top, 1, 1], ["TopRight", box.right, box.top, -1, 1],
        ["BottomLeft", box.left, box.bottom, 1, -1], ["BottomRight", box.right, box.bottom, -1, -1]]) {
        const given = target instanceof SVGElement ? "50%" : painted[`border${corner}Radius`], side = Math.min(box.width, box.height);
        const radius = Math.min(given.includes("%") ? (side * parseFloat(given)) / 100 : parseFloat(given), side / 2);
        spots.push([x + right * (0.3 * radius + 3), y + down * (0.3 * radius + 3)]);
      }
      // What is taller than the screen has corners elsewhere.
      for (const [x, y] of box.height > innerHeight * 0.5 ? spots.slice(0, 1) : spots) {
        const hit = document.elementFromPoint(x, y);
        if (!hit || !(target.contains(hit) || hit.closest("label") === target))
          wrong.add(`a finger hits ${hit ? name(hit) : "nothing"} instead of ${name(target)}`);
      }
    }
    // Counted from the top of what moves with it.
    const ground = layer(target);
    const top = box.top + (!ground ? scrollY : ground === main ? scrollY + main.scrollTop : -ground.getBoundingClientRect().top);
    return { target, layer: ground, left: box.left, right: box.right, top, bottom: top + box.height };
  });
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const [one, other] = [boxes[i], boxes[j]];
      if (one.layer !== other.layer || inText(one.target) || inText(other.target)) continue;
      if ([one, other].some(({ target }) => target.closest(".skip"))) continue;
      const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
      const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
      if (across < 7.9 && down < 7.9)
        wrong.add(`${Math.max(across, down).toFixed(1)} px apart: ${name(one.target)} and ${name(other.target)}`);
    }
  }
  return [...wrong];
}
