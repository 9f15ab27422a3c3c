// What is to be mended is read first, and each link of the summary puts the cursor in its field.

export function focusErrors() {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const group = field.closest(".govuk-form-group--error") ?? field;
    group.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
