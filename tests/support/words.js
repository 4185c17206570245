// What a page says, read where our own words carry a mark (tests/support/ours.py). Returns what is visible, counted.
(MARK) => {
  const main = document.querySelector("main");
  const style = (element) => getComputedStyle(element);
  const shown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (box.width <= 1.5 && box.height <= 1.5 && style(at).overflow !== "visible") return false;
    }
    return true;
  };
  const ACTION = "a[href], button, input:not([type=hidden]), textarea, select, summary";
  const first = [...main.querySelectorAll(ACTION)].find(shown);
  const count = (text) => text.split(MARK).length - 1;
  let page = 0, screen = 0, before = 0;
  const said = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !shown(node.parentElement)) continue;
    // What is said again of the next thing in a list is read once.
    const words = node.data.split(/\s+/).filter((word) => word.includes(MARK)).join(" ");
    const ours = said.has(words) ? 0 : count(words);
    said.add(words);
    page += ours;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.top < innerHeight && box.bottom > 0) screen += ours;
    if (main.contains(node) && first && !first.contains(node) && first.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)
      before += ours;
  }
  const read = (one) => one.innerText.replaceAll(MARK, "").replace(/\s+/g, " ").trim();
  // A way on is one of the page itself: not what stands with one thing of a list, nor what a form asks, nor its button.
  const asks = (form) => form && [...form.querySelectorAll("input:not([type=hidden]), textarea")].some(shown);
  const ways = [...main.querySelectorAll(".btn, .menu-row, a.tile")]
    .filter((one) => shown(one) && !one.closest("article, fieldset, li:not(.menu > li)") && !asks(one.form));
  const running = [...main.querySelectorAll("p, dd")].filter((one) => shown(one) && !one.querySelector("p") && !one.closest("article, li")).map((one) => one.innerText);
  return { page, screen, before, choices: [...new Set(ways.map(read))], text: main.innerText, running: running.join("\n"), title: document.title };
}
