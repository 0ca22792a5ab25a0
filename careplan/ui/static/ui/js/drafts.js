// Keeps what is typed: a form with data-draft-url is posted there a few seconds after a change.
// The place marked data-draft-said in it (or beside it, by id in data-draft-said-in) says when. Without this file, Save does.
(() => {
  const WAIT = 3000;

  const clock = () =>
    new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" }).format(new Date()).toLowerCase();

  const told = (form) =>
    form.querySelector("[data-draft-said]") || document.getElementById(form.dataset.draftSaidIn || "");

  const say = (form, words) => {
    const place = told(form);
    if (place) {
      place.textContent = words;
    }
  };

  // A password is never kept.
  const typedInto = (form) => {
    const typed = new FormData(form);
    form.querySelectorAll("input[type=password][name]").forEach((field) => typed.delete(field.name));
    return typed;
  };

  const keep = async (form) => {
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: typedInto(form),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      say(form, `Saved ${clock()}`);
      document.dispatchEvent(new Event("careplan:alive"));
    } catch {
      say(form, "Not saved just now. It will be tried again.");
      form.draftTimer = window.setTimeout(() => keep(form), WAIT * 5);
    }
  };

  const watch = (form) => {
    const later = () => {
      window.clearTimeout(form.draftTimer);
      form.draftTimer = window.setTimeout(() => keep(form), WAIT);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => window.clearTimeout(form.draftTimer));
  };

  document.querySelectorAll("form[data-draft-url]").forEach(watch);
})();
