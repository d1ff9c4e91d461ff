// Walking through an item by keys: passages, pages, corrections in two strokes, and the sheet below.
import { csrf, page, send, toast } from "./request.js";
import { typing } from "./keys.js";
import { startSheet } from "./sheet.js";

const cards = () => [...document.querySelectorAll(".card")];
const current = () => document.querySelector(".card.current") ?? cards()[0];
let base, part, item, pending = "";

export function start(data) {
  ({ base, part, item } = data);
  document.addEventListener("keydown", key);
  document.addEventListener("click", click);
  document.addEventListener("submit", correct);
  document.addEventListener("focusin", (event) => choose(event.target.closest?.(".card")));
  startSheet(() => current());
  window.addEventListener("pagehide", () => keepPlace(data.revision));
  keepPlace(data.revision);
  document.querySelector(".tree [aria-current]")?.scrollIntoView({ block: "nearest" });
  const asked = location.hash && document.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash);
  choose(asked?.closest?.(".card") ?? cards()[0]);
}

function keepPlace(revision) {
  const node = document.body.dataset.node;
  const fields = { node, passage: current()?.id ?? "", revision, csrf_token: csrf() };
  navigator.sendBeacon(`${base}/place`, new URLSearchParams(fields));
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = pending ? second(pending, event.key) : first(event.key);
  pending = typeof act === "string" ? act : "";
  if (act) event.preventDefault();
}

function first(key) {
  switch (key) {
    case "j": return step(1);
    case "k": return step(-1);
    case "[": return follow(".steps a[rel=prev]");
    case "]": return follow(".steps a[rel=next]");
    case "c": return press("[data-cite]");
    case "p": return showPage(current());
    case "u": return undo();
    case "g": return ask();
    case "?": document.querySelector("#keys").showModal(); return true;
    case "i": return open("indicator");
    case "a": return open("aspect");
    default: return /^[0-9]$/.test(key) && indicator(Number(key));
  }
}

function second(kind, key) {
  const buttons = [...current().querySelectorAll(`[data-set=${kind}] button`)];
  const button = key === "0" ? buttons.at(-1) : buttons[Number(key) - 1];
  current().querySelector(`[data-set=${kind}]`).open = false;
  if (button && /^[0-9]$/.test(key)) button.form.requestSubmit(button);
  return true;
}

function open(kind) {
  const set = current()?.querySelector(`[data-set=${kind}]`);
  if (!set) return false;
  set.open = true;
  set.scrollIntoView({ block: "nearest" });
  return kind;
}

function press(selector) {
  const button = current()?.querySelector(selector);
  button?.click();
  return Boolean(button);
}

function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
}

function indicator(number) {
  const links = [...document.querySelectorAll(".tree li.here ul a")];
  const link = number === 0 ? document.querySelector(".tree li.here > a") : links[number - 1];
  link?.click();
  return Boolean(link);
}

function step(by) {
  const all = cards();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  choose(next);
  return true;
}

let shown;
function choose(card) {
  if (!card || card === shown) return;
  document.querySelector(".card.current")?.classList.remove("current");
  card.classList.add("current");
  shown = card;
  history.replaceState(null, "", `#${card.id}`);
  showPage(card);
}

const leaf = () => document.querySelector("#leaf");
let asking;
function showPage(card) {
  if (!card) return false;
  const link = card.querySelector("a[data-leaf]");
  const box = document.querySelector(`#box-${CSS.escape(card.id)}`);
  if (box) return mark(card.id);
  clearTimeout(asking);
  const address = link ? `${link.href}?p=${card.id}` : `${base}/flow/${part}?p=${card.id}`;
  asking = setTimeout(() => turn(address, card.id), 60);
  return true;
}

async function turn(address, passage) {
  try {
    const found = await page(address);
    leaf().replaceChildren(...found.querySelector("#leaf").childNodes);
    mark(passage);
  } catch (error) {
    toast(error.message);
  }
}

function mark(passage) {
  leaf().querySelectorAll(".box.current").forEach((box) => box.classList.remove("current"));
  const box = leaf().querySelector(`#box-${CSS.escape(passage ?? "")}`) ?? leaf().querySelector(".flow .here");
  box?.classList.add("current");
  // on a narrow screen the page stands below the passages: the reader stays where he reads
  if (!matchMedia("(max-width: 60rem)").matches) box?.scrollIntoView({ block: "center", inline: "nearest" });
  return true;
}

let zoom = 0;
function click(event) {
  const link = event.target.closest?.("a[data-leaf]");
  const button = event.target.closest?.("[data-zoom]");
  const fold = event.target.closest?.("[data-fold]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    turn(link.href, link.closest(".card")?.id);
  } else if (button) {
    zoom = Math.min(3, Math.max(0, zoom + Number(button.dataset.zoom)));
    leaf().querySelector("svg").setAttribute("class", `zoom-${zoom}`);
  } else if (fold) {
    const folded = document.querySelector("#sheet").classList.toggle("folded");
    fold.setAttribute("aria-expanded", String(!folded));
    fold.textContent = folded ? "展开" : "收起";
  }
}

let last;
async function correct(event) {
  const form = event.target;
  if (!form.closest("[data-set]")) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  try {
    const { id, said } = await send(form.action, fields);
    last = id;
    await refresh();
    toast(said, { title: "撤销", run: undo });
  } catch (error) {
    toast(error.message);
  }
}

async function undo() {
  try {
    const { said } = await send(`${base}/corrections/undo`, last ? { correction: last } : {});
    last = undefined;
    await refresh();
    toast(said);
  } catch (error) {
    toast(error.message);
  }
  return true;
}

async function refresh() {
  // the passages again, in place: where one was looked at stays in sight
  const kept = current()?.id;
  const found = await page(location.pathname + location.search);
  for (const place of ["#passages", ".tree", ".middle > .asked"]) {
    const fresh = found.querySelector(place);
    if (fresh) document.querySelector(place)?.replaceWith(fresh);
  }
  shown = undefined;
  const card = (kept && document.getElementById(kept)) || cards()[0];
  choose(card);
  card?.focus({ preventScroll: true });
}

function ask() {
  const box = document.createElement("form");
  box.className = "goto";
  box.innerHTML = '<label for="goto">到条目或指标</label><input id="goto" type="text" inputmode="decimal" autocomplete="off" placeholder="4.1.2">';
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const node = box.querySelector("input").value.trim();
    const [chapter, second, third] = node.split(".");
    if (chapter && second) location.assign(`${base}/items/${chapter}.${second}${third ? `/${node}` : ""}`);
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") box.remove(); });
  box.addEventListener("focusout", () => box.remove());
  document.body.append(box);
  box.querySelector("input").focus();
  return true;
}
