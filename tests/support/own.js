// What is asked of each page of a child in pictures: `(own).name()` gives what is wrong, or what there is.
({
  shown: (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[aria-hidden=true]"),

  // Controls without a picture in them, where somebody who does not read must choose; a fold holds what is written.
  bare(controls) {
    const drawn = (part) => part.getBoundingClientRect().width >= 18;
    return [...document.querySelectorAll(`:is(main, .tabs, .top) :is(${controls})`)]
      .filter((one) => this.shown(one) && !one.closest("footer, .skip") && !one.matches(".field label, .fold > summary"))
      .filter((one) => ![...one.querySelectorAll("img, svg, .face, canvas, .ink, .dot")].some(drawn))
      .map((one) => one.outerHTML.slice(0, 200));
  },

  // Controls of the page smaller than a tile is: 72 px (design: product, Child's page). Reading aloud has a button that
  // is round, and of the tabs five stand beside each other.
  small: (controls) =>
    [...document.querySelectorAll(`main :is(${controls})`)]
      .filter((one) => one.checkVisibility() && !one.closest("footer") && !one.matches(".field label, [data-aloud]"))
      .map((one) => [one.getBoundingClientRect(), one])
      .filter(([box]) => Math.min(box.width, box.height) < 71.5)
      .map(([box, one]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${one.outerHTML.slice(0, 160)}`),

  // Words that stand on two lines, on tiles without somebody's face.
  broken(tiles) {
    const found = [];
    for (const one of document.querySelectorAll(`${tiles}:not(:has(.face)) .own-word`)) {
      const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const word of node.data.matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
        }
    }
    return found;
  },

  // What must be typed before anything happens.
  typed: () => [...document.querySelectorAll("main :is(input, textarea):required")].map((one) => one.outerHTML),

  // Where the pictures stand that are on every page.
  places: () =>
    [...document.querySelectorAll(".tabs a, .leave button, .top [data-aloud]")].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(" ");
    }),

  // What a screen reader calls a control: from the parts that name it, as far as our pages use them.
  called(one) {
    const whole = (one.labels && one.labels[0]) || one;
    const words = [];
    const walk = (part) => {
      if (part.nodeType === 3) words.push(part.data);
      else if (part.nodeType === 1 && part.getAttribute("aria-hidden") !== "true" && part.checkVisibility()) {
        words.push(part.alt || part.getAttribute("aria-label") || "");
        part.childNodes.forEach(walk);
      }
    };
    whole.childNodes.forEach(walk);
    const name = one.getAttribute("aria-label") || words.join(" ");
    return name.replace(/\s+/g, " ").trim();
  },

  // The names of all that can be touched in the page.
  names(controls) {
    const all = [...document.querySelectorAll(`main :is(${controls}):not([data-aloud])`)];
    return all.filter(this.shown).map((one) => this.called(one));
  },

  // Headings, landmarks, names and their order, as a screen reader meets them.
  heard() {
    const wrong = [];
    const all = (which) => [...document.querySelectorAll(which)].filter(this.shown);
    const heads = all("h1, h2, h3, h4").map((one) => Number(one.tagName[1]));
    if (heads[0] !== 1 || heads.indexOf(1, 1) > 0) wrong.push(`headings ${heads}`);
    if (heads.some((level, at) => at && level > heads[at - 1] + 1)) wrong.push(`a heading is skipped: ${heads}`);
    for (const part of ["main", "header", "main [role=status]"])
      if (!document.querySelector(part)) wrong.push(`no ${part}`);
    const controls = all("a[href], button, input:not([type=hidden]), textarea, summary");
    const names = new Map();
    for (const one of controls) {
      const said = this.called(one);
      const leads = one.href || (one.form && `${one.form.action} ${one.value}`) || one.id;
      if (!said) wrong.push(`no name: ${one.outerHTML.slice(0, 160)}`);
      else if (one.matches("main *") && names.has(said) && names.get(said) !== leads) wrong.push(`two are called: ${said}`);
      names.set(said, leads);
    }
    const out = controls.findIndex((one) => one.closest(".leave"));
    const first = controls.findIndex((one) => one.matches("main *"));
    if (out < 0 || (first >= 0 && out > first)) wrong.push("Snel weg comes after the page");
    return wrong;
  },

  // Everything that one switch must come to. Of a group of radios Tab comes to one, so a choice is made of buttons.
  wanted() {
    const all = document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), textarea, select, summary, audio[controls], video[controls], [tabindex='0']",
    );
    window.toReach = [...all].filter(this.shown);
    return window.toReach.map((one) => one.outerHTML.slice(0, 160));
  },
  now: () => window.toReach.indexOf(document.activeElement),
})
