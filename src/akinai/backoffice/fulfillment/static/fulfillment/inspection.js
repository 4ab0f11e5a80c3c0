// Inspection: scans are sent one after the other, so that none is lost when goods come faster than answers. Sound by
// WebAudio. Without this script the page is a plain form with its field in focus.
(() => {
  "use strict";
  const root = () => document.getElementById("inspection");
  if (!root()) return;
  const queue = [];
  let busy = false, audio = null;

  // -- sound -----------------------------------------------------------------------------------------------------------
  const tunes = { good: [[1320, 0.08]], done: [[1320, 0.08], [1760, 0.16]], bad: [[196, 0.28], [156, 0.4]] };
  const silent = () => localStorage.getItem("akinai-inspection-silent") === "1";
  function play(name) {
    if (!tunes[name] || silent() || !window.AudioContext) return;
    audio ||= new AudioContext();
    if (audio.state === "suspended") audio.resume();
    let at = audio.currentTime;
    tunes[name].forEach(([pitch, length]) => {
      const voice = audio.createOscillator(), level = audio.createGain();
      voice.type = name === "bad" ? "square" : "sine";
      voice.frequency.value = pitch;
      level.gain.setValueAtTime(0.25, at);
      level.gain.exponentialRampToValueAtTime(0.001, at + length);
      voice.connect(level).connect(audio.destination);
      voice.start(at);
      voice.stop(at + length);
      at += length;
    });
  }
  function tellSound() {
    const button = document.querySelector("[data-sound-switch]");
    if (!button) return;
    button.hidden = false;
    button.querySelector("span").textContent = silent() ? button.dataset.off : button.dataset.on;
    button.setAttribute("aria-pressed", String(!silent()));
  }

  // -- sending -----------------------------------------------------------------------------------------------------------
  const inspection = (text) => new DOMParser().parseFromString(text, "text/html").getElementById("inspection");
  function show(box) {
    const typed = document.querySelector("#inspection [data-scan-field]")?.value || "";
    root().replaceWith(box);
    arm();
    const field = document.querySelector("#inspection [data-scan-field]");
    // whatever waits in the queue was taken out of the field already: what stands there is the beginning of the next scan
    if (field) { field.value = typed; field.focus(); }
    play(box.dataset.sound);
  }
  async function send(url, body) {
    const answer = await fetch(url, {
      method: "POST", body, headers: { "X-Inspection": "1" }, credentials: "same-origin", redirect: "follow",
    });
    const go = answer.headers.get("X-Go");
    if (go) { await open(go); return; }
    const box = inspection(await answer.text());
    if (box) show(box); else window.location.reload();
  }
  // The next box comes into this page: while a browser changes pages, a scan would fall between them.
  async function open(url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    const text = await answer.text(), box = inspection(text);
    if (!answer.ok || !box) { window.location.assign(url); return; }
    window.history.pushState({}, "", answer.url);
    document.title = new DOMParser().parseFromString(text, "text/html").title;
    show(box);
  }
  window.addEventListener("popstate", () => window.location.reload());
  async function work() {
    if (busy) return;
    busy = true;
    while (queue.length) {
      const { form, fields } = queue.shift();
      const to = form || document.querySelector("#inspection form.ak-scanbox");
      if (!to) continue;
      const body = new FormData(to);
      Object.entries(fields).forEach(([name, value]) => body.set(name, value));
      try {
        await send(to.action, body);
      } catch {
        queue.length = 0;
        window.akinai?.toast(document.getElementById("ak-words")?.dataset.network || "");
        play("bad");
      }
    }
    busy = false;
  }
  // A scan belongs to the box on the screen when its turn comes: the slip before it may have changed that.
  function ask(form, fields) {
    queue.push({ form, fields });
    const field = document.querySelector("#inspection [data-scan-field]");
    if (field) field.value = "";
    work();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-inspection]")) return;
    event.preventDefault();
    event.stopPropagation();
    const field = form.querySelector("[data-scan-field]");
    const taking = event.submitter?.name === "take_over";
    if (taking) { ask(null, { take_over: "1", code: form.elements.kept?.value || "" }); return; }
    if (field && !field.value.trim()) {
      // an empty Enter means the button on the screen: the next box
      document.querySelector("#inspection [data-key=Enter]")?.click();
      return;
    }
    if (field) ask(null, { code: field.value }); else ask(form, {});
  }, true);
  // a scan while the cursor is elsewhere
  document.addEventListener("akinai:scan", (event) => {
    ask(null, { code: event.detail.code });
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("#inspection [data-scan-field]");
    if (!field || event.ctrlKey || event.altKey || event.metaKey) return;
    // in the empty field the keys of the page work as well
    if ((event.key === "Backspace" && !field.value) || event.key === "F2" || event.key === "Escape") {
      const target = document.querySelector(`#inspection [data-key="${event.key}"]`);
      if (target) { event.preventDefault(); event.stopPropagation(); target.click(); }
    }
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-sound-switch]")) return;
    localStorage.setItem("akinai-inspection-silent", silent() ? "0" : "1");
    tellSound();
    if (!silent()) play("good");
  });
  function arm() {
    tellSound();
    const menu = document.querySelector("#inspection [data-count]");
    menu?.addEventListener("toggle", () => { if (menu.open) { const f = menu.querySelector("[name=counted]"); f.focus(); f.select(); } });
  }
  arm();
  play(root().dataset.sound);
})();
