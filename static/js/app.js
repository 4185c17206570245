// Small helpers. Nothing here is needed: every page works without it. Texts come from data- attributes of <body>.
(() => {
  "use strict";
  const doc = document;
  const root = doc.documentElement;
  const said = (name) => doc.body.dataset[name] || "";

  // Snel weg: first something that covers the screen, then leave. Three quick presses of Shift do the same.
  const leave = () => {
    const form = doc.querySelector("form[data-leave]");
    if (!form || root.dataset.left) return;
    root.dataset.left = "1";
    const cover = doc.createElement("div");
    cover.className = "cover";
    root.append(cover);
    doc.body.hidden = true;
    if (window.speechSynthesis) speechSynthesis.cancel();
    for (const sound of doc.querySelectorAll("audio,video")) sound.pause();
    doc.title = "\u200b";
    const next = form.dataset.next;
    const gone = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
    if (next) location.replace(next);
    else gone.then((answer) => location.replace(answer.url), () => location.replace("/"));
  };
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) {
      presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
      if (presses.length > 2) leave();
    }
  });

  // One polite live region. Loud = also shown.
  const say = (text, loud) => {
    const live = doc.getElementById("live");
    if (!live || !text) return;
    live.textContent = "";
    live.classList.toggle("said", !!loud);
    setTimeout(() => (live.textContent = text), 60);
  };

  // A form goes once: a second tap while it is on its way does nothing.
  const formOf = (element) => element && (element.form || element.closest("form"));
  const free = (form) => form && delete form.dataset.busy;
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    const form = formOf(button);
    if (form && form.dataset.busy && button.type === "submit") stop(event);
  }, true);
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.leave !== undefined) {
      stop(event);
      leave();
    } else if (form.dataset.busy) stop(event);
    else if (!navigator.onLine) {
      stop(event);
      say(said("offline"), true);
    } else if (form.method === "post" && !form.matches("[data-hx-post]")) form.dataset.busy = "1";
  }, true);

  // htmx: see docs/style.md, "four patterns".
  // What only looks along while somebody writes (data-aside) holds nothing up and says nothing of itself.
  const on = (name, act) =>
    doc.addEventListener("htmx:" + name, (event) => {
      const source = event.detail.ctx && event.detail.ctx.sourceElement;
      if (!source || !source.hasAttribute("data-aside")) act(event);
      else if (name === "after:request" && event.detail.ctx.response.status !== 200) event.preventDefault();
    });
  on("before:request", (event) => {
    const form = formOf(event.detail.ctx.sourceElement);
    if (form) form.dataset.busy = "1";
  });
  on("finally:request", (event) => free(formOf(event.detail.ctx.sourceElement)));
  // A refusal, or a whole page where a part was asked: ask once more without htmx, so that the whole page shows.
  on("after:request", (event) => {
    const { ctx } = event.detail;
    const { status } = ctx.response;
    const whole = /^\s*<!doctype/i.test(ctx.text) && !ctx.select;
    if (!whole && (status < 400 || status === 422)) return;
    event.preventDefault();
    const source = ctx.sourceElement;
    const form = formOf(source);
    if (status >= 500) say(ctx.response.headers.get("X-Say") ? ctx.text : said("broken"), true);
    else if (!form) location.assign(source.href || location.href);
    else {
      if (source.hasAttribute("formaction")) form.action = source.formAction;
      form.submit();
    }
  });
  on("error", (event) => {
    if (event.detail.ctx && !event.detail.ctx.response) say(said("offline"), true);
  });
  on("after:swap", (event) => {
    const { ctx } = event.detail;
    const id = ctx.target && ctx.target.id;
    const part = (id && doc.getElementById(id)) || ctx.target;
    if (!part || !part.isConnected) return;
    const words = part.matches("[data-say]") ? part : part.querySelector("[data-say]");
    if (words) say(words.textContent.trim());
    const head = part.querySelector("[data-focus]") || part.querySelector("h1,h2,h3");
    if (head) {
      if (!head.hasAttribute("tabindex")) head.tabIndex = -1;
      head.focus();
    }
    offer(part);
  });

  // Copy and share, where the browser can.
  const offer = (part) => {
    for (const button of part.querySelectorAll("[data-copy],[data-share]"))
      button.hidden = !(button.dataset.copy ? navigator.clipboard : navigator.share);
  };
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy],[data-share]");
    if (!button) return;
    const { copy, share, done, text } = button.dataset;
    if (copy) navigator.clipboard.writeText(copy).then(() => say(done, true));
    else navigator.share(text ? { url: share, text } : { url: share }).catch(() => {});
  });

  // A browser shows the line of a text that is typed in, not the whole field.
  addEventListener("focusin", ({ target }) => target.matches("textarea") && target.scrollIntoView({ block: "nearest" }));

  // The phone is given away, or back: a page in another tab hides, and is asked anew.
  const tabs = window.BroadcastChannel && new BroadcastChannel("onsplan");
  if (tabs) {
    tabs.onmessage = () => {
      doc.body.hidden = true;
      setTimeout(() => location.reload(), 2000);
      doc.addEventListener("visibilitychange", () => location.reload());
    };
    addEventListener("submit", (event) => event.target.querySelector("[data-others]") && tabs.postMessage(""));
  }

  // The page scrolls inside its frame: keep the place for Back. A page from the browser's memory is asked again, so that nothing stale shows.
  const main = doc.getElementById("main");
  const y = history.state && history.state.y;
  if (main && y && !location.hash) main.scrollTop = y;
  addEventListener("pagehide", () => {
    if (main && main.scrollTop && !root.dataset.left) history.replaceState({ y: main.scrollTop }, "");
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      doc.body.hidden = true;
      location.reload();
    }
    for (const form of doc.querySelectorAll("form[data-busy]")) free(form);
  });
  offer(doc);
  const happened = doc.querySelector(".notice[data-say]");
  if (happened) say(happened.textContent.trim());
  const first = doc.querySelector(".errors,.both h2");
  if (first) first.focus();
})();

// "Lees voor": the family's own recordings, and the phone's own voice. A text is read in its own language or not at all, by a voice
// that lives on this phone: another would send the words away. Without one there is no button. See docs/style.md, "Read aloud".
// It stands here and not in a file of its own, for a first visit has no request to spare.
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
    const plays = (node) => found.push({ at: node.closest(BLOCKS), sound: node });
    const walk = (node) => {
      if (node.nodeType === 3) return add(node.parentElement.closest(BLOCKS), node.parentElement, node.data);
      if (node.nodeType !== 1 || node.matches(NEVER) || (!every && node.matches(WAYS)) || !seen(node)) return;
      // A recording is how the family says it: first that, then what stands there.
      if (node.matches("[data-voiced]")) for (const sound of node.querySelectorAll("audio")) if (seen(sound)) plays(sound);
      if (node.matches("audio")) node.closest("[data-voiced]") || plays(node);
      else if (node.matches(NAMED)) add(node, node, node.getAttribute("aria-label"));
      else if (node.matches("img")) add(node.closest(BLOCKS), node, node.alt);
      else node.childNodes.forEach(walk);
    };
    walk(part);
    return found.filter((one) => one.sound || voiceOf(one.lang));
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
  const show = (button, reads) => {
    button.ariaPressed = String(reads);
    if (button.matches(".round")) button.classList.toggle("line", !reads);
  };
  const stop = () => {
    if (!now) return;
    const { button, sound } = now;
    now = null;
    if (sound) sound.pause();
    speech && speech.cancel();
    show(button, false);
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
    show(button, true);
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
