// Quick exit: the page is gone from the screen and from Back before anything is asked of the line.
// The button, or Escape three times within two seconds.

const PRESSES = 3;
const WITHIN = 2000; // milliseconds

export function quickExit() {
  const form = document.querySelector("form[data-exit]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(form);
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses, event.timeStamp].filter((then) => event.timeStamp - then < WITHIN);
    if (presses.length >= PRESSES) go(form);
  });
}

function go(form) {
  document.body.replaceChildren();
  document.title = "about:blank";
  // Signs out, even when the page is left before the answer comes.
  fetch(form.action, { method: "POST", keepalive: true }).catch(() => undefined);
  window.location.replace(form.dataset.exit);
}
