// When the line drops under a form, nothing typed is lost: it stays on the screen, in memory alone,
// and is sent by itself when the line is back. The key of sending in the form makes sure that what
// did arrive is not done twice.

const HEADER = "X-Tahanan-Line";
const NEXT = "X-Tahanan-Next";
const AGAIN = 5000; // milliseconds between tries
const PATIENCE = 20000; // milliseconds one try may take

export function keepLine() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin(form, event.submitter);
    });
  }
}

function begin(form, button) {
  if (form.dataset.sending) return; // a second press changes nothing
  form.dataset.sending = "yes";
  form.setAttribute("aria-busy", "true");
  send(form, button);
}

async function send(form, button) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
      headers: { [HEADER]: form.dataset.lost ? "back" : "1" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    lost(form, button);
    return;
  }
  if (answer.status >= 502 && answer.status <= 504) {
    lost(form, button); // a proxy answered for a server that could not
    return;
  }
  const next = answer.headers.get(NEXT);
  if (next) {
    window.location.assign(next);
    return;
  }
  // A page with something to mend, or a refusal: let the browser fetch and show it. Nothing was
  // done yet, and if it was, the same key does nothing twice.
  if (button?.name) {
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    pressed.name = button.name;
    pressed.value = button.value;
    form.append(pressed);
  }
  form.submit();
}

function lost(form, button) {
  if (!form.dataset.lost) {
    form.dataset.lost = "yes";
    say();
    for (const part of form.querySelectorAll("[data-sent]")) part.hidden = true;
    for (const part of form.querySelectorAll("[data-unsent]")) part.hidden = false;
  }
  const timer = setTimeout(again, AGAIN);
  window.addEventListener("online", again);

  function again() {
    clearTimeout(timer);
    window.removeEventListener("online", again);
    send(form, button);
  }
}

function say() {
  const notice = document.getElementById("no-line");
  if (!notice || !notice.hidden) return;
  const now = new Date().toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Manila",
  });
  notice.querySelector("[data-hour]").textContent = now;
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}
