// One live stream for all tabs of this browser: the tab that holds the lock listens to the server and tells the others.
//
// On document.body it dispatches `akinai:event` (detail: id, name, subject, at, actor) and, of the subject `order:12`,
// `akinai:order` and `akinai:order-12`, so that htmx can say  hx-trigger="akinai:order from:body throttle:2s".
// `akinai:resync` means: too much happened, load again what you show.
(() => {
  "use strict";
  if (!window.EventSource || !document.body || window.akinaiStream) return;
  window.akinaiStream = true;

  const address = document.body.dataset.stream || "/events/stream";
  const channel = window.BroadcastChannel ? new BroadcastChannel("akinai-events") : null;
  const seen = new Set();
  let last = "";

  const dispatch = (name, detail) => document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

  const tell = (event) => {
    if (event.id) {
      if (seen.has(event.id)) return;
      seen.add(event.id);
      if (seen.size > 2000) seen.delete(seen.values().next().value);
      last = String(Math.max(Number(last) || 0, event.id));
    }
    if (event.resync) {
      dispatch("akinai:resync", {});
      return;
    }
    const kind = event.subject.split(":", 1)[0];
    dispatch("akinai:event", event);
    dispatch(`akinai:${kind}`, event);
    dispatch(`akinai:${event.subject.replace(/:/g, "-")}`, event);
  };

  const pass = (event) => {
    tell(event);
    if (channel) channel.postMessage(event);
  };

  // The browser reconnects by itself, with Last-Event-ID; only after a refusal (signed out, 503) it gives up.
  const listen = () => {
    const source = new EventSource(last ? `${address}?last=${last}` : address);
    source.onmessage = (message) => pass(JSON.parse(message.data));
    source.addEventListener("resync", () => pass({ resync: true }));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) window.setTimeout(listen, 30000);
    };
  };

  if (channel) channel.onmessage = (message) => tell(message.data);
  if (channel && navigator.locks) {
    // Held until the tab is closed; then the next tab in line listens
    navigator.locks.request("akinai-events", () => new Promise(() => listen()));
  } else {
    listen();
  }
})();
