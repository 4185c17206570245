// Writing a proposal: a better word in one tap, and Ctrl+Enter to send. Nothing here is needed: the page works without it.
(() => {
  "use strict";
  const doc = document;
  const offer = () => {
    for (const button of doc.querySelectorAll("[data-put]")) {
      button.hidden = !doc.getElementById(button.dataset.in);
      button.closest("li").querySelector("[data-instead]").hidden = !button.hidden;
    }
  };
  // Where a word stands as a word: "u" is not the one in "uur".
  const letter = /[\p{L}\p{N}]/u;
  const place = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      if (!letter.test(text[at - 1] || "") && !letter.test(text[at + word.length] || "")) return at;
    return -1;
  };
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-put]");
    if (!button) return;
    const { put, over, in: id } = button.dataset;
    const field = doc.getElementById(id);
    const at = place(field.value, over);
    if (at < 0) return;
    field.setRangeText(put, at, at + over.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  addEventListener("keydown", (event) => {
    const form = doc.getElementById("visit");
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form) return;
    event.preventDefault();
    const send = doc.createElement("button");
    send.name = "do";
    send.value = "send";
    send.hidden = true;
    form.append(send);
    form.requestSubmit(send);
    send.remove();
  });
  doc.addEventListener("htmx:after:swap", offer);
  offer();
})();
