// The phone form by keyboard: Enter goes on instead of sending, an item is taken from what was found, a new line is
// there when it is needed, and what does not fit together cannot be chosen. Addresses are helped by terms/address.js.
(() => {
  const form = document.getElementById("phone-form");
  if (!form) return;
  const MOST = 40;
  const lines = () => [...form.querySelectorAll("[data-line]")];
  const changed = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

  const grow = () => {
    const all = lines(), last = all[all.length - 1], number = all.length;
    if (number >= MOST) return;
    const copy = last.cloneNode(true);
    copy.dataset.line = number;
    for (const part of copy.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/([_-])\d+(?=$|_|-)/, `$1${number}`));
      }
    }
    for (const input of copy.querySelectorAll("input")) {
      input.value = input.name.startsWith("quantity_") ? "1" : "";
      input.removeAttribute("aria-invalid"); input.removeAttribute("autofocus");
    }
    copy.querySelectorAll(".ak-err").forEach((said) => said.remove());
    copy.querySelector(".ak-what").replaceChildren();
    last.after(copy);
  };
  form.addEventListener("focusin", (event) => {
    const all = lines();
    if (event.target.closest("[data-line]") === all[all.length - 1]) grow();
  });

  const take = (button) => {
    const line = button.closest("[data-line]"), code = line.querySelector("[name^=code_]");
    code.value = button.dataset.take;
    changed(code);
    line.querySelector("[name^=quantity_]").select();
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) take(button);
  });

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key !== "Enter" || event.isComposing || !input.matches("input:not([type=checkbox]), select")) return;
    event.preventDefault();
    const line = input.closest("[data-line]");
    if (line) {
      const found = input.name.startsWith("code_") && line.querySelector("[data-take]");
      if (found) return take(found);
      const next = line.nextElementSibling?.querySelector("[name^=code_]");
      if (input.value.trim() && next) return next.focus();
    }
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")].filter((f) => f.offsetParent);
    fields[fields.indexOf(input) + 1]?.focus();
  });

  const heed = () => {
    const facts = document.getElementById("live-facts");
    if (!facts) return;
    for (const name of ["method", "service"]) {
      const unfit = (facts.getAttribute(`data-unfit-${name}`) || "").split(" ");
      for (const option of form.elements[name].options) option.disabled = unfit.includes(option.value) && !option.selected;
    }
  };
  document.body.addEventListener("htmx:afterSettle", heed);
  heed();
})();
