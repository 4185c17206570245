// Sending a photo, a voice note or a film: how far it is, a way to stop, and less to send where the browser can make it smaller. Nothing here is needed: the form works without it.
(() => {
  "use strict";
  const doc = document;
  const at = (id) => doc.getElementById(id);
  // The server keeps no longer side than this; a picture that would take all memory of a phone goes as it is.
  const LONGEST = 2048;
  const SMALL = 400e3;
  const HEAVY = 16e6;
  const TOO_LARGE = { photo: 32, voice: 80, film: 80 };

  const smaller = async (file) => {
    if (!/^image/.test(file.type) || file.size < SMALL || file.size > HEAVY || !window.createImageBitmap) return file;
    const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
    const canvas = doc.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    drawn.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made && made.size < file.size ? made : file;
  };

  // The answer to a form that is not right yet: the same page again. The file stays chosen, unless it was the fault.
  const again = (text, input) => {
    const next = new DOMParser().parseFromString(text, "text/html").getElementById("main");
    if (!next) return false;
    at("main").replaceChildren(...next.childNodes);
    const field = at(input.name);
    if (field && !field.hasAttribute("aria-invalid")) field.replaceWith(input);
    const first = doc.querySelector("[data-focus]");
    if (first) first.focus();
    doc.dispatchEvent(new Event("again"));
    return true;
  };

  const send = async (form, input) => {
    const box = at("sending");
    const [bar, words, stop] = [box.querySelector("progress"), at("sent"), box.querySelector("button")];
    let told = "";
    const tell = (text) => {
      if (text !== told) words.textContent = told = text;
    };
    const fail = (text) => {
      bar.hidden = stop.hidden = true;
      delete form.dataset.busy;
      tell(text);
    };
    // What was wrong with the file before is not said of this one.
    const wrong = at(`${input.name}-error`);
    if (wrong) wrong.remove();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    input.closest(".field").classList.remove("wrong");
    box.hidden = bar.hidden = stop.hidden = false;
    bar.value = 0;
    const far = (part) => {
      bar.value = part;
      // Read aloud four times, not a hundred.
      tell(box.dataset.sending.replace("%", Math.floor(part / 25) * 25));
    };
    far(0);
    box.scrollIntoView({ block: "nearest" });
    const body = new FormData(form);
    const file = await smaller(input.files[0]).catch(() => input.files[0]);
    if (file.size > TOO_LARGE[input.name] * 1048576) return fail(box.dataset.large);
    body.set(input.name, file, input.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) far((100 * event.loaded) / event.total);
    });
    request.upload.addEventListener("load", () => tell(box.dataset.drawing));
    request.addEventListener("error", () => fail(doc.body.dataset.offline));
    request.addEventListener("abort", () => fail(box.dataset.stopped));
    request.addEventListener("load", () => {
      const onward = request.getResponseHeader("HX-Redirect");
      if (onward) location.assign(onward);
      else if (request.status >= 500) fail(doc.body.dataset.broken);
      else if (request.status !== 422 || !again(request.responseText, input)) {
        // A whole page, such as the question for the key: it needs the words, and no file.
        input.value = "";
        form.submit();
      }
    });
    stop.onclick = () => request.abort();
    request.send(body);
  };

  doc.addEventListener("submit", (event) => {
    const form = event.target;
    const input = form.id === "send-file" && form.querySelector("[type=file]");
    if (!input || !input.files.length || event.defaultPrevented) return;
    event.preventDefault();
    send(form, input);
  });
})();
