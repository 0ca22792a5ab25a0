// The error summary takes focus once the page is there, also where the browser ignores autofocus on it (UI-5).
const summary = document.querySelector("[data-error-summary]");
if (summary && document.activeElement !== summary) {
  summary.focus();
}
