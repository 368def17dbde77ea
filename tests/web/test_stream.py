"""The stream of events as the page hears it, played by a server that ends it at the worst time."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

SCRIPT = Path(__file__).parents[2] / "assistant" / "web" / "stream.js"

# Event a is done and the stream is about to end, when event b has just been sent. The server tells
# of b to the next who asks.
PLAYED = """async ([script, joined]) => {
  const streams = [["a"], ["b"]];
  let listened = 0;
  window.fetch = async (asked) => {
    if (new URL(asked.url).pathname.endsWith("/queue/join"))
      return Response.json({ event_id: (await asked.json()).event });
    const told = streams[listened++].map((id) => ({ msg: "process_completed", event_id: id }));
    const lines = [...told, { msg: "close_stream" }].map((m) => `data: ${JSON.stringify(m)}\\n\\n`);
    return new Response(lines.join(""), { headers: { "content-type": "text/event-stream" } });
  };
  new Function(script)();
  for (const event of joined)
    await fetch("/zh/gradio_api/queue/join", { method: "POST", body: JSON.stringify({ event }) });
  const heard = await (await fetch("/zh/gradio_api/queue/data?session_hash=x")).text();
  return [listened, heard.match(/(?<=event_id":")./g).join(""), heard.split("close_stream").length - 1];
}"""


@pytest.mark.parametrize(("joined", "streams", "told"), [("a", 1, "a"), ("ab", 2, "ab")])
def test_event_that_is_sent_while_the_stream_ends_is_heard_of(
    browser: Browser, joined: str, streams: int, told: str
) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://127.0.0.1/zh/")
    found = page.evaluate(PLAYED, [SCRIPT.read_text(encoding="utf-8"), list(joined)])
    assert found == [streams, told, 1], "and the end is told of once"
    page.close()
