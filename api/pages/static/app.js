// What every page has, and the module of the page it is. Everything works without: forms and links are real.
import { typing } from "./keys.js";

const { page } = document.body.dataset;
document.body.classList.add("scripted");

const modules = { navigator: "./navigator.js", upload: "./upload.js", reading: "./reading.js", kpis: "./kpis.js" };
if (page in modules) {
  import(modules[page]).then(({ start }) => start(document.body.dataset));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const search = document.querySelector("input[type=search]");
  const tab = document.querySelector(".tabs a[href$='/search']");
  if (search) search.focus();
  else if (tab) tab.click();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  // one key back to where one stopped
  if (event.key === "r" && page === "tasks" && !typing(event.target)) document.querySelector("[data-resume]")?.click();
});

document.addEventListener("submit", (event) => {
  // a form that was sent is not sent twice
  const button = event.submitter;
  if (event.target.method === "post" && button && !event.defaultPrevented) setTimeout(() => { button.disabled = true; });
});
