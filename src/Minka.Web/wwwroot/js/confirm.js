// A form or button with data-confirm="question" asks once more; [data-print] prints. Without script the server asks.
const words = document.documentElement.lang === "en" ? ["Yes, go on", "No, go back"] : ["Sí, continuar", "No, volver"];
let agreed = null;
document.addEventListener("submit", (event) => {
  const asker = event.submitter?.dataset.confirm ? event.submitter : event.target;
  const question = asker.dataset.confirm;
  if (!question || agreed === event.target) { agreed = null; return; }
  event.preventDefault();
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.textContent = question;
  text.id = "confirm-question";
  dialog.setAttribute("aria-labelledby", text.id);
  const row = document.createElement("div");
  row.className = "buttons";
  const [yes, no] = words.map((word, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    if (i) { button.className = "second"; button.autofocus = true; }
    row.append(button);
    return button;
  });
  if (event.submitter?.classList.contains("danger")) yes.className = "danger";
  yes.addEventListener("click", () => {
    dialog.close();
    agreed = event.target;
    const own = asker.dataset.name ? [[asker.dataset.name, asker.dataset.value]] : [];
    for (const [name, value] of [["__agreed", "1"], ...own]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      event.target.append(field);
    }
    event.target.requestSubmit(event.submitter);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.showModal();
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
