// Runs in the document before Gradio's client, and mends how that one hears of its events.
//
// All events of a page are told of in one stream, which the server ends when none is left. An event
// that is sent just then is told of nowhere: the client believes the stream open, and what was
// asked for never comes. Here the end is held back while an event waits, and the stream goes on.
const { fetch } = window;
const waiting = new Set();
let sending = 0;

async function sent(request) {
  sending += 1;
  try {
    const answer = await fetch(request);
    const { event_id } = answer.ok ? await answer.clone().json() : {};
    if (event_id) waiting.add(event_id);
    return answer;
  } finally {
    sending -= 1;
  }
}

async function* messages(answer) {
  const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let begun = "";
  for (let piece = await text.read(); !piece.done; piece = await text.read()) {
    const whole = (begun + piece.value).split("\n\n");
    begun = whole.pop();
    yield* whole;
  }
}

async function* unended(request, answer) {
  for (let heard = answer; heard?.ok; ) {
    let next = null;
    for await (const message of messages(heard)) {
      const told = JSON.parse(message.replace(/^data: ?/, ""));
      if (told.msg === "process_completed") waiting.delete(told.event_id);
      if (told.msg === "close_stream") {
        while (sending) await new Promise((done) => setTimeout(done, 5));
        if (waiting.size) {
          next = await fetch(request.clone());
          break;
        }
      }
      yield `${message}\n\n`;
    }
    heard = next;
  }
}

async function told(request) {
  const answer = await fetch(request.clone());
  if (!answer.ok) return answer;
  const lines = unended(request, answer);
  const body = new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void lines.return(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), answer);
}

window.fetch = async (...given) => {
  const path = new URL(given[0].url ?? given[0], location.href).pathname;
  if (path.endsWith("/queue/join")) return sent(new Request(...given));
  if (path.endsWith("/queue/data")) return told(new Request(...given));
  if (path.endsWith("/cancel")) waiting.delete(JSON.parse(given[1]?.body ?? "{}").event_id);
  return fetch(...given);
};
