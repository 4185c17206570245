// "Lees voor": with the family's own recordings, and the phone's own voice. A text is read in its own language or not at all, by a
// voice that lives on this phone: another would send the words away. Without one there is no button. See docs/style.md, "Read aloud".
(() => {
  "use strict";
  const doc = document;
  const speech = window.speechSynthesis;
  const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,td,th,legend,label,summary,figcaption,blockquote,a,button,article,section,div,main,form";
  const NAMED = "a[aria-label],button[aria-label],[role=img][aria-label]";
  const NEVER = "script,style,template,select,textarea,iframe,[aria-hidden=true],[data-aloud],[data-quiet]";
  // Beside what is told, ways to change it are in the way; on a child's page everything speaks.
  const WAYS = "button,nav,form .field,.btn,summary";

  const plain = (tag) => tag.toLowerCase().replace("_", "-");
  const family = (tag) => plain(tag).split("-")[0];
  const voiceOf = (lang) => {
    const fit = speech ? speech.getVoices().filter((one) => one.localService === true && family(one.lang) === family(lang)) : [];
    const of = (tag) => fit.find((one) => plain(one.lang) === tag);
    return (family(lang) === "nl" && of("nl-be")) || of(plain(lang)) || fit.find((one) => one.default) || fit[0];
  };

  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

  // What there is to hear in a part of the page, in its order: { at, lang, text } or { at, sound }.
  const pieces = (part, every) => {
    const found = [];
    const add = (at, element, text) => {
      const words = text.replace(/\s+/g, " ").trim();
      if (!/[\p{L}\p{N}]/u.test(words)) return;
      const { lang } = element.closest("[lang]");
      const last = found[found.length - 1];
      if (last && last.at === at && last.lang === lang && last.text) last.text += ` ${words}`;
      else found.push({ at, lang, text: words });
    };
    const walk = (node) => {
      if (node.nodeType === 3) return add(node.parentElement.closest(BLOCKS), node.parentElement, node.data);
      if (node.nodeType !== 1 || node.matches(NEVER) || (!every && node.matches(WAYS)) || !seen(node)) return;
      if (node.matches("audio")) found.push({ at: node.closest(BLOCKS), sound: node });
      else if (node.matches(NAMED)) add(node, node, node.getAttribute("aria-label"));
      else if (node.matches("img")) add(node.closest(BLOCKS), node, node.alt);
      else node.childNodes.forEach(walk);
    };
    walk(part);
    // A recording is how the family says it: the phone does not say the same thing again.
    const told = found.filter((one) => one.sound).map((one) => one.sound.closest("[data-voiced]"));
    return found.filter((one) => one.sound || (voiceOf(one.lang) && !told.some((of) => of && of.contains(one.at))));
  };
  const partOf = (button) => doc.getElementById(button.dataset.aloud || "main");
  const toHear = (button) => {
    const part = partOf(button);
    return part ? pieces(part, button.dataset.every !== undefined) : [];
  };

  let now = null;
  const mark = (at) => {
    for (const one of doc.querySelectorAll(".spoken")) one.classList.remove("spoken");
    if (!at) return;
    at.classList.add("spoken");
    at.scrollIntoView({ block: "nearest" });
  };
  const stop = () => {
    if (!now) return;
    const { button, sound } = now;
    now = null;
    if (sound) sound.pause();
    speech && speech.cancel();
    button.classList.remove("reading");
    mark();
  };
  const next = () => {
    const mine = now;
    const piece = mine.rest.shift();
    if (!piece || !piece.at.isConnected || doc.documentElement.dataset.left) return stop();
    const onward = () => now === mine && mine.piece === piece && next();
    mine.piece = piece;
    mark(piece.at);
    mine.sound = piece.sound;
    if (piece.sound) {
      piece.sound.currentTime = 0;
      piece.sound.onended = onward;
      return piece.sound.play().catch(onward);
    }
    const said = new SpeechSynthesisUtterance(piece.text);
    said.lang = piece.lang;
    said.voice = voiceOf(piece.lang);
    said.rate = 0.9;
    said.onend = said.onerror = onward;
    // Some browsers forget an utterance that nobody holds, and never tell its end.
    mine.said = said;
    if (said.voice) speech.speak(said);
    else onward();
  };

  // One press reads, one more is quiet again.
  addEventListener("click", ({ target }) => {
    const button = target.closest && target.closest("[data-aloud]");
    const again = now && now.button === button;
    if (button || (now && target.closest && target.closest("a,button"))) stop();
    if (!button || again) return;
    const rest = toHear(button);
    if (!rest.length) return;
    now = { button, rest };
    button.classList.add("reading");
    next();
  }, true);
  addEventListener("keydown", ({ key }) => key === "Escape" && stop());
  addEventListener("submit", stop, true);
  addEventListener("pagehide", stop);
  addEventListener("play", ({ target }) => now && now.sound !== target && stop(), true);
  doc.addEventListener("visibilitychange", () => doc.hidden && stop());

  // Voices come late, and parts of a page are put in place of others.
  const look = () => {
    if (now && now.piece && !now.piece.at.isConnected) stop();
    for (const button of doc.querySelectorAll("[data-aloud]")) button.hidden = !toHear(button).length;
  };
  let asked = 0;
  const soon = () => {
    clearTimeout(asked);
    asked = setTimeout(look, 30);
  };
  if (speech) {
    if (speech.addEventListener) speech.addEventListener("voiceschanged", soon);
    else speech.onvoiceschanged = soon;
    // Not every browser tells that they came.
    for (const wait of [500, 2000]) setTimeout(look, wait);
  }
  const main = doc.getElementById("main");
  if (main) new MutationObserver(soon).observe(main, { childList: true, subtree: true });
  doc.addEventListener("toggle", soon, true);
  look();
})();
