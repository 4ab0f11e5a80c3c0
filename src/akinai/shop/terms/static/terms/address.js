// Help while an address is typed, in every form that has a postcode with a prefecture and a street beside it:
// `postcode`, `prefecture`, `address1`, with the same beginning (`sender_postcode`, `sender_prefecture` …).
// Empty fields are filled from the postcode; what was typed stays, and what does not fit is said with a button to mend it.
(() => {
  const ENDS = "postcode";
  const parts = (postcode) => {
    const form = postcode.form, start = postcode.name.slice(0, -ENDS.length);
    const prefecture = form?.elements[`${start}prefecture`], street = form?.elements[`${start}address1`];
    return prefecture && street && !postcode.readOnly ? { postcode, prefecture, street } : null;
  };
  const fieldsOf = (element) => {
    const name = element?.name || "";
    const end = [ENDS, "prefecture", "address1"].find((each) => name.endsWith(each));
    const postcode = end && element.form?.elements[name.slice(0, -end.length) + ENDS];
    return postcode?.name ? parts(postcode) : null;
  };
  const digits = (text) => text.normalize("NFKC").replace(/\D/g, "");

  function say(fields, answer) {
    let box = fields.postcode.closest("form").querySelector(`[data-place="${CSS.escape(fields.postcode.name)}"]`);
    if (!box && !answer.said.length) return;
    if (!box) {
      box = document.createElement("div");
      box.dataset.place = fields.postcode.name; box.className = "ak-place"; box.setAttribute("role", "status");
      (fields.postcode.closest(".ak-fld") || fields.postcode).append(box);
    }
    box.replaceChildren(...answer.said.map((sentence) => Object.assign(document.createElement("p"), { className: "ak-err", textContent: sentence })));
    if (!answer.better) return;
    const mend = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: answer.use });
    mend.addEventListener("click", () => {
      put(fields.prefecture, answer.better.prefecture);
      put(fields.street, answer.better.address1);
      fields.street.focus();
      ask(fields, false);
    });
    box.append(mend);
  }
  function put(field, text) {
    if (!text || field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  let asked = 0;
  async function ask(fields, fill) {
    const url = document.getElementById("ak-words")?.dataset.places, mine = ++asked, postcode = fields.postcode.value;
    if (!url) return;
    const query = new URLSearchParams({ postcode, prefecture: fields.prefecture.value, address1: fields.street.value });
    const response = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return;
    const answer = await response.json();
    // somebody who types on meanwhile still gets what the postcode says
    if (fill && answer.found && fields.postcode.value === postcode) {
      const empty = !fields.street.value.trim();
      if (!fields.prefecture.value) put(fields.prefecture, answer.prefecture);
      if (empty && answer.start) { put(fields.street, answer.start); if (document.activeElement === fields.postcode) fields.street.focus(); }
    }
    if (mine === asked) say(fields, answer);
  }

  document.addEventListener("input", (event) => {
    if (event.isComposing || !event.target.name?.endsWith(ENDS)) return;
    const fields = fieldsOf(event.target);
    if (fields && digits(event.target.value).length === 7) ask(fields, true);
  });
  document.addEventListener("change", (event) => {
    const fields = fieldsOf(event.target);
    if (fields && digits(fields.postcode.value)) ask(fields, event.target === fields.postcode);
  });
  // what is there already is looked at when somebody begins to work on the form
  document.addEventListener("focusin", (event) => {
    const fields = fieldsOf(event.target);
    if (!fields || fields.postcode.dataset.looked || !digits(fields.postcode.value)) return;
    fields.postcode.dataset.looked = "1";
    ask(fields, false);
  });
})();
