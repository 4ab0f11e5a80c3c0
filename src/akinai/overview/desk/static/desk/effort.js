// What work costs, as the browser test counts it: how many keys a person pressed on a page, and how many words there were
// to read when it opened. Only these two sums leave the page, never which keys; a scanner's burst is no typing.
(() => {
  const FAST = 25;                        // milliseconds between keys; a person does not type like that
  const words = document.getElementById("ak-words"), token = document.querySelector("body[hx-headers]");
  if (!words?.dataset.effort || !token || !navigator.sendBeacon) return;
  const sums = new Map();
  const sum = (path) => sums.get(path) || sums.set(path, { keys: 0, words: 0 }).get(path);
  const here = () => window.location.pathname;

  let last = -1e9;
  document.addEventListener("keydown", (event) => {
    const byMachine = event.timeStamp - last < FAST;
    last = event.timeStamp;
    if (byMachine || event.repeat || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    sum(here()).keys += 1;
  }, true);

  const segmenter = window.Intl?.Segmenter && new Intl.Segmenter("ja", { granularity: "word" });
  const read = (path, part) => {
    if (!segmenter) return;
    let found = 0;
    for (const piece of segmenter.segment(part.innerText || "")) found += piece.isWordLike ? 1 : 0;
    sum(path).words += found;
  };
  window.addEventListener("load", () => setTimeout(() => read(here(), document.body), 600));
  document.addEventListener("htmx:afterSettle", (event) => {
    const path = event.detail.pathInfo?.requestPath?.split("?")[0] || "";
    if (path.endsWith("/preview/")) read(path, event.detail.target);
  });

  const send = () => {
    if (!sums.size) return;
    const form = new FormData();
    form.append("csrfmiddlewaretoken", JSON.parse(token.getAttribute("hx-headers"))["X-CSRFToken"]);
    for (const [path, one] of sums) {
      form.append("path", path); form.append("keys", one.keys); form.append("words", one.words);
    }
    if (navigator.sendBeacon(words.dataset.effort, form)) sums.clear();
  };
  window.addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
})();
