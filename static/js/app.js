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
