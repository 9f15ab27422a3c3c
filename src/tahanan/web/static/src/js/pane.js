// An opened part leaves the screen at the minute it says, though nobody presses anything.

export function closePanes() {
  for (const part of document.querySelectorAll("[data-closes]")) {
    const left = Date.parse(part.dataset.closes) - Date.now();
    setTimeout(() => close(part), Math.max(0, left));
  }
  // A laptop that slept past the minute wakes to a closed part.
  document.addEventListener("visibilitychange", () => {
    for (const part of document.querySelectorAll("[data-closes]")) {
      if (Date.parse(part.dataset.closes) <= Date.now()) close(part);
    }
  });
}

function close(part) {
  const said = document.createElement("p");
  said.textContent = part.dataset.closed;
  said.setAttribute("role", "status");
  part.replaceChildren(part.querySelector("h3"), said);
  part.removeAttribute("data-closes");
}
