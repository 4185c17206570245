// Recording a voice note or a film in the page: start, stop, how loud and how long, and listen before it is sent. Nothing here is needed: the field takes a file without it.
(() => {
  "use strict";
  const doc = document;
  const TYPES = {
    voice: ["audio/mp4", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/webm"],
    film: ["video/mp4", "video/webm;codecs=vp8,opus", "video/webm"],
  };
  const ASKED = {
    voice: { audio: { echoCancellation: true, noiseSuppression: true } },
    film: { audio: true, video: { facingMode: "environment", width: { ideal: 640 }, frameRate: { ideal: 25, max: 30 } } },
  };
  const RATES = { voice: { audioBitsPerSecond: 48e3 }, film: { videoBitsPerSecond: 1.2e6, audioBitsPerSecond: 64e3 } };

  const type = (sort) => TYPES[sort].find((one) => MediaRecorder.isTypeSupported(one)) || "";

  // How loud it is, from 0 to 1; a sign that the microphone hears somebody.
  const loudness = (stream) => {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound) return { level: () => 0, end: () => {} };
    const context = new Sound();
    const ear = context.createAnalyser();
    const heard = new Uint8Array(ear.fftSize);
    context.createMediaStreamSource(stream).connect(ear);
    return {
      level: () => {
        ear.getByteTimeDomainData(heard);
        return Math.min(1, (heard.reduce((most, one) => Math.max(most, Math.abs(one - 128)), 0) / 128) * 1.5);
      },
      end: () => context.close(),
    };
  };

  const begin = async (box, input) => {
    const sort = box.dataset.record;
    const [start, stop] = [box.querySelector("[data-start]"), box.querySelector("[data-stop]")];
    const [meter, said] = [box.querySelector("meter"), box.querySelector("[data-said]")];
    const save = input.form.querySelector(":scope > [type=submit]") || {};
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia(ASKED[sort]);
    } catch (_refused) {
      said.textContent = box.dataset.refused;
      return;
    }
    const old = box.querySelector("audio, video");
    if (old) {
      URL.revokeObjectURL(old.src);
      old.remove();
    }
    const sees = doc.createElement(sort === "film" ? "video" : "audio");
    sees.className = sort === "film" ? "plays photo large" : "plays";
    if (sort === "film") {
      sees.muted = sees.playsInline = true;
      sees.srcObject = stream;
      box.prepend(sees);
      sees.play().catch(() => {});
    }
    const pieces = [];
    const ear = loudness(stream);
    const recorder = new MediaRecorder(stream, { mimeType: type(sort), ...RATES[sort] });
    const until = Date.now() + 1000 * box.dataset.most;
    let told = "";
    const tell = setInterval(() => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      // Read aloud now and then, not every second; shown every second beside it.
      const spoken = left % 10 && left > 5 ? told : box.dataset.left.replace("%", left);
      if (spoken !== told) said.textContent = told = spoken;
      meter.value = ear.level();
      if (!left && recorder.state !== "inactive") recorder.stop();
    }, 150);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(tell);
      ear.end();
      stream.getTracks().forEach((track) => track.stop());
      const file = new File(pieces, sort, { type: recorder.mimeType.split(";")[0] });
      const chosen = new DataTransfer();
      chosen.items.add(file);
      input.files = chosen.files;
      sees.srcObject = null;
      sees.src = URL.createObjectURL(file);
      sees.muted = false;
      sees.controls = true;
      box.prepend(sees);
      start.hidden = save.hidden = false;
      stop.hidden = meter.hidden = true;
      said.textContent = box.dataset.ready;
      start.focus();
    });
    stop.onclick = () => recorder.state !== "inactive" && recorder.stop();
    start.hidden = save.hidden = true;
    stop.hidden = meter.hidden = false;
    recorder.start(1000);
    stop.focus();
  };

  const ready = () => {
    if (!window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return;
    for (const box of doc.querySelectorAll("[data-record]")) {
      if (!box.hidden || !type(box.dataset.record)) continue;
      const input = doc.getElementById(box.dataset.record);
      box.hidden = false;
      box.querySelector("[data-start]").addEventListener("click", () => begin(box, input));
    }
  };
  ready();
  doc.addEventListener("DOMContentLoaded", ready);
  doc.addEventListener("again", ready);
})();
