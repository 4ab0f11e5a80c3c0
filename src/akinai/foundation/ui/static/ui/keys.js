// Keys and scanners. A page declares its own keys on buttons and links: data-key="e". The keys of a list are the same everywhere.
// A scanner is a keyboard: a fast burst that ends in Enter becomes the event akinai:scan with the code, and types nothing.
(() => {
  const FAST = 35, SHORTEST = 4;          // milliseconds between keys; a person does not type four keys like that
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const typing = (element) => !!element?.closest?.("input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select, [contenteditable=true]");
  const shown = (element) => !element.disabled && !element.hidden && element.getClientRects().length > 0;

  // -- scanner ---------------------------------------------------------------------------------------------------------
  let burst = "", lastAt = 0, startedIn = null, valueBefore = "";
  function scanned(event) {
    const now = event.timeStamp;
    if (event.key === "Enter") {
      const code = now - lastAt <= FAST * 3 ? burst : "";
      burst = "";
      if (code.length < SHORTEST) return false;
      const field = startedIn;
      // a field that takes scans itself (data-scan-field) keeps what was typed; any other gets back what it held
      if (typing(field) && field.matches("[data-scan-field]")) return false;
      if (typing(field) && !document.querySelector("[data-scan]")) return false;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (typing(field)) field.value = valueBefore;
      const where = $("[data-scan]") || document.body;
      where.dispatchEvent(new CustomEvent("akinai:scan", { bubbles: true, detail: { code } }));
      return true;
    }
    if (event.key.length !== 1) { if (event.key !== "Shift") burst = ""; return false; }
    if (now - lastAt > FAST || !burst) { burst = ""; startedIn = document.activeElement; valueBefore = startedIn?.value ?? ""; }
    burst += event.key;
    lastAt = now;
    return false;
  }
  // a form with data-scan takes the code into its field and sends itself
  document.addEventListener("akinai:scan", (event) => {
    const form = event.target.closest?.("form[data-scan]");
    const field = form && $(`[name="${form.dataset.scan}"]`, form);
    if (!field) return;
    field.value = event.detail.code;
    form.requestSubmit();
  });

  // -- lists -------------------------------------------------------------------------------------------------------------
  const table = () => $("[data-table]");
  const rows = () => all("[data-table] tbody tr[data-row]");
  const cursor = () => $("[data-table] tr.cur");
  function move(step) {
    const list = rows();
    if (!list.length) return false;
    const at = list.indexOf(cursor());
    const next = list[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step, 0), list.length - 1)];
    window.akinai.setCursor(next, true);
    return true;
  }
  function tick() {
    const box = cursor() && $("input[name=id]", cursor());
    if (box) box.click();
    return !!box;
  }
  function open() {
    const row = cursor();
    if (!row || (document.activeElement !== document.body && !row.contains(document.activeElement))) return false;
    if (document.activeElement.matches("button, summary, input")) return false;
    const link = row.dataset.href || $("a[href]", row)?.href;
    if (link) window.location.assign(link);
    return !!link;
  }
  // the page's own key: first inside the open dialog, then in the bulk bar while rows are chosen, then anywhere
  function press(key) {
    const dialog = $("dialog[open]");
    const choosing = document.body.classList.contains("ak-choosing");
    const found = all(`[data-key="${CSS.escape(key)}"]`, dialog || document).filter(shown);
    const target = (choosing && found.find((part) => part.closest("[data-bulk]"))) || (cursor() && found.find((part) => cursor().contains(part)))
      || found.find((part) => !part.closest("tr[data-row]"));
    if (!target) return false;
    if (typing(target)) target.focus(); else target.click();
    return true;
  }
  function escape() {
    const list = table();
    if (list && $("tbody input[name=id]:checked", list)) { window.akinai.clearTicks(list); return true; }
    return press("Escape");
  }
  function help() {
    const here = $("#ak-keys-here"), list = here && $("ul", here);
    if (list) {
      const seen = new Map();
      all("[data-key]").filter(shown).forEach((part) => { if (!seen.has(part.dataset.key)) seen.set(part.dataset.key, part); });
      list.replaceChildren(...[...seen].map(([key, part]) => {
        const item = document.createElement("li"), side = document.createElement("span"), cap = document.createElement("kbd");
        side.className = "k"; cap.textContent = key; side.append(cap);
        const words = part.cloneNode(true);
        all("kbd, svg", words).forEach((noise) => noise.remove());
        item.append(side, part.getAttribute("aria-label") || words.textContent.trim() || part.placeholder || "");
        return item;
      }));
      here.hidden = !seen.size;
    }
    window.akinai.openDialog("ak-keys");
    return true;
  }

  let going = 0, previous = { at: -1e9, alone: true };
  function go(key) {
    const link = $(`[data-go="${CSS.escape(key)}"]`);
    if (link) window.location.assign(link.href);
    return !!link;
  }
  const fixed = {
    j: () => move(1), ArrowDown: () => cursor() && move(1), k: () => move(-1), ArrowUp: () => cursor() && move(-1), x: tick, Enter: open, Escape: escape, "?": help,
    "/": () => { const search = $("[data-search]"); search?.focus(); search?.select(); return !!search; },
    g: () => { going = Date.now(); return true; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (scanned(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = all("#ak-found a"), at = links.indexOf(document.activeElement), step = event.key === "ArrowDown" ? 1 : -1;
      if (links.length && (at >= 0 || event.target.matches?.("[data-search]"))) { event.preventDefault(); (links[at + step] || $("[data-search]")).focus(); return; }
    }
    if (typing(event.target)) {
      if (event.key === "Escape" && !$("dialog[open]")) event.target.blur();
      return;
    }
    const key = event.key;
    if ($("dialog[open]")) { if (key !== "Escape" && key !== "Enter" && press(key)) event.preventDefault(); return; }
    // a key of a list in the middle of a burst is the scanner's: wait until it is clear that it was a person
    const act = () => (Date.now() - going < 1500 && key !== "g" ? ((going = 0), go(key)) : false) || fixed[key]?.() || (key !== "Enter" && press(key))
      || (key === "Enter" && !event.target.closest?.("a, button, summary, input") && press("Enter"));
    if (key.length > 1) { if (act()) event.preventDefault(); return; }
    if (key === "/" || key === "?") { event.preventDefault(); act(); return; }
    if (event.repeat) { act(); return; }
    const me = { at: event.timeStamp, alone: event.timeStamp - previous.at > FAST };
    if (!me.alone) previous.alone = false;
    previous = me;
    setTimeout(() => { if (me.alone) act(); }, FAST + 10);
  }, true);
})();
