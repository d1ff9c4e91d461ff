// The item sheet: what is typed is saved, what is cited stands under the point that was written last.
import { page, send, toast } from "./request.js";

const sheet = () => document.querySelector("#sheet");
const timers = new Map();
let lastColumn = "strength", lastPoint;

export function startSheet(currentCard) {
  if (!sheet()) return;
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-note]");
    if (form) later(form);
  });
  document.addEventListener("focusin", (event) => {
    const column = event.target.closest?.(".column");
    if (column) lastColumn = column.dataset.section;
    lastPoint = event.target.closest?.("form[data-note]")?.dataset.note ?? lastPoint;
  });
  document.addEventListener("submit", (event) => submit(event));
  window.addEventListener("pagehide", () => timers.forEach((_, form) => save(form, true)));
}

function later(form) {
  clearTimeout(timers.get(form));
  say("…");
  timers.set(form, setTimeout(() => save(form), 500));
}

async function save(form, leaving = false) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const fields = new URLSearchParams(new FormData(form));
  if (leaving) {
    navigator.sendBeacon(form.action, fields);
    return;
  }
  try {
    await send(form.action, fields);
    say("已保存");
  } catch (error) {
    say("没有保存");
    toast(error.message);
  }
}

async function submit(event) {
  const form = event.target;
  const citing = event.submitter?.matches("[data-cite]");
  if (!citing && !form.closest("#sheet")) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  if (citing) {
    fields.set("section", lastColumn);
    if (lastPoint) fields.set("note", lastPoint);
  }
  try {
    await Promise.all([...timers.keys()].map((one) => save(one)));
    const { id } = await send(form.action, fields);
    await refresh(id);
  } catch (error) {
    toast(error.message);
  }
}

async function refresh(note) {
  const found = await page(location.pathname + location.search);
  sheet().replaceWith(found.querySelector("#sheet"));
  lastPoint = note;
  if (note) document.querySelector(`#t-${CSS.escape(note)}`)?.focus();
  say("已保存");
}

function say(text) {
  const place = document.querySelector("#saved");
  if (place) place.textContent = text;
}
