// A form with data-swap="id" is sent without leaving the page: the answer's main part takes the place of this one, so that all panels
// change and the reader stays where they were. Without script, or where anything fails, the form is sent as any other.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.matches("form[data-swap]")) return;
  event.preventDefault();
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh || (!answer.ok && answer.status !== 422 && answer.status !== 409)) throw new Error(String(answer.status));
    const at = scrollY;
    main.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    if (answer.ok) history.replaceState(null, "", answer.url);
    scrollTo(0, answer.ok ? at : 0);
    const heading = document.getElementById(answer.ok ? form.dataset.swap : "main");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  } catch {
    main.removeAttribute("aria-busy");
    delete form.dataset.swap;
    form.requestSubmit(submitter);
  }
});
