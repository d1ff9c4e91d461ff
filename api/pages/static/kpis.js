// The KPI page: a value opens its page beside the table; a table is copied as a table.
import { page, send, toast } from "./request.js";
import { typing } from "./keys.js";

export function start() {
  document.addEventListener("click", click);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "e" && document.body.dataset.correct) edit(document.activeElement.closest("tr[data-kpi]"));
    else if (event.key === "x") document.activeElement.closest("tr")?.querySelector("input")?.click();
    else return;
    event.preventDefault();
  });
}

function step(by) {
  const rows = [...document.querySelectorAll("tr[data-kpi]")];
  const at = rows.indexOf(document.activeElement.closest("tr"));
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

function edit(row) {
  // the row's values become fields: Enter saves what was changed, Escape leaves it as it was
  const cells = [...(row?.querySelectorAll("td[data-year]") ?? [])];
  if (!cells.length || row.querySelector("td[data-year] input")) return;
  const before = cells.map((cell) => [...cell.childNodes]);
  cells.forEach((cell) => {
    const field = document.createElement("input");
    field.inputMode = "decimal";
    field.value = cell.dataset.value;
    field.setAttribute("aria-label", `${cell.dataset.year} 年数值`);
    cell.replaceChildren(field);
  });
  const keys = (event) => {
    if (event.key === "Escape") {
      row.removeEventListener("keydown", keys);
      cells.forEach((cell, n) => cell.replaceChildren(...before[n]));
      row.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      save(row, cells);
    }
  };
  row.addEventListener("keydown", keys);
  cells[0].firstChild.select();
}

async function save(row, cells) {
  const fields = Object.fromEntries(cells.map((cell) => [`v-${cell.dataset.year}`, cell.firstChild.value]));
  try {
    await send(`${document.body.dataset.base}/kpis/${row.dataset.kpi}`, fields);
    const found = await page(location.href);
    document.querySelector(".middle").replaceWith(found.querySelector(".middle"));
    document.getElementById(row.id)?.focus();
    toast("已更正。", { title: "撤销", run: undo });
  } catch (error) {
    toast(error.message);
  }
}

async function undo() {
  await send(`${document.body.dataset.base}/corrections/undo`, {});
  const found = await page(location.href);
  document.querySelector(".middle").replaceWith(found.querySelector(".middle"));
  toast("已撤销。");
}

async function click(event) {
  const link = event.target.closest?.("a[data-leaf]");
  const leaf = document.querySelector("#leaf");
  if (event.target.closest?.("[data-copy]")) copy();
  if (!link || !leaf || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  try {
    const found = await page(link.href);
    leaf.replaceChildren(...found.querySelector("#leaf").childNodes);
    leaf.querySelector(".box.current")?.scrollIntoView({ block: "center", inline: "nearest" });
  } catch (error) {
    toast(error.message);
  }
}

async function copy() {
  const rows = [...document.querySelectorAll(".kpis tr")].filter((row) => !row.matches(".origin"));
  const cells = rows.map((row) => [...row.cells].filter((cell) => !cell.querySelector("input")).map(text));
  const html = `<table>${cells.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
  const plain = cells.map((row) => row.join("\t")).join("\n");
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([plain], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" }),
    })]);
    toast(`已复制 ${rows.length} 行，可以贴到 Word 或 Excel 里。`);
  } catch {
    toast("浏览器不允许复制，请选中表格后按 Ctrl+C。");
  }
}

const text = (cell) => cell.innerText.trim().replace(/\s+/g, " ");
const escaped = (words) => words.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
