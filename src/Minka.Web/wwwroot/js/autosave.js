// form[data-autosave="/address"]: sends changed fields after 2 s of rest and when a field is left.
// What the server has not confirmed stays on this device and is sent again; the form itself works without this file.
// form[data-settles="/address"]: a choice between two versions; what this device still kept of that form is settled by it.
for (const form of document.querySelectorAll("form[data-settles]"))
  form.addEventListener("submit", () => {
    try { localStorage.removeItem("minka:" + form.dataset.settles); } catch { /* private mode: nothing was kept */ }
  });
const rest = 2000;
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const key = "minka:" + form.dataset.autosave;
  const line = form.querySelector(".saved") ?? document.querySelector(".saved");
  const say = form.dataset;
  let timer = 0, busy = false, wait = 5000, after = null, left = false;
  const pending = new Map(load());

  function load() {
    try { return JSON.parse(localStorage.getItem(key) ?? "[]"); } catch { return []; }
  }
  function keep() {
    try {
      if (pending.size) localStorage.setItem(key, JSON.stringify([...pending]));
      else localStorage.removeItem(key);
    } catch { /* private mode or full: the page still holds the text */ }
  }
  function show(text, tone = "", link = "") {
    if (!line) return;
    line.className = "saved " + tone;
    line.textContent = text;
    if (!link) return;
    const a = document.createElement("a");
    a.href = link;
    a.textContent = say.compare;
    line.append(" · ", a);
  }
  function values(name) {
    return new FormData(form).getAll(name).filter((v) => typeof v === "string");
  }
  function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }

  async function send() {
    clearTimeout(timer);
    if (busy || !pending.size) return;
    busy = true;
    const sent = new Map(pending);
    const body = new FormData();
    for (const [name, list] of sent) {
      body.append("__changed", name);
      for (const value of list) body.append(name, value);
    }
    for (const name of ["__RequestVerificationToken", "Version"]) {
      const field = form.elements.namedItem(name);
      if (field) body.set(name, field.value);
    }
    show(say.saving);
    try {
      const reply = await fetch(say.autosave, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error", signal: AbortSignal.timeout(20000) });
      const answer = await reply.json().catch(() => ({}));
      if (reply.status === 409) { keep(); show(say.conflict, "bad", answer.compare ?? say.compareHref ?? ""); }
      else if (!reply.ok) throw new Error(String(reply.status));
      else {
        for (const [name, list] of sent) if (same(pending.get(name), list)) pending.delete(name);
        const version = form.elements.namedItem("Version");
        if (version && answer.version !== undefined) version.value = answer.version;
        keep();
        wait = 5000;
        show(`${say.saved} ${answer.at ?? new Date().toLocaleTimeString("es-PE", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "America/Lima" })}`, "met");
        if (pending.size) timer = setTimeout(send, rest);
      }
    } catch {
      keep();
      show(say.failed, "bad");
      timer = setTimeout(send, wait);
      wait = Math.min(wait * 2, 120000);
    }
    busy = false;
    const go = after;
    after = null;
    go?.();
  }
  function changed(event) {
    const name = event.target.name;
    if (!name || event.target.type === "file" || event.target.type === "password" || name.startsWith("__")) return;
    pending.set(name, values(name));
    keep();
    clearTimeout(timer);
    timer = setTimeout(send, rest);
  }

  if (pending.size) {
    for (const [name, list] of pending) {
      const field = form.elements.namedItem(name);
      if (!field || same(values(name), list)) { pending.delete(name); continue; }
      if (field instanceof RadioNodeList || field.type === "checkbox") {
        for (const one of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) one.checked = list.includes(one.value);
      } else if (field.type !== "file") field.value = list[0] ?? "";
    }
    keep();
    if (pending.size) {
      show(say.restored, "soon");
      timer = setTimeout(send, rest);
    }
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => { if (pending.size) send(); });
  // A document shown beside the form takes the focus when it has loaded: whoever typed goes on typing. Not who tabs or points there.
  let tabbed = false;
  form.addEventListener("keydown", (event) => { tabbed = event.key === "Tab"; });
  form.addEventListener("focusout", (event) => setTimeout(() => {
    const now = document.activeElement;
    if (now?.tagName === "IFRAME" && !tabbed && !now.matches(":hover")) event.target.focus();
  }));
  // The button takes the focus and so starts a save: sent beside it, the form would be an older version of itself. And a form on its
  // way carries everything: a save beside it would be cut off when the page goes.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!busy) {
      left = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const by = event.submitter;
    after = () => form.requestSubmit(by);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !left) send(); });
  addEventListener("pageshow", () => { left = false; });
}
