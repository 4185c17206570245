// Drawing on a sheet in a form: by finger, mouse or pen, or with stamps by buttons and keys. What is drawn goes as the form's own file, as any
// photo. Without this script nothing of it shows, and a drawing on paper can be photographed.
(() => {
  "use strict";
  const doc = document;
  const [WIDE, HIGH, PAPER, NAME] = [1200, 900, "#FFFCF6", "tekening.png"];
  const [STEP, GRID] = [60, 24];

  const start = (box) => {
    const canvas = box.querySelector("canvas");
    const brush = canvas.getContext("2d");
    const form = box.closest("form");
    const field = form.querySelector(`[type=file][name="${box.dataset.draw}"]`);
    const live = box.querySelector("[role=status]");
    const tools = (name) => [...box.querySelectorAll(`[data-${name}]`)];
    const said = (name, value) => live.dataset[name].replace("%", value);
    let [done, undone, held, pen] = [[], [], null, null];
    let [mine, sent] = [false, false];
    [canvas.width, canvas.height] = [WIDE, HIGH];

    // ---- what stands on the sheet: each thing by itself, so that each can be taken back
    const line = ({ colour, width, points }, from = 0) => {
      brush.strokeStyle = brush.fillStyle = colour;
      brush.lineWidth = width;
      brush.lineCap = brush.lineJoin = "round";
      brush.beginPath();
      if (points.length === 1) {
        brush.arc(...points[0], width / 2, 0, 2 * Math.PI);
        return brush.fill();
      }
      const middle = (at) => [0, 1].map((way) => (points[at][way] + points[at + 1][way]) / 2);
      brush.moveTo(...(from ? middle(from - 1) : points[0]));
      for (let at = Math.max(from, 1); at < points.length - 1; at++) brush.quadraticCurveTo(...points[at], ...middle(at));
      if (!pen) brush.lineTo(...points[points.length - 1]);
      brush.stroke();
    };
    const stamp = ({ colour, path, x, y, size }) => {
      brush.save();
      brush.translate(x - size / 2, y - size / 2);
      brush.scale(size / GRID, size / GRID);
      [brush.strokeStyle, brush.fillStyle, brush.lineWidth, brush.lineCap, brush.lineJoin] = [colour, `${colour}33`, 1.6, "round", "round"];
      const shape = new Path2D(path);
      brush.fill(shape);
      brush.stroke(shape);
      brush.restore();
    };
    const paint = (one) => {
      if (one.points) line(one);
      else if (one.path) stamp(one);
      else if (one.picture) brush.drawImage(one.picture, 0, 0, WIDE, HIGH);
    };
    const now = () => done.slice(done.map((one) => !!one.empty).lastIndexOf(true) + 1);
    const show = () => {
      brush.fillStyle = PAPER;
      brush.fillRect(0, 0, WIDE, HIGH);
      now().forEach(paint);
      if (held) {
        stamp(held);
        brush.save();
        brush.setLineDash([14, 12]);
        [brush.lineWidth, brush.strokeStyle] = [4, "#2B1A12"];
        brush.strokeRect(held.x - held.size / 2 - 14, held.y - held.size / 2 - 14, held.size + 28, held.size + 28);
        brush.restore();
      }
      for (const [name, off] of [["undo", !done.length], ["redo", !undone.length], ["empty", !now().length], ["held", !held]])
        for (const one of tools(name)) one.ariaDisabled = String(off);
    };
    const tell = (text) => (live.textContent = text);
    const count = () => tell(now().length ? (now().length === 1 ? said("one") : said("more", now().length)) : said("none"));
    const add = (one) => {
      if (!mine && field.files.length) field.value = "";
      [mine, sent, undone] = [true, false, []];
      done.push(one);
      show();
      count();
    };

    // ---- tools
    const colourOf = (button) => {
      const parts = getComputedStyle(button).color.match(/\d+/g).slice(0, 3);
      return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
    };
    const chosen = (name) => tools(name).find((one) => one.ariaPressed === "true");
    const choose = (name, button) => {
      for (const one of tools(name)) one.ariaPressed = String(one === button);
      if (held && name === "colour") held.colour = ink();
      show();
    };
    const rubs = () => chosen("colour").dataset.colour === "rub";
    const ink = () => (rubs() ? PAPER : colourOf(chosen("colour")));
    const hold = (button) => {
      if (rubs()) choose("colour", tools("colour")[0]);
      held = { colour: ink(), path: button.querySelector("path").getAttribute("d"), x: WIDE / 2, y: HIGH / 2, size: 300 };
      show();
      tell(said("held", button.getAttribute("aria-label")));
    };
    const put = () => {
      if (!held) return;
      const one = held;
      held = null;
      add(one);
    };
    const inside = (value, most) => Math.min(most, Math.max(0, value));
    const move = (right, down) => {
      if (!held) return;
      [held.x, held.y] = [inside(held.x + right * STEP, WIDE), inside(held.y + down * STEP, HIGH)];
      show();
      tell(tools("way").find(({ dataset }) => WAYS[dataset.way][0] === right && WAYS[dataset.way][1] === down).ariaLabel);
    };
    const grow = (times) => {
      if (held) held.size = Math.min(HIGH, Math.max(80, held.size * times));
      show();
    };
    const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
    const ACTS = {
      undo: () => done.length && undone.push(done.pop()),
      redo: () => undone.length && done.push(undone.pop()),
      empty: () => now().length && add({ empty: true }),
    };
    const act = (name) => {
      held = null;
      ACTS[name]();
      [mine, sent] = [true, false];
      show();
      count();
    };
    box.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      const { colour, size, shape, way, grows, put: puts } = button.dataset;
      if (colour) choose("colour", button);
      else if (size) choose("size", button);
      else if (shape) hold(button);
      else if (way) move(...WAYS[way]);
      else if (grows) grow(Number(grows));
      else if (puts !== undefined) put();
      else for (const name of Object.keys(ACTS)) if (name in button.dataset) act(name);
    });
    const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
    canvas.addEventListener("keydown", (event) => {
      const { key } = event;
      if ((event.ctrlKey || event.metaKey) && key === "z") act("undo");
      else if (held && KEYS[key]) move(...WAYS[KEYS[key]]);
      else if (held && "+-=".includes(key)) grow(key === "-" ? 0.8 : 1.25);
      else if (held && (key === "Enter" || key === " ")) put();
      else return;
      event.preventDefault();
    });

    // ---- finger, mouse, pen
    const at = (event) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((event.clientX - left) * WIDE) / width, ((event.clientY - top) * HIGH) / height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (pen || event.button) return;
      canvas.setPointerCapture(event.pointerId);
      if (held) {
        [held.x, held.y] = at(event);
        pen = { id: event.pointerId };
        return show();
      }
      pen = { id: event.pointerId, line: { colour: ink(), width: Number(chosen("size").dataset.size) * (rubs() ? 2 : 1), points: [at(event)] } };
      line(pen.line);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!pen || pen.id !== event.pointerId) return;
      if (!pen.line) {
        [held.x, held.y] = at(event);
        return show();
      }
      const from = pen.line.points.length - 1;
      const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const one of all.length ? all : [event]) pen.line.points.push(at(one));
      line(pen.line, from);
    });
    const lift = (event) => {
      if (!pen || pen.id !== event.pointerId) return;
      const drawn = pen.line;
      pen = null;
      if (drawn) add(drawn);
      else put();
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);

    // ---- into the form
    const file = () => {
      const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), (sign) => sign.charCodeAt(0));
      return new File([bytes], NAME, { type: "image/png" });
    };
    field.addEventListener("change", () => (mine = false));
    addEventListener("submit", (event) => {
      if (event.target !== form || !box.isConnected) return;
      put();
      if (!mine) return;
      const files = new DataTransfer();
      if (now().length) files.items.add(file());
      field.files = files.files;
      sent = true;
    }, true);
    addEventListener("beforeunload", (event) => {
      if (box.isConnected && mine && !sent && now().length && !doc.documentElement.dataset.left) event.preventDefault();
    });
    // A form that came back holds what was drawn.
    const before = [...field.files].find((one) => one.name === NAME);
    if (before) createImageBitmap(before).then((picture) => add({ picture }));
    box.hidden = false;
    show();
    count();
  };

  const look = () => {
    for (const box of doc.querySelectorAll("[data-draw][hidden]")) start(box);
  };
  doc.addEventListener("again", look);
  look();
})();
