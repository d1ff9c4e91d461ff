// How far the reading is, as the server tells it; the result appears when it is there.
export function start() {
  const box = document.querySelector("[data-events]");
  if (!box) return;
  const events = new EventSource(box.dataset.events);
  events.addEventListener("message", ({ data }) => show(JSON.parse(data), box, events));
}

function show(job, box, events) {
  if (["done", "failed", "cancelled"].includes(job.status)) {
    events.close();
    location.replace(box.dataset.done);
    return;
  }
  const waiting = job.position ? `排队中，前面还有 ${job.position - 1} 份` : `${job.stage || "准备"} ${job.filename}`;
  const left = job.seconds ? `，约 ${job.seconds} 秒` : "";
  const bar = box.querySelector("#bar");
  box.querySelector("#stage").textContent = waiting + left;
  box.querySelector("#pages").textContent = job.steps ? `第 ${job.step} / ${job.steps} 页` : "";
  if (job.steps && job.status === "reading") {
    bar.max = job.steps;
    bar.value = job.step;
  } else {
    bar.removeAttribute("value");
  }
}
