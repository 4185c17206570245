// Arrow keys go from card to card; Enter opens, for each card is a link. Tab works as everywhere.
(() => {
  "use strict";
  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const cards = [...document.querySelectorAll("[data-cards] a.card")];
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !cards.length) return;
    const at = cards.indexOf(target);
    // Outside the cards the arrows stay the reader's own, but for the first step from the top of the page.
    if (at < 0 && !(key === "ArrowDown" && target === document.body)) return;
    const to = key === "Home" ? 0 : key === "End" ? cards.length - 1 : key in STEPS ? at + STEPS[key] : -1;
    if (!cards[to]) return;
    event.preventDefault();
    cards[to].focus();
  });
})();
