// What is asked of each page of a child in pictures: `(own).name()` gives what is wrong, or what there is.
({
  shown: (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[aria-hidden=true]"),

  // Controls without a picture in them, where somebody who does not read must choose.
  bare(controls) {
    const drawn = (part) => part.getBoundingClientRect().width >= 18;
    return [...document.querySelectorAll(`:is(main, .tabs, .top) :is(${controls})`)]
      .filter((one) => this.shown(one) && !one.closest("footer, .skip"))
      .filter((one) => ![...one.querySelectorAll("img, svg, .face, canvas, .ink, .dot")].some(drawn))
      .map((one) => one.outerHTML.slice(0, 200));
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
    const parts = [...one.querySelectorAll("[alt], [aria-label]")];
    const said = parts.map((part) => part.alt || part.getAttribute("aria-label")).join(" ");
    const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
    const name = one.getAttribute("aria-label") || label || one.innerText || said || "";
    return name.replace(/\s+/g, " ").trim();
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
