// What is wrong with where the focus is now, after a key. Returns {at: what has it, faults: sentences}.
() => {
  const faults = [];
  const style = (element) => getComputedStyle(element);
  const element = document.activeElement;
  if (!element || element === document.body) return { at: "", index: -1, faults };
  const name = (one) => {
    const text = (one.getAttribute("aria-label") || (one.closest("label") || one).innerText || one.name || "").trim();
    return `<${one.tagName.toLowerCase()}> "${text.replace(/\s+/g, " ").slice(0, 60)}"`;
  };
  const label = name(element);
  const { outlineStyle, outlineWidth, outlineOffset } = style(element);
  if (!element.matches(":focus-visible")) faults.push(`shows no focus: ${label}`);
  else if (element.querySelector(":scope > rect") && element instanceof SVGElement) {
    const { stroke, strokeWidth } = style(element.querySelector(":scope > rect"));
    if (stroke === "none" || parseFloat(strokeWidth) < 2) faults.push(`has no ring: ${label}`);
  } else if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push(`has no ring: ${label}`);
  const box = element.getBoundingClientRect();
  const reach = Math.max(0, parseFloat(outlineOffset) + parseFloat(outlineWidth));
  const ring = { left: box.left - reach, right: box.right + reach, top: box.top - reach, bottom: box.bottom + reach };
  if (ring.left < -0.5 || ring.right > document.documentElement.clientWidth + 0.5) faults.push(`ring beside the screen: ${label}`);
  const tall = box.height + 2 * reach > innerHeight * 0.6;
  if (!tall && (ring.top < -0.5 || ring.bottom > innerHeight + 0.5))
    faults.push(`ring out of view (${ring.top.toFixed(0)} to ${ring.bottom.toFixed(0)} of ${innerHeight}): ${label}`);
  // A box that scrolls or hides may cut the ring off.
  for (let at = element.parentElement; at && at !== document.documentElement; at = at.parentElement) {
    if (at === document.body || style(at).overflow === "visible" || style(at).overflow === "") continue;
    const frame = at.getBoundingClientRect();
    if (ring.left < frame.left - 0.5 || ring.right > frame.right + 0.5 || (!tall && (ring.top < frame.top - 0.5 || ring.bottom > frame.bottom + 0.5)))
      faults.push(`ring cut by ${name(at).slice(0, 40)}: ${label}`);
  }
  // Nothing lies over it: looked for at its middle, its corners, and just outside, where the ring is.
  const own = element.closest("label") || element;
  const standsStill = (one) => {
    for (let at = one; at; at = at.parentElement) if (/fixed|sticky/.test(style(at).position)) return true;
    return false;
  };
  const ownStill = standsStill(element);
  const [midX, midY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  for (const [x, y, inside] of [[midX, midY, 1], [box.left + 6, midY, 1], [box.right - 6, midY, 1], [midX, box.top + 3, 1], [midX, box.bottom - 3, 1],
    [midX, ring.top + 1, 0], [midX, ring.bottom - 1, 0]]) {
    // What fills the screen cannot keep clear of what stands still in it.
    if (tall || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    const hit = document.elementFromPoint(x, y);
    if (!hit || own.contains(hit) || hit.contains(own)) continue;
    const over = hit.closest(".top, .tabs, .leave, .live, .skip, [data-fixed]") || hit;
    if (inside || (standsStill(hit) && !ownStill && !over.contains(element))) faults.push(`${name(hit).slice(0, 50)} lies over the focus: ${label}`);
  }
  const all = [...document.querySelectorAll("*")];
  const main = document.querySelector("main");
  const scrolled = scrollY + (main && main.contains(element) ? main.scrollTop : 0);
  return { at: label, index: all.indexOf(element), main: !!(main && main.contains(element)),
    box: { left: box.left, right: box.right, top: box.top + scrolled, bottom: box.bottom + scrolled }, faults };
}
