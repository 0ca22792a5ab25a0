// Says so before the session ends and offers to stay (WCAG 2.2.1). The server ends it either way.
(() => {
  const { idleSeconds, stayUrl } = document.body.dataset;
  const seconds = Number(idleSeconds);
  if (!seconds || !stayUrl) {
    return;
  }
  const WARN = Math.min(120, seconds / 3);
  let box = null;
  let timers = [];

  const element = (name, text, css) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = css || "";
    return made;
  };

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  const away = () => {
    box?.remove();
    box = null;
  };

  const show = (words, label, act) => {
    away();
    box = element("div", "", "notice notice-changed session-end no-print");
    box.setAttribute("role", "alert");
    const inner = element("div");
    const button = element("button", label, "button");
    button.type = "button";
    button.addEventListener("click", act);
    inner.append(element("p", words), button);
    box.append(inner);
    document.body.append(box);
  };

  const stay = async () => {
    const answer = await fetch(stayUrl, { method: "POST", headers: { "X-CSRFToken": token() } });
    if (answer.status === 204) {
      away();
      start();
    } else {
      over();
    }
  };

  const over = () =>
    show("You have been signed out. Sign in again to go on.", "Sign in", () => window.location.reload());

  const warn = () => {
    const minutes = Math.max(1, Math.round(WARN / 60));
    const left = minutes === 1 ? "a minute" : `${minutes} minutes`;
    show(`Nothing has happened here for a while. You will be signed out in ${left}.`, "Stay signed in", stay);
  };

  const start = () => {
    timers.forEach((timer) => window.clearTimeout(timer));
    timers = [window.setTimeout(warn, (seconds - WARN) * 1000), window.setTimeout(over, seconds * 1000)];
  };

  // A kept draft was a sign of life too.
  document.addEventListener("careplan:alive", () => {
    away();
    start();
  });
  start();
})();
