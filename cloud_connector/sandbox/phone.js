// Presses without leaving the page, and looks for news once a second. Without scripts the forms still work.
"use strict";
const feed = document.querySelector("main");
async function refresh(force) {
  const focused = document.activeElement && document.activeElement.tagName === "SELECT";
  if (focused && !force) return;
  const answer = await fetch(feed.dataset.feed, { headers: { "If-None-Match": feed.dataset.version } });
  if (answer.status !== 200) return;
  feed.innerHTML = await answer.text();
  feed.dataset.version = answer.headers.get("ETag");
}
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target, button = event.submitter;
  button.classList.add("busy");
  const data = new URLSearchParams(new FormData(form));
  data.set(button.name, button.value);
  form.querySelectorAll("button").forEach((each) => { each.disabled = true; });
  await fetch(form.action, { method: "POST", body: data });
  feed.dataset.version = "";
  await refresh(true);
});
setInterval(() => refresh(false).catch(() => {}), 1000);
