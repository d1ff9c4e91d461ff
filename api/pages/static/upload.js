// Dropping files, with progress while they are sent. Without scripts the form sends them as it is.
import { csrf, toast } from "./request.js";

export function start() {
  const form = document.querySelector("form.drop");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    list(form, input.files);
    form.requestSubmit();
  });
  input.addEventListener("change", () => list(form, input.files));
  form.addEventListener("submit", (event) => { event.preventDefault(); upload(form); });
  list(form, input.files); // chosen before this was loaded
}

function list(form, files) {
  form.querySelector(".files").replaceChildren(...[...files].map((file) => {
    const line = document.createElement("li");
    const size = document.createElement("span");
    size.className = "state";
    size.textContent = `${(file.size / 1048576).toFixed(1)} MB`;
    line.append(file.name, size);
    return line;
  }));
}

function upload(form) {
  const request = new XMLHttpRequest();
  const button = form.querySelector("button");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "上传");
  form.querySelector(".files").append(bar);
  button.disabled = true;
  request.upload.addEventListener("progress", (event) => { bar.max = event.total; bar.value = event.loaded; });
  request.addEventListener("load", () => {
    if (request.status === 201) location.assign(JSON.parse(request.responseText).href);
    else fail(said(request));
  });
  request.addEventListener("error", () => fail("没有传上去：与程序的连接断了，请重试。"));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF-Token", csrf());
  request.send(new FormData(form));

  function fail(sentence) {
    bar.remove();
    button.disabled = false;
    form.querySelector(".error")?.remove();
    const line = document.createElement("p");
    line.className = "error";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    form.append(line);
    toast(sentence);
  }
}

function said(request) {
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    return page.querySelector("main p")?.textContent ?? "没有传上去，请重试。";
  }
}
