// The one way in which scripts talk to the server: same address, with the token of the page's forms.
export const csrf = () => document.querySelector("meta[name=csrf]")?.content ?? "";

export async function send(address, fields) {
  const body = new URLSearchParams(fields);
  const response = await fetch(address, {
    method: "POST", body, headers: { "X-CSRF-Token": csrf(), Accept: "application/json" }, redirect: "follow",
  });
  if (!response.ok) throw new Error(await sentence(response));
  return response.headers.get("Content-Type")?.includes("json") ? response.json() : {};
}

export async function page(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(await sentence(response));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

async function sentence(response) {
  try {
    const told = await response.json();
    return told.detail || told.title;
  } catch {
    return `没有成功（${response.status}），请重试。`;
  }
}

export function toast(message, act) {
  document.querySelector(".toast")?.remove();
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  box.append(message);
  if (act) {
    const button = document.createElement("button");
    button.className = "plain";
    button.textContent = act.title;
    button.addEventListener("click", () => { box.remove(); act.run(); });
    box.append(button);
  }
  document.body.append(box);
  setTimeout(() => box.remove(), act ? 9000 : 4000);
}
