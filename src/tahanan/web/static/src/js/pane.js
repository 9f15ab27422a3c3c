// An opened part leaves the screen at the minute it says, though nobody presses anything, and though
// the machine may have slept past it.

const LOOK = 5000; // milliseconds

export function closePanes() {
  if (!document.querySelector("[data-closes]")) return;
  closeDue();
  setInterval(closeDue, LOOK);
  document.addEventListener("visibilitychange", closeDue);
}

function closeDue() {
  for (const part of document.querySelectorAll("[data-closes]")) {
    if (Date.parse(part.dataset.closes) <= Date.now()) close(part);
  }
}

function close(part) {
  const said = document.createElement("p");
  said.textContent = part.dataset.closed;
  said.setAttribute("role", "status");
  part.replaceChildren(part.querySelector("h3"), said);
  part.removeAttribute("data-closes");
}
