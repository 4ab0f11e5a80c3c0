// The order list and page: the cursor stays where it was after a press in the preview; an opened form takes the focus;
// a page whose order changed elsewhere says so and throws nothing away that was typed.
(() => {
  const at = "akinai:order-cursor";
  const rows = () => [...document.querySelectorAll("#table-orders tbody tr[data-row]")];

  // the row under the cursor goes when it leaves the queue: the one that takes its place is next
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#ak-preview")) return;
    const index = rows().findIndex((row) => row.classList.contains("cur"));
    sessionStorage.setItem(at, JSON.stringify([location.search, index]));
  });
  window.addEventListener("load", () => {
    const [search, index] = JSON.parse(sessionStorage.getItem(at) || "[]");
    sessionStorage.removeItem(at);
    const list = rows();
    if (search === location.search && index >= 0 && list.length) window.akinai.setCursor(list[Math.min(index, list.length - 1)], true);
  });

  const open = () => {
    const part = location.hash.startsWith("#edit-") ? document.getElementById(location.hash.slice(1)) : document.querySelector(".ak-edit.open");
    if (!part) return;
    // what was refused, else what the open reason asks for, else the first field; what is there stays, typing goes on
    const asked = part.dataset.focus && part.querySelector(`[name="${CSS.escape(part.dataset.focus)}"]`);
    const field = part.querySelector("[aria-invalid=true]") || asked || part.querySelector("input:not([type=hidden]), select, textarea");
    field?.focus();
    if (field && field === asked && field.name === "phone") field.select();
    else if (field && field === asked) field.setSelectionRange(field.value.length, field.value.length);
  };
  window.addEventListener("hashchange", open);
  open();
  document.addEventListener("click", (event) => {
    if (event.target.closest(".ak-edit header a[href='#main']")) document.querySelectorAll(".ak-edit.open").forEach((part) => part.classList.remove("open"));
    const menu = event.target.closest("details.ak-menu a[href^='#']")?.closest("details");
    if (menu) menu.open = false;
  });

  // countdowns go on while nobody does anything: the list is drawn anew every minute that somebody can see it
  const list = document.getElementById("table-orders");
  if (list) setInterval(() => {
    if (document.visibilityState === "visible") document.body.dispatchEvent(new CustomEvent("akinai:minute"));
  }, 60000);

  const fresh = document.querySelector("[data-fresh]");
  if (fresh) document.body.addEventListener(`akinai:order-${fresh.dataset.fresh}`, (event) => {
    if (event.detail?.name === "orders.changed" || fresh.nextElementSibling?.matches(".ak-changed")) return;
    const box = document.createElement("p"), link = document.createElement("a");
    box.className = "ak-say warn ak-changed"; box.setAttribute("role", "status");
    box.append(`${fresh.dataset.words} `);
    link.href = location.pathname; link.textContent = fresh.dataset.reload;
    box.append(link);
    fresh.after(box);
  });
})();
