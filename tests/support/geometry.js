// What is wrong with where things stand on a page, for fingers and eyes. Returns sentences; none is good.
// `touch`: also look at what a finger hits, how large targets are and how far apart.
(touch) => {
  const wrong = [];
  const main = document.querySelector("main");
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.innerText || element.value || element.name || "").trim();
    return `<${element.tagName.toLowerCase()}> "${text.replace(/\s+/g, " ").slice(0, 60)}"`;
  };
  const shown = (element) =>
    element.checkVisibility({ checkOpacity: false, visibilityProperty: true }) && !element.closest("[inert]");
  // What only a screen reader meets: one pixel, clipped.
  const hidden = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (box.width <= 1.5 && box.height <= 1.5 && getComputedStyle(at).overflow !== "visible") return true;
    }
    return false;
  };
  // The nearest box that cuts off what reaches out of it; that this happens is said elsewhere.
  const clip = (element) => {
    for (let at = element; at && at !== main && at !== document.body; at = at.parentElement)
      if (/hidden|clip/.test(getComputedStyle(at).overflowY)) return at.getBoundingClientRect();
    return null;
  };

  // ---- nothing wider than the screen
  for (const frame of [document.scrollingElement, document.body, main]) {
    if (frame && frame.scrollWidth > frame.clientWidth + 1)
      wrong.push(`${name(frame).slice(0, 30)} scrolls sideways: ${frame.scrollWidth} in ${frame.clientWidth}`);
  }

  // ---- no text cut, none on other text
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !shown(holder) || hidden(holder) || holder.closest("svg, script, style, option")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const within = clip(holder);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      if (within && (box.bottom > within.bottom + 1 || box.top < within.top - 1)) continue;
      if (box.right > document.documentElement.clientWidth + 1 || box.left < -1) wrong.push(`text beside the screen: ${name(holder)}`);
      // The upper and lower edge of a line hold no ink.
      const slack = box.height * 0.22;
      lines.push({ holder, inMain: !!(main && main.contains(holder)), left: box.left + 1, right: box.right - 1,
        top: box.top + slack, bottom: box.bottom - slack, clamped: getComputedStyle(holder).webkitLineClamp !== "none" });
    }
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element) || hidden(element) || element.closest("svg") || element === main) continue;
    const style = getComputedStyle(element);
    // A long wish that shows its beginning in a list is all there on its own page.
    if (style.webkitLineClamp !== "none") continue;
    const cuts = (way) => /hidden|clip/.test(style[way]);
    if (!element.innerText || !element.innerText.trim()) continue;
    if ((cuts("overflowX") && element.scrollWidth > element.clientWidth + 1) ||
        (cuts("overflowY") && element.scrollHeight > element.clientHeight + 1))
      wrong.push(`text is cut: ${name(element)}`);
  }
  lines.sort((one, other) => one.top - other.top);
  for (let i = 0; i < lines.length; i++) {
    const one = lines[i];
    for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++) {
      const other = lines[j];
      // Where a clamped text ends in dots, the browser still counts the words under them.
      if (one.clamped && one.holder === other.holder) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (one.inMain === other.inMain && wide > 1 && high > 1)
        wrong.push(`text on text: ${name(one.holder)} and ${name(other.holder)}`);
    }
  }
  if (!touch) return [...new Set(wrong)];

  // ---- every control is what a finger hits, large enough, and not against another
  const inText = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const around = element.parentElement.innerText.trim();
    return around.length > element.innerText.trim().length;
  };
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary")]
    .filter((element) => shown(element) && !hidden(element.closest("label") || element));
  const targets = [...new Set(controls.map((element) => element.closest("label") || element))];
  const boxes = targets.map((target) => {
    target.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = target.getBoundingClientRect();
    if (!inText(target) && !target.closest(".skip")) {
      if (box.width < 47.5 || box.height < 47.5)
        wrong.push(`small: ${name(target)} is ${box.width.toFixed(0)} by ${box.height.toFixed(0)}`);
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!hit || !(target.contains(hit) || (hit.closest("label") || hit) === target))
        wrong.push(`a finger hits ${hit ? name(hit) : "nothing"} instead of ${name(target)}`);
    }
    const top = box.top + (main && main.contains(target) ? main.scrollTop : 0) + scrollY;
    return { target, left: box.left, right: box.right, top, bottom: top + box.height };
  });
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const [one, other] = [boxes[i], boxes[j]];
      if (!!main && main.contains(one.target) !== main.contains(other.target)) continue;
      if (inText(one.target) || inText(other.target)) continue;
      const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
      const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
      if (across < 7.5 && down < 7.5)
        wrong.push(`${Math.max(across, down).toFixed(1)} px apart: ${name(one.target)} and ${name(other.target)}`);
    }
  }
  return [...new Set(wrong)];
}
