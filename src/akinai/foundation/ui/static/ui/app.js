// Behaviour shared by all pages. Pages work without it; nothing here holds data. Words come from #ak-words.
(() => {
  const words = () => document.getElementById("ak-words")?.dataset || {};
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // -- toasts ------------------------------------------------------------------------------------------------------
  const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;

  function startToast(toast) {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    const close = $("[data-dismiss]", toast);
    if (close) close.hidden = false;
    const seconds = Number(toast.dataset.seconds || 0);
    const until = Date.now() + (seconds || 8) * 1000;
    const left = $("[data-left]", toast);
    const tell = (rest) => { if (left && rest > 0) left.textContent = `${words().left || ""} ${clock(rest)}`; };
    tell(seconds);
    const timer = setInterval(() => {
      if (!toast.isConnected) return clearInterval(timer);
      const rest = Math.ceil((until - Date.now()) / 1000);
      tell(rest);
      // trouble stays until it was read
      if (rest <= 0 && (seconds || !toast.matches(".stop, .warn"))) { clearInterval(timer); toast.remove(); }
    }, 500);
  }

  function toast(text, tone = "stop") {
    const region = $("#ak-toasts");
    if (!region) return;
    const box = document.createElement("div");
    box.className = `ak-toast ${tone}`;
    box.setAttribute("data-toast", "");
    const said = document.createElement("span");
    said.textContent = text;
    const close = document.createElement("button");
    close.type = "button"; close.className = "ak-link"; close.setAttribute("data-dismiss", "");
    close.textContent = words().close || "×";
    box.append(said, close);
    region.append(box);
    startToast(box);
  }
  const announce = (text) => { const live = $("#ak-live"); if (live) live.textContent = text; };

  // -- dialogs -------------------------------------------------------------------------------------------------------
  function openDialog(id) {
    const dialog = document.getElementById(id);
    if (dialog?.showModal && !dialog.open) dialog.showModal();
    return dialog;
  }

  let confirmed = null;
  function confirmFirst(button, event) {
    const asks = button.dataset.confirm || button.form?.dataset.confirm;
    const dialog = $("#ak-confirm");
    if (!asks || confirmed === button || !dialog?.showModal) { confirmed = null; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    $("#ak-confirm-text").textContent = asks;
    const yes = $("[data-yes]", dialog), no = $("[data-no]", dialog);
    yes.textContent = button.textContent.trim();
    yes.className = button.classList.contains("ak-danger") ? "btn ak-danger" : "btn btn-primary";
    yes.onclick = () => { dialog.close(); confirmed = button; button.click(); };
    no.onclick = () => dialog.close();
    dialog.showModal();
    no.focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-confirm], form[data-confirm] [type=submit]");
    if (target?.matches("button")) confirmFirst(target, event);
  }, true);

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const opener = at("[data-dialog]");
    if (opener) { openDialog(opener.dataset.dialog); return; }
    const dismiss = at("[data-dismiss]");
    if (dismiss) { dismiss.closest("[data-toast]")?.remove(); return; }
    const copy = at("[data-copy]");
    if (copy) { navigator.clipboard?.writeText(copy.dataset.copy).then(() => announce(words().copied)); return; }
    if (event.target instanceof HTMLDialogElement) event.target.close();
    // an open menu closes when one clicks elsewhere
    all("details.ak-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.ak-menu[open]") || $("details.ak-menu[open]");
    if (menu) { menu.open = false; $("summary", menu)?.focus(); event.stopPropagation(); }
  }, true);

  // -- lists: ticks, shift-click, bulk bar ------------------------------------------------------------------------------
  const ticks = (table) => all("tbody input[name=id]", table);
  let lastTick = null;

  function refreshTicks(table) {
    const boxes = ticks(table), on = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
    const head = $("[data-all]", table);
    if (head) { head.checked = on.length > 0 && on.length === boxes.length; head.indeterminate = on.length > 0 && on.length < boxes.length; }
    const count = $("[data-selected]", table);
    if (count) count.textContent = String(on.length);
    const everything = $("[data-all-matching]", table);
    if (everything && on.length < boxes.length) everything.value = "";
    const takeAll = $("[data-take-all]", table);
    if (takeAll) takeAll.hidden = on.length < boxes.length || everything?.value === "1";
    if (on.length) announce(`${on.length} ${words().selected || ""}`);
    document.body.classList.toggle("ak-choosing", on.length > 0);
  }

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    const table = box.closest("[data-table]");
    if (!table) return;
    if (box.hasAttribute("data-all")) ticks(table).forEach((tick) => { tick.checked = box.checked; });
    else if (box.name === "id") {
      const boxes = ticks(table), from = boxes.indexOf(lastTick), to = boxes.indexOf(box);
      if (event.shiftKey && from >= 0) boxes.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((tick) => { tick.checked = box.checked; });
      lastTick = box;
    }
    refreshTicks(table);
  });
  document.addEventListener("click", (event) => {
    const table = event.target.closest?.("[data-table]");
    if (!table) return;
    if (event.target.closest("[data-clear]")) clearTicks(table);
    const takeAll = event.target.closest("[data-take-all]");
    if (takeAll) { $("[data-all-matching]", table).value = "1"; takeAll.hidden = true; $("[data-selected]", table).textContent = takeAll.textContent; }
    // a click on the row (not on something in it) moves the cursor there; a double click opens, and where the pane
    // beside the list has no room (a phone), one
    const row = event.target.closest("tbody tr[data-row]");
    if (!row || event.target.closest("a, button, input, label, summary")) return;
    setCursor(row);
    const pane = $("#ak-preview");
    if (row.dataset.preview && row.dataset.href && pane && pane.offsetParent === null) window.location.assign(row.dataset.href);
  });
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest?.("[data-table] tbody tr[data-href]");
    if (row && !event.target.closest("a, button, input, label")) window.location.assign(row.dataset.href);
  });
  function clearTicks(table) {
    ticks(table).forEach((tick) => { tick.checked = false; });
    refreshTicks(table);
  }

  // -- lists: cursor and preview -----------------------------------------------------------------------------------------
  let previewTimer = 0;
  function setCursor(row, focus = false) {
    const table = row.closest("[data-table], table");
    all("tr.cur", table).forEach((old) => { old.classList.remove("cur"); });
    row.classList.add("cur");
    row.scrollIntoView({ block: "nearest" });
    if (focus) {
      const link = $("a[href], button", row) || row;
      if (link === row) row.tabIndex = -1;
      link.focus({ preventScroll: true });
    }
    clearTimeout(previewTimer);
    const pane = $("#ak-preview");
    if (row.dataset.preview && pane && pane.offsetParent !== null) {
      previewTimer = setTimeout(() => window.htmx?.ajax("GET", row.dataset.preview, { target: "#ak-preview", swap: "innerHTML" }), 120);
    }
  }

  // -- what must survive when a list is fetched again: ticks and cursor ------------------------------------------------------
  const kept = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    const table = event.detail.target;
    if (!table?.matches?.("[data-table]")) return;
    kept.set(table.id, {
      ticked: new Set(ticks(table).filter((box) => box.checked).map((box) => box.value)),
      cursor: $("tr.cur", table)?.dataset.row, focused: table.contains(document.activeElement) && !!document.activeElement.closest("tbody"),
      top: $(".ak-scroll", table)?.scrollTop || 0,
    });
  });
  function restore(table) {
    const was = kept.get(table.id);
    kept.delete(table.id);
    if (!was) return;
    ticks(table).forEach((box) => { box.checked = was.ticked.has(box.value); });
    const scroll = $(".ak-scroll", table);
    if (scroll) scroll.scrollTop = was.top;
    const row = was.cursor && all("tbody tr[data-row]", table).find((tr) => tr.dataset.row === was.cursor);
    if (row) { row.classList.add("cur"); if (was.focused) $("a[href]", row)?.focus({ preventScroll: true }); }
  }

  // -- files -------------------------------------------------------------------------------------------------------------
  function armDrop(drop) {
    const input = $("input[type=file]", drop);
    if (!input || drop.dataset.armed) return;
    drop.dataset.armed = "1";
    input.classList.add("ak-filebox");
    const button = $("button[type=submit]", drop);
    if (button) button.classList.add("visually-hidden");
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, () => drop.classList.add("over")));
    ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
    input.addEventListener("change", () => {
      const chosen = $("[data-chosen]", drop);
      if (chosen) chosen.textContent = [...input.files].map((file) => file.name).join("、");
      if (input.files.length && input.form && !("wait" in drop.dataset)) input.form.requestSubmit(button || undefined);
    });
  }

  // -- htmx: what went wrong is said in words ---------------------------------------------------------------------------------
  const saying = { 401: "signin", 403: "forbidden", 404: "gone", 409: "conflict", 410: "gone" };
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const said = xhr.getResponseHeader("HX-Akinai-Said");
    toast(said ? decodeURIComponent(said) : words()[saying[xhr.status] || "server"] || String(xhr.status));
  });
  document.addEventListener("htmx:sendError", () => toast(words().network));
  document.addEventListener("htmx:timeout", () => toast(words().network));
  // an answer to a refusal is a fragment made for people when the server says so
  // a refusal in words (no form in it) leaves what was typed where it is
  document.addEventListener("htmx:beforeSwap", (event) => {
    const said = event.detail.xhr.getResponseHeader("HX-Akinai-Said");
    if (event.detail.xhr.status === 422 && said) { event.detail.shouldSwap = false; toast(decodeURIComponent(said)); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Akinai-Swap") === "1") { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  // a button pressed twice sends once
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.method === "get" || event.defaultPrevented) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) { event.preventDefault(); return; }
    form.dataset.sent = String(Date.now());
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // -- arm everything that comes in -----------------------------------------------------------------------------------------------
  function arm(root) {
    all("[data-needs-js]", root).forEach((part) => { part.hidden = false; });
    all("[data-toast]", root).forEach(startToast);
    all("[data-drop]", root).forEach(armDrop);
    // a code that nobody knew is still shown: the next scan takes its place, it is not added to it
    all("[data-scan-field][autofocus]", root).forEach((field) => { if (field.value && field.value === field.defaultValue) { field.focus(); field.select(); } });
    const tables = all("[data-table]", root);
    if (root.matches?.("[data-table]")) tables.push(root);
    tables.forEach((table) => { restore(table); refreshTicks(table); });
  }
  document.addEventListener("htmx:load", (event) => arm(event.detail.elt));
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.detail.elt.closest?.("form"); if (form) delete form.dataset.sent; });
  arm(document);
  window.akinai = { toast, announce, openDialog, setCursor, clearTicks, refreshTicks };
})();
